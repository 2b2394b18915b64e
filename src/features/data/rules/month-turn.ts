import { Temporal } from 'temporal-polyfill';
import type { Month } from '../../../base/operator-month.ts';
import type { Calendar } from './calendar.ts';
import type { DataLot } from './kinds.ts';

/**
 * What the turn into a month does with one subscription's lots. What is left of the base before counts as carry-over from
 * that moment on (`kindNow`): it keeps its lot and its end, so nothing moves.
 */
export interface MonthTurn {
  /** What has ended. */
  readonly ends: readonly { readonly lotId: string; readonly bytes: number }[];
  /** The plan's base data for the month. */
  readonly grant: Grant | undefined;
}

export interface Grant {
  readonly bytes: number;
  readonly grantedAt: Temporal.Instant;
  readonly expiresAt: Temporal.Instant;
}

/** The turn into `month`, as it is at its first instant however late it is done. */
export function decideMonthTurn(facts: {
  lots: readonly DataLot[];
  month: Month;
  calendar: Calendar;
  /** The plan's monthly volume. */
  baseBytes: number;
  /** The first month is granted at the opening. */
  opensAt: Temporal.Instant;
}): MonthTurn {
  const start = facts.calendar.startOf(facts.month);
  const grantedAt = later(start, facts.opensAt);
  const left = facts.lots.filter((lot) => lot.remaining > 0);
  const hasEnded = (lot: DataLot) => Temporal.Instant.compare(lot.expiresAt, start) <= 0;
  return {
    ends: left.filter(hasEnded).map(({ lotId, remaining }) => ({ lotId, bytes: remaining })),
    grant:
      facts.baseBytes === 0
        ? undefined
        : { bytes: facts.baseBytes, grantedAt, expiresAt: lifetimeEnd(start, facts.calendar) },
  };
}

/** Base and top-up last to the end of the month after the one they were granted in. */
export function lifetimeEnd(grantedAt: Temporal.Instant, calendar: Calendar): Temporal.Instant {
  return calendar.endOf(calendar.next(calendar.monthOf(grantedAt)));
}

/**
 * The months a subscription still has to be turned into, oldest first: all since the last one, or, for one never
 * turned, since the later of its opening and the day it was put into the books. Nobody loses a month because the
 * program stood still, and nobody gets months from before it was here.
 */
export function monthsToTurn(
  subscription: {
    readonly lastTurned: Month | null;
    readonly opensAt: Temporal.Instant;
    readonly createdAt: Temporal.Instant;
    readonly endedAt: Temporal.Instant | null;
  },
  /** The last month to turn into. */
  upTo: Month,
  calendar: Calendar,
): Month[] {
  const { lastTurned, endedAt } = subscription;
  if (lastTurned !== null && lastTurned >= upTo) return [];
  const first =
    lastTurned === null
      ? calendar.monthOf(later(subscription.opensAt, subscription.createdAt))
      : calendar.next(lastTurned);
  const months: Month[] = [];
  for (let month = first; month <= upTo; month = calendar.next(month)) {
    if (endedAt !== null && Temporal.Instant.compare(endedAt, calendar.startOf(month)) <= 0) break;
    months.push(month);
  }
  return months;
}

function later(one: Temporal.Instant, other: Temporal.Instant): Temporal.Instant {
  return Temporal.Instant.compare(one, other) > 0 ? one : other;
}
