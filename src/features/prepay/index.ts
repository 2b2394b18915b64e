import type { OpenAPIHono } from '@hono/zod-openapi';
import { type Db, runnerOf } from '../../infra/db/index.ts';
import { tmfApi } from '../../infra/http/tmf.ts';
import type { WebEnv } from '../../infra/http/web-env.ts';
import type { Job } from '../../infra/jobs/jobs.ts';
import { answerHub, hubRoutes } from '../../infra/listeners/tmf-hub.ts';
import type { ActionPart } from './action.ts';
import { type ActionKind, forgetReasons } from './action-store.ts';
import { adjustments } from './adjustments.ts';
import { answerBalances, balanceRoutes } from './balances.ts';
import type { PrepayDeps, PrepayParts } from './deps.ts';
import { prepayHub, tellOfEnds } from './events.ts';
import { answerHistory, historyRoutes } from './history.ts';
import { createNamed } from './named.ts';
import { PREPAY, PREPAY_TAG } from './refs.ts';
import { reservations } from './reservations.ts';
import { topUps } from './top-ups.ts';
import { transfers } from './transfers.ts';
import { forgetQueries, usageConsumptionApi } from './usage-queries.ts';

const ACTIONS: Readonly<Record<ActionKind, ActionPart>> = {
  topup: topUps,
  transfer: transfers,
  adjust: adjustments,
  reserve: reservations,
};

export { prepayDiscloser } from './disclose-store.ts';
export interface Prepay {
  api(): OpenAPIHono<WebEnv>;
  /** What was written of these subscriptions, in the transaction that forgets them. */
  forget(tx: Db, subscriptionIds: readonly string[]): Promise<void>;
  readonly jobs: readonly Job[];
}

/** TM Forum prepay balance and usage consumption (TMF654, TMF677, version 4) over the same ledger, for the operator's own systems. */
export function createPrepay(deps: PrepayDeps): Prepay {
  const { operator, publicUrl } = deps;
  const site = { publicUrl, megabyte: operator.megabyte, giftFeeYen: operator.giftPolicy.feeYen };
  const named = createNamed(deps);
  const parts: PrepayParts = { ...deps, site, named, bodyOf: (action) => ACTIONS[action.kind].bodyOf(action, site) };
  const actions = Object.values(ACTIONS);
  const hub = hubRoutes(PREPAY, PREPAY_TAG);
  return {
    api() {
      const routes = [balanceRoutes, historyRoutes, hub].flatMap((each) => Object.values(each));
      const app = tmfApi(PREPAY, {
        apiKey: deps.apiKey,
        routes: [...routes, ...actions.flatMap((action) => action.routes)],
      });
      answerBalances(app, parts);
      for (const action of actions) action.answer(app, parts);
      answerHistory(app, parts);
      answerHub(app, deps, { hub: prepayHub, base: PREPAY, routes: hub });
      app.route('/', usageConsumptionApi(parts));
      return app;
    },
    forget: (tx, subscriptionIds) => forgetReasons(runnerOf(tx), subscriptionIds),
    jobs: [tellOfEnds(parts), forgetQueries(deps)],
  };
}
