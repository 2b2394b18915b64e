import type { Temporal } from 'temporal-polyfill';
import { lastMonthBefore, type Month } from '../../base/operator-month.ts';
import { type Db, runnerOf, type SqlRunner } from '../../infra/db/index.ts';
import type { ActionDeps } from './deps.ts';
import type { Terms } from './rules/terms.ts';
import { loadSubscriptions, lockSubscriptionRow, type Subscription, updateEnd } from './subscription-store.ts';
import {
  dropUnreached,
  findByRequest,
  insertWaiting,
  loadPlanChanges,
  type PlanChange,
  takeBack,
} from './terms-store.ts';

/** Plans and options over time. Whether a change is offered, and what it costs, is not decided here. */
export interface TermsBook {
  /** Every change of these subscriptions, in the order in which they took effect. */
  changesOf(sql: SqlRunner, subscriptionIds: readonly string[]): Promise<readonly PlanChange[]>;
  /** A contractor's own subscription, locked until the transaction ends; null for anybody else's. */
  lock(tx: Db, own: { contractorId: string; subscriptionId: string }): Promise<Subscription | null>;
  /** What a request has already brought about. */
  madeBy(tx: Db, asked: { subscriptionId: string; requestId: string }): Promise<PlanChange | null>;
  /** Lets a change wait for a month, in the place of the one that waited. After `lock`. */
  schedule(
    tx: Db,
    now: Temporal.Instant,
    change: { subscription: Subscription; takesEffectIn: Month; to: Terms; requestId: string },
  ): Promise<PlanChange>;
  /** When the subscription ends (exclusive), or null for not at all. A change that waits for later never comes. After `lock`. */
  setEnd(tx: Db, subscriptionId: string, endedAt: Temporal.Instant | null): Promise<boolean>;
  /** After `lock`; null when nothing waited. */
  takeBack(tx: Db, now: Temporal.Instant, subscriptionId: string): Promise<PlanChange | null>;
}

export const createTermsBook = ({
  clock,
  operator,
  changes,
}: Pick<ActionDeps, 'clock' | 'operator' | 'changes'>): TermsBook => ({
  changesOf: (sql, ids) => (ids.length === 0 ? Promise.resolve([]) : loadPlanChanges(sql, ids)),
  async lock(tx, { contractorId, subscriptionId }) {
    const sql = runnerOf(tx);
    const row = await lockSubscriptionRow(sql, subscriptionId);
    if (row?.contractorId !== contractorId) return null;
    const [subscription] = await loadSubscriptions(sql, [subscriptionId]);
    return subscription ?? null;
  },
  madeBy: (tx, asked) => findByRequest(runnerOf(tx), asked),
  schedule(tx, now, { subscription, ...change }) {
    const { subscriptionId, planCode, optionCodes } = subscription;
    return insertWaiting(runnerOf(tx), now, { subscriptionId, from: { planCode, optionCodes }, ...change });
  },
  async setEnd(tx, subscriptionId, endedAt) {
    const sql = runnerOf(tx);
    const contractorId = await updateEnd(sql, subscriptionId, endedAt);
    if (contractorId === null) return false;
    if (endedAt !== null) {
      const lastMonth = lastMonthBefore(endedAt, operator.timeZone);
      await dropUnreached(sql, clock.now(), [{ subscriptionId, lastMonth }]);
    }
    const change = { type: 'subscription.changed', contractorId, subscriptionId, fields: ['endedAt'] } as const;
    await changes.note(sql, clock.now(), [change]);
    return true;
  },
  takeBack: (tx, now, subscriptionId) => takeBack(runnerOf(tx), now, subscriptionId),
});
