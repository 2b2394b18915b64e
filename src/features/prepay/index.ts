import type { OpenAPIHono } from '@hono/zod-openapi';
import { tmfApi } from '../../infra/http/tmf.ts';
import type { WebEnv } from '../../infra/http/web-env.ts';
import { answerBalances, balanceRoutes } from './balances.ts';
import type { PrepayDeps } from './deps.ts';
import { PREPAY } from './refs.ts';
import { answerTopUps, topUpRoutes } from './top-ups.ts';
import { answerTransfers, transferRoutes } from './transfers.ts';

/** TM Forum prepay balance (TMF654 version 4) over the same ledger, for the operator's own systems. */
export function prepayApi(deps: PrepayDeps): OpenAPIHono<WebEnv> {
  const routes = { ...balanceRoutes, ...topUpRoutes, ...transferRoutes };
  const app = tmfApi(PREPAY, { apiKey: deps.apiKey, routes });
  answerBalances(app, deps);
  answerTopUps(app, deps);
  answerTransfers(app, deps);
  return app;
}
