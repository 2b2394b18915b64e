import type { Temporal } from 'temporal-polyfill';
import type { Operator } from '../../base/operator.ts';
import type { Month } from '../../base/operator-month.ts';
import type { Calendar } from '../data/index.ts';
import { isClosedAt } from './rules/closed-window.ts';

/** What the time of a batch means for gifts: reckoned once, for all its commands. */
export interface Moment {
  readonly now: Temporal.Instant;
  readonly dayStart: Temporal.Instant;
  readonly month: Month;
  readonly monthStart: Temporal.Instant;
  readonly monthEnd: Temporal.Instant;
  readonly isClosed: boolean;
}

const MINUTE_MS = 60_000;

/** Days, months and the hours in which gifts rest begin with a minute, so the calendar is asked once in each. */
export function createMoments(operator: Operator, calendar: Calendar): (now: Temporal.Instant) => Moment {
  let minute = Number.NaN;
  let last: Moment | undefined;
  return (now) => {
    const nowMinute = Math.floor(now.epochMilliseconds / MINUTE_MS);
    if (last !== undefined && minute === nowMinute) {
      if (last.now !== now) last = { ...last, now };
      return last;
    }
    const month = calendar.monthOf(now);
    minute = nowMinute;
    last = {
      now,
      dayStart: now.toZonedDateTimeISO(calendar.zone).startOfDay().toInstant(),
      month,
      monthStart: calendar.startOf(month),
      monthEnd: calendar.endOf(month),
      isClosed: isClosedAt(now, operator.giftPolicy.closed, calendar.zone),
    };
    return last;
  };
}
