import type { OpenAPIHono } from '@hono/zod-openapi';
import { type Db, runnerOf } from '../../infra/db/index.ts';
import { tmfApi } from '../../infra/http/tmf.ts';
import type { WebEnv } from '../../infra/http/web-env.ts';
import type { Job } from '../../infra/jobs/jobs.ts';
import { answerHub, hubRoutes } from '../../infra/listeners/tmf-hub.ts';
import { forgetReasons } from './action-store.ts';
import { adjustmentRoutes, answerAdjustments } from './adjustments.ts';
import { answerBalances, balanceRoutes } from './balances.ts';
import { createBodies } from './bodies.ts';
import type { PrepayDeps } from './deps.ts';
import { prepayHub, tellOfEnds } from './events.ts';
import { answerHistory, historyRoutes } from './history.ts';
import { createNamed } from './named.ts';
import { PREPAY, PREPAY_TAG } from './refs.ts';
import { answerReservations, reservationRoutes } from './reservations.ts';
import { answerTopUps, topUpRoutes } from './top-ups.ts';
import { answerTransfers, transferRoutes } from './transfers.ts';
import { forgetQueries, usageConsumptionApi } from './usage-queries.ts';

export interface Prepay {
  api(): OpenAPIHono<WebEnv>;
  /** What was written of these subscriptions, in the transaction that forgets them. */
  forget(tx: Db, subscriptionIds: readonly string[]): Promise<void>;
  readonly jobs: readonly Job[];
}

/** TM Forum prepay balance and usage consumption (TMF654, TMF677, version 4) over the same ledger, for the operator's own systems. */
export function createPrepay(deps: PrepayDeps): Prepay {
  const { operator, publicUrl } = deps;
  const site = { publicUrl, megabyte: operator.megabyte };
  const bodies = createBodies(site, operator.giftPolicy);
  const parts = { ...deps, site, bodies, named: createNamed(deps) };
  const hub = hubRoutes(PREPAY, PREPAY_TAG);
  return {
    api() {
      const routes = {
        ...balanceRoutes,
        ...topUpRoutes,
        ...transferRoutes,
        ...adjustmentRoutes,
        ...reservationRoutes,
        ...historyRoutes,
        ...hub,
      };
      const app = tmfApi(PREPAY, { apiKey: deps.apiKey, routes });
      answerBalances(app, parts);
      answerTopUps(app, parts);
      answerTransfers(app, parts);
      answerAdjustments(app, parts);
      answerReservations(app, parts);
      answerHistory(app, parts);
      answerHub(app, deps, { hub: prepayHub, base: PREPAY, routes: hub });
      app.route('/', usageConsumptionApi(parts));
      return app;
    },
    forget: (tx, subscriptionIds) => forgetReasons(runnerOf(tx), subscriptionIds),
    jobs: [tellOfEnds(deps, bodies), forgetQueries(deps)],
  };
}
