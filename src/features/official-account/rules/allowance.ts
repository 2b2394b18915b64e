import { Temporal } from 'temporal-polyfill';

/** What LINE lets the account push in a month, replies apart, and what of it is used. */
export interface Allowance {
  /** Null where the account's plan knows no limit. */
  readonly limitPerMonth: number | null;
  readonly used: number;
}

export type AllowanceState = 'unlimited' | 'enough' | 'short' | 'used-up';

export interface AllowanceOutlook {
  readonly state: AllowanceState;
  /** Null without a limit. */
  readonly left: number | null;
  /** The day (`YYYY-MM-DD`) on which nothing is left if it goes on like this; null where it lasts the month. */
  readonly lastsUntil: string | null;
}

/** LINE counts by the month in Japan, wherever the operator is. */
const LINE_ZONE = 'Asia/Tokyo';
/** From here on staff are told. */
const SHORT_SHARE = 0.8;

/** How things stand with the month's messages. */
export function allowanceState({ limitPerMonth, used }: Allowance): AllowanceState {
  if (limitPerMonth === null) return 'unlimited';
  if (used >= limitPerMonth) return 'used-up';
  return used >= limitPerMonth * SHORT_SHARE ? 'short' : 'enough';
}

/** The same, with how long they last at the pace of the month so far. */
export function allowanceOutlook(allowance: Allowance, now: Temporal.Instant): AllowanceOutlook {
  const { limitPerMonth, used } = allowance;
  const state = allowanceState(allowance);
  if (limitPerMonth === null) return { state, left: null, lastsUntil: null };
  const left = Math.max(0, limitPerMonth - used);
  return { state, left, lastsUntil: left > 0 && used > 0 ? lastDay(limitPerMonth / used, now) : null };
}

/** @param timesSoFar How many times what was used so far the limit is. */
function lastDay(timesSoFar: number, now: Temporal.Instant): string | null {
  const here = now.toZonedDateTimeISO(LINE_ZONE);
  const begin = here.with({ day: 1 }).startOfDay();
  const soFarMs = Math.max(1, here.epochMilliseconds - begin.epochMilliseconds);
  const end = Temporal.Instant.fromEpochMilliseconds(begin.epochMilliseconds + Math.round(soFarMs * timesSoFar));
  if (Temporal.Instant.compare(end, begin.add({ months: 1 }).toInstant()) >= 0) return null;
  return end.toZonedDateTimeISO(LINE_ZONE).toPlainDate().toString();
}
