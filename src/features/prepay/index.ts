import type { OpenAPIHono } from '@hono/zod-openapi';
import { tmfApi } from '../../infra/http/tmf.ts';
import type { WebEnv } from '../../infra/http/web-env.ts';
import { adjustmentRoutes, answerAdjustments } from './adjustments.ts';
import { answerBalances, balanceRoutes } from './balances.ts';
import type { PrepayDeps } from './deps.ts';
import { answerHistory, historyRoutes } from './history.ts';
import { PREPAY } from './refs.ts';
import { answerReservations, reservationRoutes } from './reservations.ts';
import { answerTopUps, topUpRoutes } from './top-ups.ts';
import { answerTransfers, transferRoutes } from './transfers.ts';

/** TM Forum prepay balance (TMF654 version 4) over the same ledger, for the operator's own systems. */
export function prepayApi(deps: PrepayDeps): OpenAPIHono<WebEnv> {
  const routes = {
    ...balanceRoutes,
    ...topUpRoutes,
    ...transferRoutes,
    ...adjustmentRoutes,
    ...reservationRoutes,
    ...historyRoutes,
  };
  const app = tmfApi(PREPAY, { apiKey: deps.apiKey, routes });
  answerBalances(app, deps);
  answerTopUps(app, deps);
  answerTransfers(app, deps);
  answerAdjustments(app, deps);
  answerReservations(app, deps);
  answerHistory(app, deps);
  return app;
}
