import { Hono } from 'hono';
import type { Clock } from '../../base/clock.ts';
import type { Operator } from '../../base/operator.ts';
import type { Db } from '../../infra/db/runner.ts';
import type { Sessions } from '../../infra/http/session.ts';
import type { WebEnv } from '../../infra/http/web.ts';
import type { Job } from '../../infra/jobs/jobs.ts';
import type { TalkContext, TalkHandler } from '../../infra/line/talk.ts';
import type { Ledger } from '../../ledger/family.ts';
import type { Contractors } from '../contractors/index.ts';
import { createCalendar, type Data } from '../data/index.ts';
import type { Linking } from '../linking/index.ts';
import type { NoticeKind } from '../official-account/index.ts';
import { type BillingActions, createBillingActions } from './actions.ts';
import { topUpTalk } from './chat.ts';
import { tellPlanChanges } from './jobs.ts';
import { requireContractorFromTalk } from './pages/entry.ts';
import { planPages } from './pages/plan.tsx';
import { topUpPages } from './pages/top-up.tsx';
import { tellTopUps } from './tell-top-ups.ts';
import { noticeKinds } from './text.ts';
import { createTopUpFamily, type TopUpFamily } from './top-up.ts';

export interface BillingDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly operator: Operator;
  readonly ledger: Ledger;
  readonly sessions: Sessions;
  readonly contractors: Pick<Contractors, 'subscriptions' | 'subscriptionsOf' | 'terms'>;
  readonly linking: Pick<Linking, 'linkStateOf' | 'contractorLinksOf'>;
  readonly data: Pick<Data, 'balance'>;
  readonly publicUrl: string;
}

export interface Billing extends BillingActions {
  readonly topUps: TopUpFamily;
  readonly talk: readonly TalkHandler[];
  /** How often data can still be bought this month for a person's subscriptions, a line each. */
  tellTopUps(context: TalkContext): Promise<readonly string[]>;
  /** What it tells without asking. */
  readonly noticeKinds: readonly NoticeKind[];
  readonly jobs: readonly Job[];
  pages(): Hono<WebEnv>;
}

/** Billing: what a contractor pays for, and the statement of each month. */
export function createBilling(deps: BillingDeps): Billing {
  const { db, clock, operator, ledger, sessions, contractors, data, publicUrl } = deps;
  const calendar = createCalendar(operator.timeZone);
  const { subscriptions } = contractors;
  const topUps = createTopUpFamily({ operator, calendar, publicUrl, subscriptions });
  const plan = { db, clock, operator, calendar, contractors, publicUrl };
  const actions = createBillingActions({ ...plan, ledger, topUps });
  return {
    ...actions,
    topUps,
    talk: [topUpTalk({ operator, publicUrl, linkStateOf: deps.linking.linkStateOf })],
    tellTopUps: (context) => tellTopUps({ ...deps, calendar }, context),
    noticeKinds,
    jobs: [tellPlanChanges(plan)],
    pages() {
      const app = new Hono<WebEnv>();
      const pages = { db, clock, operator, calendar, contractors, data, actions };
      for (const path of ['/top-up', '/plan']) {
        app.use(path, requireContractorFromTalk(sessions));
        app.use(`${path}/*`, requireContractorFromTalk(sessions));
      }
      app.route('/', topUpPages(pages));
      app.route('/', planPages(pages));
      return app;
    },
  };
}
