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

export function createMoments(operator: Operator, calendar: Calendar): (now: Temporal.Instant) => Moment {
  let last: Moment | undefined;
  return (now) => {
    if (last?.now.epochNanoseconds === now.epochNanoseconds) return last;
    const month = calendar.monthOf(now);
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
