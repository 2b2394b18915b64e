import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Hono } from 'hono';
import type { Metric } from 'prom-client';
import type { Temporal } from 'temporal-polyfill';
import type { Clock } from '../../base/clock.ts';
import type { Operator } from '../../base/operator.ts';
import { type Db, runnerOf, type SqlRunner } from '../../infra/db/runner.ts';
import type { WebEnv } from '../../infra/http/web-env.ts';
import type { Job } from '../../infra/jobs/jobs.ts';
import type { TalkContext, TalkHandler } from '../../infra/line/talk.ts';
import type { Ledger } from '../../ledger/family.ts';
import { type LedgerCheck, lastCheck } from '../../ledger/index.ts';
import type { Contractors } from '../contractors/index.ts';
import type { NoticeKind } from '../official-account/index.ts';
import { createDataActions, type DataActions } from './actions.ts';
import { balanceApi } from './balance/api.ts';
import { type Balance, readBalances } from './balance/balance.ts';
import { createBalanceReader } from './balance/balance-reader.ts';
import { loadUsableLots } from './balance/balance-store.ts';
import { type DataTalkDeps, dataTalk } from './balance/chat.ts';
import { dataPages } from './balance/pages.tsx';
import { tellLeft } from './balance/tell-left.ts';
import { baseBytesIn, createDataFamily, type DataFamily } from './batch/family.ts';
import { type GiftsOf, type JournalFilter, type JournalPage, journalPosition, readJournal } from './console/journal.ts';
import { createDataMetrics } from './metrics.ts';
import { findEndings, tellNotices } from './notices/notices.ts';
import { noticeKinds } from './notices/text.ts';
import { createCalendar } from './rules/calendar.ts';
import type { DataLot } from './rules/kinds.ts';
import { reservationApi } from './slices/api.ts';
import { endOfSlices } from './slices/end-of-slices.ts';
import { deliverNetworkEvents, type Network } from './slowing/network.ts';
import { throttledUntil } from './slowing/throttle-store.ts';
import { monthTurnApi } from './turn/api.ts';
import { endOfLots } from './turn/end-of-lots.ts';
import { lastMonthTurns, type MonthTurnProgress } from './turn/progress-store.ts';
import { turnOfTheMonth } from './turn/turn-of-the-month.ts';
import { usageApi } from './usage/api.ts';
import { listConflicts, removeConflict } from './usage/conflict-store.ts';
import type { RecordOutcome } from './usage/feed.ts';
import { createFeedFigures } from './usage/figures.ts';
import { forgetDays } from './usage/forget-days.ts';
import { forgetSingleUses } from './usage/forget-single-uses.ts';
import { type ImportRequest, importUsage } from './usage/import.ts';

export type { Balance } from './balance/balance.ts';
export { dataChecks } from './batch/check-store.ts';
export { addTopUp } from './batch/top-up.ts';
export { askForCorrection } from './console/correction-request.ts';
export { dataConsole, dataEntries, giftsRest } from './console/index.ts';
export { entryReasons, type GiftsOf, type JournalEntry } from './console/journal.ts';
export { dataDiscloser } from './disclose-store.ts';
export { usableBytes } from './rules/balance.ts';
export { type Calendar, createCalendar } from './rules/calendar.ts';
export type { CorrectionRefusal } from './rules/correction.ts';
export { BUCKET_KINDS, type DataLot, isUsable, kindNow } from './rules/kinds.ts';
export { lifetimeEnd } from './rules/month-turn.ts';
export { LENT_AT_MOST_SECONDS } from './rules/slice.ts';
export { inUseOrder } from './rules/use-order.ts';
export { networkBehind, simulatedNetwork } from './slowing/network.ts';
export { isSlowedSql, liftThrottles } from './slowing/throttle-store.ts';
export { holdersByNumber, subscriptionOfNumber } from './usage/subject-store.ts';
export { momentWords, subscriptionName, untilDay } from './words.ts';

export interface DataDeps {
  readonly db: Db;
  /** Reads what is left, thousands of times a second. */
  readonly reads: SqlRunner;
  readonly clock: Clock;
  readonly operator: Operator;
  readonly ledger: Ledger;
  readonly linking: DataTalkDeps['linking'];
  readonly contractors: Pick<Contractors, 'subscriptions'>;
  readonly publicUrl: string;
  readonly apiKey: string;
  /** Who is told of slowing and lifting; without one the events wait. */
  readonly network?: Network | null;
  /** What gifts are, for the journal; nobody is known without. */
  readonly giftsOf: GiftsOf;
}

