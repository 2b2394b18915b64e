import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import type { Clock } from '../../base/clock.ts';
import type { Db } from '../../infra/db/runner.ts';
import { requireApiKey } from '../../infra/http/api-key.ts';
import { answerInvalid, problemAnswer } from '../../infra/http/api-shapes.ts';
import type { WebEnv } from '../../infra/http/web-env.ts';
import type { Calendar } from '../data/index.ts';
import { recordItems } from './items.ts';

const words = z.strictObject({ ja: z.string().min(1).max(100), en: z.string().min(1).max(100) });

const itemsShape = z
  .strictObject({
    source: z
      .string()
      .regex(/^[a-z0-9][a-z0-9._:/-]{0,99}$/i)
      .refine((source) => !OWN_SOURCES.has(source), 'is kept for what is charged here')
      .openapi({ example: 'rating/voice', description: 'Ids are unique within it' }),
    items: z
      .array(
        z.strictObject({
          id: z.string().min(1).max(200),
          subscriptionId: z.uuid().toLowerCase(),
          kind: z.enum(['calls', 'correction']).default('calls'),
          occurredAt: z.iso.datetime({ offset: true }),
          label: words.openapi({ description: 'As it stands on the bill' }),
          amountYen: z
            .int()
            .min(-10_000_000)
            .max(10_000_000)
            .openapi({ description: 'With tax; below zero only for a correction' }),
          isTaxed: z.boolean().default(true),
        }),
      )
      .min(1)
      .max(1_000),
  })
  .openapi('BillItems');

/** Sources of charges that come about here. */
const OWN_SOURCES: ReadonlySet<string> = new Set(['top-up', 'gift', 'gift-back']);

const summaryShape = z
  .strictObject({
    accepted: z.int(),
    duplicates: z.int(),
    conflicts: z.int(),
    refused: z.int(),
    problems: z.array(z.strictObject({ index: z.int(), id: z.string(), code: z.string() })),
  })
  .openapi('BillItemsSummary');

const route = createRoute({
  method: 'post',
  path: '/api/v1/bill-items',
  security: [{ apiKey: [] }],
  tags: ['Billing'],
  summary:
    'Calls and corrections for the bill, each once by (source, id); after its month was closed it goes onto the next',
  request: { body: { required: true, content: { 'application/json': { schema: itemsShape } } } },
  responses: {
    200: {
      description: 'What became of them, with every one that was not taken',
      content: { 'application/json': { schema: summaryShape } },
    },
    400: problemAnswer('The request does not fit its description'),
    401: problemAnswer('No valid bearer key'),
  },
});

/** Items of bills from the operator's own systems. */
export function billingApi(deps: { db: Db; clock: Clock; calendar: Calendar; apiKey: string }): OpenAPIHono<WebEnv> {
  const app = new OpenAPIHono<WebEnv>({ defaultHook: answerInvalid });
  app.use('/api/v1/bill-items', requireApiKey(deps.apiKey));
  app.openapi(route, async (c) => {
    const { source, items } = c.req.valid('json');
    const outcomes = await recordItems(deps, { source, items, now: deps.clock.now() });
    const count = (status: string) => outcomes.filter((outcome) => outcome.status === status).length;
    const problems = outcomes.flatMap((outcome, index) => {
      const id = items[index]?.id ?? '';
      if (outcome.status === 'refused') return [{ index, id, code: outcome.code }];
      return outcome.status === 'conflict' ? [{ index, id, code: 'conflicting-item' }] : [];
    });
    return c.json(
      {
        accepted: count('accepted'),
        duplicates: count('duplicate'),
        conflicts: count('conflict'),
        refused: count('refused'),
        problems,
      },
      200,
    );
  });
  return app;
}
