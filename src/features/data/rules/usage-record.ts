import { Temporal } from 'temporal-polyfill';
import type { Moment } from '../../../base/instant-text.ts';
import type { Month } from '../../../base/operator-month.ts';
import type { Calendar } from './calendar.ts';

/** How far ahead of our clock a record's end may lie before it is taken for a fault of the feed. */
export const AHEAD_MINUTES = 10;

/**
 * A hundred terabytes: more than a day of anybody's use, so a record or a counter that says more is a fault of the feed, and
 * a day counts no further. Sums of many days are then still whole numbers that programs can hold.
 */
export const MOST_BYTES = 100_000_000_000_000;

export interface Placement {
  /** The day it is shown on, `YYYY-MM-DD`. */
  readonly usedOn: string;
  /** The instant as of which it draws. */
  readonly drawAt: Temporal.Instant;
  /** The month it draws in; the subscription must have been turned into it first. */
  readonly month: Month;
  /** Its month was closed: it draws from what is there now. */
  readonly isLate: boolean;
}

/**
 * Where a record of use belongs: the day and month of its end. As long as a subscription has not been turned into a
 * later month, a record of the earlier month draws from what there was at its end; afterwards from what is there now.
 */
export function placeUsage(facts: {
  endedAt: Moment;
  now: Temporal.Instant;
  calendar: Calendar;
  lastTurned: Month | null;
}): Placement {
  const { endedAt, now, calendar, lastTurned } = facts;
  const usedIn = calendar.monthOf(endedAt);
  const present = calendar.monthOf(now);
  const isEarlier = usedIn < present;
  const isLate = isEarlier && lastTurned !== null && lastTurned > usedIn;
  const drawsThen = isEarlier && !isLate;
  return {
    usedOn: calendar.dayOf(endedAt),
    drawAt: drawsThen ? Temporal.Instant.fromEpochMilliseconds(endedAt.epochMilliseconds) : now,
    month: drawsThen ? usedIn : present,
    isLate,
  };
}

/** Why a record is not of a time that can be counted now; what is in the future can be sent again. */
export function untimely(
  endedAt: Moment,
  at: { now: Moment; keptDays: number },
): 'from-the-future' | 'too-old' | undefined {
  if (isFromTheFuture(endedAt, at.now)) return 'from-the-future';
  return isTooOld(endedAt, at.now, at.keptDays) ? 'too-old' : undefined;
}

/** A record from the future is a fault of the feed; a few minutes are a clock that is not quite right. */
function isFromTheFuture(endedAt: Moment, now: Moment): boolean {
  return endedAt.epochMilliseconds > now.epochMilliseconds + AHEAD_MINUTES * 60_000;
}

/**
 * A record of longer ago than single uses are kept is a fault of the feed: whether it was counted before is no longer
 * known.
 */
function isTooOld(endedAt: Moment, now: Moment, keptDays: number): boolean {
  return endedAt.epochMilliseconds < now.epochMilliseconds - keptDays * 24 * 3_600_000;
}