export interface Data extends DataActions {
  readonly family: DataFamily;
  /** What a subscription has and has used. Whether somebody may see it is the caller's question. */
  balance(sql: SqlRunner, subscriptionId: string, now: Temporal.Instant): Promise<Balance>;
  /** The same for several, in the order asked, in two statements. */
  balances(sql: SqlRunner, subscriptionIds: readonly string[], now: Temporal.Instant): Promise<Balance[]>;
  /** Which of these are slowed, and until when (exclusive). */
  slowedUntil: typeof throttledUntil;
  /** What a subscription can use, lot by lot. */
  lotsOf(sql: SqlRunner, subscriptionId: string, now: Temporal.Instant): Promise<readonly DataLot[]>;
  /** The journal of a subscription entry by entry, newest first, for staff. */
  journal(
    sql: SqlRunner,
    asked: { subscriptionId: string; before?: string | null; limit?: number; filter?: JournalFilter },
  ): Promise<JournalPage>;
  /** Where a page of it begins that leaves out so many entries, and how many there are in all. */
  journalPosition: typeof journalPosition;
  /** Records of the feed that were kept aside, newest first, for staff. */
  usageConflicts: typeof listConflicts;
  /** Puts one away after it was looked at; false when it was gone already. */
  removeUsageConflict(asked: { conflictId: string; staffId: string; reason: string }): Promise<boolean>;
  /** Whether journal and lots agreed when they were last looked at, and what did not. */
  lastLedgerCheck(sql: SqlRunner): Promise<LedgerCheck | null>;
  /** The last turns of the month and how far they are, newest first. */
  monthTurns(sql: SqlRunner, limit?: number): Promise<readonly MonthTurnProgress[]>;
  readonly metrics: readonly Metric[];
  readonly talk: TalkHandler;
  /** What is left of each subscription a person may see in the talk, a line each. */
  tellLeft(context: TalkContext): Promise<readonly string[]>;
  /** What it tells without asking. */
  readonly noticeKinds: readonly NoticeKind[];
  readonly jobs: readonly Job[];
  pages(): Hono<WebEnv>;
  api(): OpenAPIHono<WebEnv>;
}

/** Counts files of usage; for a program of its own, beside those that serve. */
export function usageImporter(deps: Pick<DataDeps, 'db' | 'clock' | 'operator' | 'ledger'>) {
  const { db, clock, operator, ledger } = deps;
  const calendar = createCalendar(operator.timeZone);
  const family = createDataFamily(operator);
  const now = () => clock.now();
  const { keptDays } = operator.usage;
  const actions = createDataActions({ ledger, family, calendar, now, keptDays });
  return (request: ImportRequest) => importUsage({ sql: runnerOf(db), actions, calendar, now, keptDays }, request);
}

/** Data: what a subscription may use, what it used, and the turn of the month. */
export function createData(deps: DataDeps): Data {
  const { db, clock, operator, ledger } = deps;
  const calendar = createCalendar(operator.timeZone);
  const family = createDataFamily(operator);
  const now = () => clock.now();
  const actions = createDataActions({ ledger, family, calendar, now, keptDays: operator.usage.keptDays });
  const job = { sql: runnerOf(db), ledger, family };
  const notices = { db, operator, calendar };
  const metrics = createDataMetrics(runnerOf(db));
  const figures = createFeedFigures({ sql: runnerOf(db), today: () => calendar.dayOf(now()) });
  const readBalance = createBalanceReader({ sql: deps.reads, calendar, now });
  const balances: Data['balances'] = (sql, ids, at) => readBalances(sql, ids, { now: at, calendar });
  return {
    ...actions,
    family,
    balances,
    async balance(sql, subscriptionId, at) {
      const [balance] = await balances(sql, [subscriptionId], at);
      if (balance === undefined) throw new Error('a balance asked for was not answered');
      return balance;
    },
    slowedUntil: throttledUntil,
    lotsOf: loadUsableLots,
    journal: (sql, asked) => readJournal(sql, { giftsOf: deps.giftsOf, calendar }, asked),
    journalPosition,
    usageConflicts: listConflicts,
    removeUsageConflict: (asked) => removeConflict(db, { ...asked, now: now() }),
    lastLedgerCheck: lastCheck,
    tellLeft: (context) => tellLeft({ operator, calendar }, context),
    monthTurns: lastMonthTurns,
    metrics: metrics.metrics,
    talk: dataTalk({ ...deps, calendar, readBalance }),
    noticeKinds,
    jobs: [
      turnOfTheMonth({ ...job, calendar, baseBytesOf: baseBytesIn(operator) }),
      endOfLots(job),
      endOfSlices({ sql: runnerOf(db), actions }),
      forgetDays({ db, operator }),
      forgetSingleUses({ sql: runnerOf(db), keptDays: operator.usage.keptDays }),
      findEndings(notices),
      tellNotices(notices),
      ...(deps.network ? deliverNetworkEvents({ db, network: deps.network }) : []),
    ],
    pages: () => dataPages({ db, clock, operator, calendar }),
    api() {
      const api = {
        db,
        clock,
        apiKey: deps.apiKey,
        contractors: deps.contractors,
        calendar,
        actions,
        readBalance,
        keptDays: operator.usage.keptDays,
        onAnswered(outcomes: readonly RecordOutcome[]) {
          metrics.count(outcomes);
          figures.count(outcomes);
        },
      };
      const app = usageApi(api);
      app.route('/', balanceApi(api));
      app.route('/', reservationApi(api));
      app.route('/', monthTurnApi({ sql: runnerOf(db), apiKey: deps.apiKey }));
      return app;
    },
  };
}
