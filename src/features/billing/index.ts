import type { OpenAPIHono } from '@hono/zod-openapi';
import { Hono, type MiddlewareHandler } from 'hono';
import type { Clock } from '../../base/clock.ts';
import type { Operator } from '../../base/operator.ts';
import { type Db, runnerOf, type SqlRunner } from '../../infra/db/runner.ts';
import type { Sessions } from '../../infra/http/session.ts';
import type { WebEnv } from '../../infra/http/web.ts';
import type { Job } from '../../infra/jobs/jobs.ts';
import type { TalkContext, TalkHandler } from '../../infra/line/talk.ts';
import type { CardGateway } from '../../infra/payments/payments.ts';
import type { Ledger } from '../../ledger/family.ts';
import type { Contractors } from '../contractors/index.ts';
import { createCalendar, type Data } from '../data/index.ts';
import type { Linking } from '../linking/index.ts';
import type { NoticeKind } from '../official-account/index.ts';
import { type BillingActions, createBillingActions } from './actions.ts';
import { billingApi } from './api.ts';
import { beginSubscription, giveBackMonthlyFees } from './beginning.ts';
import { deleteCard, noteCardsToForget } from './card-store.ts';
import { forgetCards, forgetVisits } from './cards.ts';
import { topUpTalk, wayTalks } from './chat.ts';
import { closeBills, type PointsFor } from './closing.ts';
import { recordGiftFees } from './gift-fee-store.ts';
import { tellBills, tellPlanChanges } from './jobs.ts';
import { finishLeaves } from './leave-job.ts';
import { type LeaveRequest, loadWaitingLeaves } from './leave-store.ts';
import { type NumberPortability, simulatedNumberPortability } from './number-portability.ts';
import { billPages } from './pages/bills.tsx';
import { cardPages } from './pages/card.tsx';
import { requireContractorFromTalk } from './pages/entry.ts';
import { leavePages } from './pages/leave.tsx';
import { paymentPages } from './pages/payment.tsx';
import { planPages } from './pages/plan.tsx';
import { topUpPages } from './pages/top-up.tsx';
import { loadSoFar, type SoFar } from './so-far.ts';
import { tellTopUps } from './tell-top-ups.ts';
import { noticeKinds } from './text.ts';
import { createTopUpFamily, type TopUpFamily } from './top-up.ts';

export type { PointsFor } from './closing.ts';
export { billItemsConsole, billItemsEntry } from './console/index.ts';
export { billingDiscloser } from './disclose-store.ts';
export { assertHeldIsKnown, HeldIsMissing } from './held.ts';
export { importItems } from './items-import.ts';
export { exportFacts, verifyBills } from './verify/index.ts';

export type Leaving = Pick<LeaveRequest, 'kind' | 'endsAt'>;

export interface BillingDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly operator: Operator;
  readonly ledger: Ledger;
  readonly sessions: Sessions;
  readonly contractors: Pick<
    Contractors,
    'contractor' | 'subscriptions' | 'subscriptionsOf' | 'subscriptionsOfAll' | 'terms'
  >;
  readonly linking: Pick<Linking, 'linkStateOf' | 'contractorLinksOf' | 'lineAccountsLinkedTo' | 'unlinkUser'>;
  readonly data: Pick<Data, 'balance'>;
  readonly publicUrl: string;
  readonly apiKey: string;
  /** Before what is about money: whoever was idle for half an hour proves anew who they are. */
  readonly requireAwake: MiddlewareHandler<WebEnv>;
  /** How many points pay a part of a bill. */
  readonly pointsFor: PointsFor;
  /** The way to the clearing house of number portability; the simulated one without it. */
  readonly portability?: NumberPortability;
  /** Who keeps the cards; null: cards are changed by phone. */
  readonly gateway: CardGateway | null;
  /** Whether mail leaves this installation. */
  readonly canMail: boolean;
}

