import type { Temporal } from 'temporal-polyfill';
import type { Operator } from '../../base/operator.ts';
import type { SqlRunner } from '../../infra/db/runner.ts';
import { type DataLot, usableBytes } from '../data/index.ts';
import { usableSources } from './deciding.ts';
import type { Moment } from './moment.ts';
import { amountsToOffer, giveableBytes, monthlyLimitBytes } from './rules/giveable.ts';
import { type OwnSubscription, ownSubscriptions } from './view-store.ts';

/** What a person can give now, from one of their subscriptions. */
export interface Giving {
  readonly subscription: OwnSubscription;
  /** The others this person is linked to. */
  readonly others: readonly OwnSubscription[];
  readonly totalBytes: number;
  readonly giveableBytes: number;
  /** What this month's limit still leaves; null without a limit. */
  readonly leftOfLimitBytes: number | null;
  /** Every amount that can be given, smallest first. */
  readonly amounts: readonly number[];
  readonly isClosed: boolean;
}

export interface GivingDeps {
  readonly operator: Operator;
  readonly momentOf: (now: Temporal.Instant) => Moment;
  lotsOf(sql: SqlRunner, subscriptionId: string, now: Temporal.Instant): Promise<readonly DataLot[]>;
  chosenSubscription(sql: SqlRunner, lineUserId: string): Promise<string | null>;
}

/**
 * What can be given from the wanted subscription, or from the one the person means. Null when the person is linked to
 * nothing, or not to the one wanted.
 */
export async function loadGiving(
  deps: GivingDeps,
  sql: SqlRunner,
  asked: { lineUserId: string; wanted: string | null; now: Temporal.Instant },
): Promise<Giving | null> {
  const { operator } = deps;
  const policy = operator.giftPolicy;
  const moment = deps.momentOf(asked.now);
  const own = await ownSubscriptions(sql, asked.lineUserId, moment);
  const meant = asked.wanted ?? (await deps.chosenSubscription(sql, asked.lineUserId));
  const subscription = own.find((each) => each.subscriptionId === meant);
  if (subscription === undefined) return null;
  const lots = await deps.lotsOf(sql, subscription.subscriptionId, asked.now);
  const giveable = giveableBytes(policy, usableSources(lots, moment));
  const planBytes = operator.plans.find((plan) => plan.code === subscription.planCode)?.monthlyBytes ?? 0;
  const limit = monthlyLimitBytes(policy, planBytes);
  const { givenThisMonthBytes } = subscription;
  return {
    subscription,
    others: own.filter((each) => each !== subscription),
    totalBytes: usableBytes(lots, asked.now),
    giveableBytes: giveable,
    leftOfLimitBytes: limit === null ? null : Math.max(0, limit - givenThisMonthBytes),
    amounts: amountsToOffer(policy, { giveableBytes: giveable, planBytes, givenThisMonthBytes }),
    isClosed: moment.isClosed,
  };
}
