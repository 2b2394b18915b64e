import { Temporal } from 'temporal-polyfill';
import { addMonths, endOfMonth, type Month, monthOf, startOfMonth } from '../../../base/operator-month.ts';
import type { DataLot } from './kinds.ts';

/** What the turn into a month does with one subscription's lots. */
export interface MonthTurn {
  /** What is left of earlier base: it becomes carry-over, whole, and keeps its end. */
  readonly carries: readonly { readonly lotId: string; readonly bytes: number; readonly expiresAt: Temporal.Instant }[];
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
  zone: string;
  /** The plan's monthly volume. */
  baseBytes: number;
  /** The first month is granted at the opening. */
  opensAt: Temporal.Instant;
}): MonthTurn {
  const start = startOfMonth(facts.month, facts.zone);
  const grantedAt = later(start, facts.opensAt);
  const left = facts.lots.filter((lot) => lot.remaining > 0);
  const hasEnded = (lot: DataLot) => Temporal.Instant.compare(lot.expiresAt, start) <= 0;
  const isEarlierBase = (lot: DataLot) => lot.kind === 'base' && Temporal.Instant.compare(lot.grantedAt, start) < 0;
  return {
    carries: left
      .filter((lot) => isEarlierBase(lot) && !hasEnded(lot))
      .map(({ lotId, remaining, expiresAt }) => ({ lotId, bytes: remaining, expiresAt })),
    ends: left.filter(hasEnded).map(({ lotId, remaining }) => ({ lotId, bytes: remaining })),
    grant:
      facts.baseBytes === 0
        ? undefined
        : { bytes: facts.baseBytes, grantedAt, expiresAt: lifetimeEnd(start, facts.zone) },
  };
}

/** Base and top-up last to the end of the month after the one they were granted in. */
export function lifetimeEnd(grantedAt: Temporal.Instant, zone: string): Temporal.Instant {
  return endOfMonth(addMonths(monthOf(grantedAt, zone), 1), zone);
}

/**
 * The months a subscription still has to be turned into, oldest first: all since the last one, or, for one never
 * turned, since the later of its opening and the day it was put into the books. Nobody loses a month because the
 * program stood still, and nobody gets months from before it was here.
 */
export function monthsToTurn(facts: {
  lastTurned: Month | null;
  opensAt: Temporal.Instant;
  createdAt: Temporal.Instant;
  endedAt: Temporal.Instant | null;
  /** The last month to turn into. */
  upTo: Month;
  zone: string;
}): Month[] {
  const { lastTurned, endedAt, upTo, zone } = facts;
  if (lastTurned !== null && lastTurned >= upTo) return [];
  const first = lastTurned === null ? monthOf(later(facts.opensAt, facts.createdAt), zone) : addMonths(lastTurned, 1);
  const months: Month[] = [];
  for (let month = first; month <= upTo; month = addMonths(month, 1)) {
    if (endedAt !== null && Temporal.Instant.compare(endedAt, startOfMonth(month, zone)) <= 0) break;
    months.push(month);
  }
  return months;
}

function later(one: Temporal.Instant, other: Temporal.Instant): Temporal.Instant {
  return Temporal.Instant.compare(one, other) > 0 ? one : other;
}