export interface Billing extends BillingActions {
  readonly topUps: TopUpFamily;
  readonly talk: readonly TalkHandler[];
  /** How often data can still be bought this month for a person's subscriptions, a line each. */
  tellTopUps(context: TalkContext): Promise<readonly string[]>;
  /** What the month under way comes to so far. */
  soFar(sql: SqlRunner, contractorId: string): Promise<SoFar>;
  /** Which of these subscriptions are on their way out, how and until when. */
  leaving(sql: SqlRunner, subscriptionIds: readonly string[]): Promise<ReadonlyMap<string, Leaving>>;
  /** What it tells without asking. */
  readonly noticeKinds: readonly NoticeKind[];
  readonly jobs: readonly Job[];
  /** A new contractor's card, and the fee for opening a subscription on the first bill, in the caller's transaction. */
  beginSubscription(tx: Db, of: Parameters<typeof beginSubscription>[2]): Promise<void>;
  /** Cards that nobody will pay with: the gateway is to forget them, after the caller's transaction. */
  forgetCards(tx: Db, references: readonly string[]): Promise<void>;
  /** The card of a contractor who is forgotten, here and at the gateway. */
  forgetCardOf(tx: Db, contractorId: string): Promise<void>;
  /** Gives back the monthly fees of a subscription since it opened, in the caller's transaction. */
  giveBackMonthlyFees(tx: Db, of: Parameters<typeof giveBackMonthlyFees>[2]): Promise<void>;
  /** Charges the fees of a batch of gifts in its transaction. */
  readonly recordGiftFees: typeof recordGiftFees;
  pages(): Hono<WebEnv>;
  api(): OpenAPIHono<WebEnv>;
}

/** Billing: what a contractor pays for, and the statement of each month. */
export function createBilling(deps: BillingDeps): Billing {
  const { db, clock, operator, ledger, sessions, contractors, data, publicUrl } = deps;
  const calendar = createCalendar(operator.timeZone);
  const { subscriptions } = contractors;
  const topUps = createTopUpFamily({ operator, calendar, publicUrl, subscriptions });
  const plan = { db, clock, operator, calendar, contractors, publicUrl };
  const portability = deps.portability ?? simulatedNumberPortability(operator.timeZone);
  const leaving = { ...plan, linking: deps.linking, portability };
  const talk = { operator, publicUrl, linkStateOf: deps.linking.linkStateOf };
  const { gateway } = deps;
  const actions = createBillingActions({ ...leaving, ledger, topUps, gateway, canMail: deps.canMail });
  return {
    ...actions,
    topUps,
    tellTopUps: (context) => tellTopUps({ ...deps, calendar }, context),
    talk: [topUpTalk(talk), ...wayTalks(talk)],
    soFar: (sql, contractorId) =>
      loadSoFar(sql, { operator, calendar, contractors }, { contractorId, now: clock.now() }),
    leaving: loadWaitingLeaves,
    noticeKinds,
    jobs: [
      closeBills({ db, operator, calendar, contractors, pointsFor: deps.pointsFor }),
      tellBills({ db, calendar, publicUrl }),
      tellPlanChanges(plan),
      finishLeaves(leaving),
      forgetCards({ db, gateway }),
      forgetVisits({ db }),
    ],
    beginSubscription: (tx, of) => beginSubscription({ calendar }, tx, of),
    forgetCardOf: (tx, contractorId) => deleteCard(runnerOf(tx), clock.now(), contractorId),
    forgetCards: (tx, references) => noteCardsToForget(runnerOf(tx), clock.now(), references),
    giveBackMonthlyFees: (tx, of) => giveBackMonthlyFees(plan, tx, of),
    recordGiftFees,
    pages() {
      const app = new Hono<WebEnv>();
      const gatewayOrigin = gateway?.pagesOrigin ?? null;
      const pages = { db, clock, operator, calendar, contractors, data, actions, gatewayOrigin };
      for (const path of ['/top-up', '/plan', '/bills', '/payment', '/leave']) {
        // The pattern with the star is the path itself, too.
        app.use(`${path}/*`, requireContractorFromTalk(sessions), deps.requireAwake);
      }
      app.route('/', topUpPages(pages));
      app.route('/', planPages(pages));
      app.route('/', billPages(pages));
      app.route('/', paymentPages(pages));
      app.route('/', cardPages(pages));
      app.route('/', leavePages(pages));
      return app;
    },
    api: () => billingApi({ actions, apiKey: deps.apiKey }),
  };
}
