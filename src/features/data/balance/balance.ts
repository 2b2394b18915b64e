import { Temporal } from 'temporal-polyfill';
import { dayOf } from '../../../base/operator-month.ts';
import type { SqlRunner } from '../../../infra/db/runner.ts';
import { type Bucket, decideBuckets } from '../rules/balance.ts';
import type { Calendar } from '../rules/calendar.ts';
import { loadBalances, ON_LOAN, type UsedDay } from './balance-store.ts';

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
  const monthStart = calendar.startOf(month);
  const today = calendar.dayOf(now);
  // Values, so all may share them: thirty objects for everybody who asks would be most of the work.
  const unused: readonly UsedDay[] = shown.map((on) => ({ on, usedBytes: 0 }));
  return subscriptionIds.map((subscriptionId) => {
    const { lots, days } = rows.get(subscriptionId) ?? { lots: [], days: [] };
    const buckets = decideBuckets({ lots, now, monthStart });
    return {
      subscriptionId,
      buckets,
      totalBytes: buckets.reduce((sum, bucket) => sum + bucket.remainingBytes, 0),
      reservedBytes: lots.reduce((sum, lot) => (lot.kind === ON_LOAN ? sum + lot.remaining : sum), 0),
      todayBytes: days.find(({ on }) => on === today)?.usedBytes ?? 0,
      monthBytes: days.reduce((sum, day) => (day.on.startsWith(month) ? sum + day.usedBytes : sum), 0),
      days: days.length === 0 ? unused : withUse(unused, days),
    };
  });
}

function withUse(unused: readonly UsedDay[], days: readonly UsedDay[]): readonly UsedDay[] {
  const used = new Map(days.map((day) => [day.on, day]));
  return unused.map((day) => used.get(day.on) ?? day);
}

function lastDays(today: string, count: number): string[] {
  const last = Temporal.PlainDate.from(today);
  return Array.from({ length: count }, (_, back) => last.subtract({ days: count - 1 - back }).toString());
}
