import { OpenAPIHono, z } from '@hono/zod-openapi';
import type { Clock } from '../../../base/clock.ts';
import { type Db, runnerOf } from '../../../infra/db/runner.ts';
import { requireApiKey } from '../../../infra/http/api-key.ts';
import { answerInvalid, problemAnswer } from '../../../infra/http/api-shapes.ts';
import { bodyLines, LineTooLong } from '../../../infra/http/body-lines.ts';
import { problem } from '../../../infra/http/problem.ts';
import type { WebContext, WebEnv } from '../../../infra/http/web-env.ts';
import type { Calendar } from '../rules/calendar.ts';
import { recordBody, recordShape, summaryShape } from './api-shapes.ts';
import type { UseCounter } from './count-uses.ts';
import { feedFormat, parsed, readFeed, usageEvent } from './events.ts';
import { PORTION, type RecordOutcome, takePortions, takeRecords } from './feed.ts';
import { createUsageSummary } from './summary.ts';

interface UsageApiDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly apiKey: string;
  readonly calendar: Calendar;
  readonly actions: UseCounter;
  onAnswered(outcomes: readonly RecordOutcome[]): void;
}

const usageRoute = {
  method: 'post' as const,
  path: '/api/v1/usage',
  security: [{ apiKey: [] }],
  tags: ['Data'],
  summary: 'The usage feed: CloudEvents, one, a batch, or one a line; each counts once by (source, id)',
  request: {
    body: {
      required: true,
      content: {
        'application/cloudevents+json': { schema: usageEvent },
        'application/cloudevents-batch+json': { schema: z.array(usageEvent) },
        'application/x-ndjson': { schema: usageEvent },
      },
    },
  },
  responses: {
    200: {
      description: 'What became of it; of a batch or lines, a summary with every record that was not counted',
      content: { 'application/json': { schema: z.union([recordShape, summaryShape]) } },
    },
    400: problemAnswer('Not JSON of the format named'),
    401: problemAnswer('No valid bearer key'),
    409: problemAnswer('The same source and id came with another record; it is kept aside'),
    413: problemAnswer(
      'A body that is too large, or a line that is too long; lines together may be as long as they like',
    ),
    415: problemAnswer('Not a format of the feed'),
    422: problemAnswer('A single record that cannot be counted'),
  },
};

/** The usage feed, for the operator's own systems. */
export function usageApi(deps: UsageApiDeps): OpenAPIHono<WebEnv> {
  const app = new OpenAPIHono<WebEnv>({ defaultHook: answerInvalid });
  const sql = runnerOf(deps.db);
  const feed = {
    sql,
    actions: deps.actions,
    calendar: deps.calendar,
    now: () => deps.clock.now(),
    onAnswered: deps.onAnswered,
  };
  app.use('/api/v1/usage', requireApiKey(deps.apiKey));

  // Described but read by hand: three formats, and a fault in one record must not refuse the others.
  app.openAPIRegistry.registerPath(usageRoute);
  app.post('/api/v1/usage', async (c) => {
    const format = feedFormat(c.req.header('content-type') ?? '');
    if (format === undefined) return problem(c, 415, 'unsupported-media-type', 'Not a format of the feed');
    if (format === 'lines') return answerLines(c);
    const records = readFeed(format, await c.req.text());
    if (records === undefined) return problem(c, 400, 'malformed', 'Not JSON of the format named');
    const outcomes = await takeRecords(feed, records);
    const [only] = outcomes;
    if (format === 'single' && only !== undefined) return answerOne(c, only);
    const summary = createUsageSummary();
    summary.add(records, outcomes);
    return c.json(summary.told(), 200);
  });

  async function answerLines(c: WebContext): Promise<Response> {
    try {
      return c.json(await takeLines(c.req.raw.body), 200);
    } catch (error) {
      if (error instanceof LineTooLong) return problem(c, 413, 'line-too-long', 'A line is too long to be a record');
      // Nobody hears it: the sender is gone.
      if (c.req.raw.signal.aborted) return problem(c, 400, 'broken-off', 'The connection broke before the last line');
      throw error;
    }
  }

  /** Line by line as they come: of a connection that breaks off, whole portions are counted, and a repeat finds them. */
  async function takeLines(body: ReadableStream<Uint8Array> | null) {
    const summary = createUsageSummary();
    const underWay: (readonly unknown[])[] = [];
    async function* portions() {
      if (body === null) return;
      for await (const lines of bodyLines(body, { atOnce: PORTION })) {
        const records = lines.map(parsed);
        underWay.push(records);
        yield records;
      }
    }
    for await (const outcomes of takePortions(feed, portions())) summary.add(underWay.shift() ?? [], outcomes);
    return summary.told();
  }

  return app;
}

function answerOne(c: WebContext, outcome: RecordOutcome): Response {
  switch (outcome.status) {
    case 'accepted':
    case 'duplicate':
      return c.json(recordBody(outcome.status, outcome.used), 200);
    case 'conflict':
      return problem(
        c,
        409,
        'conflicting-record',
        'This source and id came with another record; this one is kept aside',
      );
    case 'refused':
      return problem(c, 422, outcome.code, 'The record cannot be counted', outcome.detail);
  }
}
