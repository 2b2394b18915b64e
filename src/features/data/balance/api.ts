import { createRoute, OpenAPIHono } from '@hono/zod-openapi';
import type { Clock } from '../../../base/clock.ts';
import { type Db, runnerOf } from '../../../infra/db/runner.ts';
import { requireApiKey } from '../../../infra/http/api-key.ts';
import { answerInvalid, describedProblem, idParameter, problemAnswer } from '../../../infra/http/api-shapes.ts';
import type { WebEnv } from '../../../infra/http/web-env.ts';
import type { Contractors } from '../../contractors/index.ts';
import type { Calendar } from '../rules/calendar.ts';
import { balanceBody, balanceShape } from './api-shapes.ts';
import type { Balance } from './balance.ts';

interface BalanceApiDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly apiKey: string;
  readonly calendar: Calendar;
  readonly contractors: Pick<Contractors, 'subscriptions'>;
  readBalance(subscriptionId: string): Promise<Balance>;
}

const balanceRoute = createRoute({
  method: 'get',
  path: '/api/v1/subscriptions/{id}/balance',
  security: [{ apiKey: [] }],
  tags: ['Data'],
  summary: 'What is left, by kind in the order of use, and what was used',
  request: { params: idParameter },
  responses: {
    200: { description: 'The balance now', content: { 'application/json': { schema: balanceShape } } },
    401: problemAnswer('No valid bearer key'),
    404: problemAnswer('There is no such subscription'),
  },
});

/** What a subscription has left, for the operator's own systems. */
export function balanceApi(deps: BalanceApiDeps): OpenAPIHono<WebEnv> {
  const app = new OpenAPIHono<WebEnv>({ defaultHook: answerInvalid });
  const sql = runnerOf(deps.db);
  app.use('/api/v1/subscriptions/:id/balance', requireApiKey(deps.apiKey));

  app.openapi(balanceRoute, async (c) => {
    const { id } = c.req.valid('param');
    const isKnown = (await deps.contractors.subscriptions(sql, [id])).size > 0;
    if (!isKnown) return describedProblem(c, 404, 'not-found', 'There is no such subscription');
    const at = deps.clock.now();
    return c.json(balanceBody(await deps.readBalance(id), at, deps.calendar.zone), 200);
  });

  return app;
}
