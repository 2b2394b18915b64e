import { Temporal } from 'temporal-polyfill';
import { dayOf } from '../../base/operator-month.ts';
import type { SqlRunner } from '../../infra/db/runner.ts';
import { loadBalances, ON_LOAN, type UsedDay } from './balance-store.ts';
import { type Bucket, decideBuckets } from './rules/balance.ts';
import type { Calendar } from './rules/calendar.ts';

/** What a subscription has and has used, as people are shown it. Whole bytes. */
export interface Balance {
  readonly subscriptionId: string;
  /** The four kinds in the order of use, also those with nothing left. */
  readonly buckets: readonly Bucket[];
  readonly totalBytes: number;
  /** On loan to the network beside that: what is not used of it comes back. */
  readonly reservedBytes: number;
  readonly todayBytes: number;
  readonly monthBytes: number;
  /** The last 30 days, today last; days without use are there with 0. */
  readonly days: readonly UsedDay[];
}

export const DAYS_SHOWN = 30;

/** The balances of several subscriptions at an instant, in the order asked. */
export async function readBalances(
  sql: SqlRunner,
  subscriptionIds: readonly string[],
  at: { now: Temporal.Instant; calendar: Calendar },
): Promise<Balance[]> {
  const { now, calendar } = at;
  const month = calendar.monthOf(now);
  const shown = lastDays(dayOf(now, calendar.zone), DAYS_SHOWN);
  // Up to 31 days of this month, which may begin before the 30 shown.
  const since = [shown[0] ?? '', `${month}-01`].sort()[0] ?? '';
  const rows = await loadBalances(sql, subscriptionIds, { now, since });
  return subscriptionIds.map((subscriptionId) => {
    const { lots, days } = rows.get(subscriptionId) ?? { lots: [], days: [] };
    const buckets = decideBuckets({ lots, now, monthStart: calendar.startOf(month) });
    const used = new Map(days.map((day) => [day.on, day.usedBytes]));
    return {
      subscriptionId,
      buckets,
      totalBytes: buckets.reduce((sum, bucket) => sum + bucket.remainingBytes, 0),
      reservedBytes: lots.reduce((sum, lot) => (lot.kind === ON_LOAN ? sum + lot.remaining : sum), 0),
      todayBytes: used.get(calendar.dayOf(now)) ?? 0,
      monthBytes: days.filter((day) => day.on.startsWith(month)).reduce((sum, day) => sum + day.usedBytes, 0),
      days: shown.map((on) => ({ on, usedBytes: used.get(on) ?? 0 })),
    };
  });
}

function lastDays(today: string, count: number): string[] {
  const last = Temporal.PlainDate.from(today);
  return Array.from({ length: count }, (_, back) => last.subtract({ days: count - 1 - back }).toString());
}
