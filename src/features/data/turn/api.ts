import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi';
import type { SqlRunner } from '../../../infra/db/runner.ts';
import { requireApiKey } from '../../../infra/http/api-key.ts';
import { answerInvalid, describedProblem, problemAnswer } from '../../../infra/http/api-shapes.ts';
import type { WebEnv } from '../../../infra/http/web-env.ts';
import { findMonthTurn } from './progress-store.ts';

const turnShape = z
  .strictObject({
    month: z.string(),
    total: z.int().openapi({ description: 'Subscriptions in service when it began, and those it found since' }),
    done: z.int(),
    remaining: z.int(),
    startedAt: z.string(),
    finishedAt: z.string().nullable(),
  })
  .openapi('MonthTurn');

const route = createRoute({
  method: 'get',
  path: '/api/v1/month-turns/{month}',
  security: [{ apiKey: [] }],
  tags: ['Data'],
  summary: 'How far the turn of the month is: what has ended is gone, base is carried over, the new base is granted',
  request: {
    params: z.object({
      month: z.string().openapi({ param: { name: 'month', in: 'path' }, example: '2026-12' }),
    }),
  },
  responses: {
    200: { description: 'How far it is', content: { 'application/json': { schema: turnShape } } },
    401: problemAnswer('No valid bearer key'),
    404: problemAnswer('It has not begun'),
  },
});

export function monthTurnApi({ sql, apiKey }: { sql: SqlRunner; apiKey: string }): OpenAPIHono<WebEnv> {
  const app = new OpenAPIHono<WebEnv>({ defaultHook: answerInvalid });
  app.use('/api/v1/month-turns/*', requireApiKey(apiKey));
  app.openapi(route, async (c) => {
    const found = await findMonthTurn(sql, c.req.valid('param').month);
    if (found === null) return describedProblem(c, 404, 'not-found', 'The turn into this month has not begun');
    const { month, total, done, startedAt, finishedAt } = found;
    const at = { startedAt: startedAt.toString(), finishedAt: finishedAt?.toString() ?? null };
    return c.json({ month, total, done, remaining: total - done, ...at }, 200);
  });
  return app;
}
