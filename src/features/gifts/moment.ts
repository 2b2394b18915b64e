import { Temporal } from 'temporal-polyfill';
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

/** A day and what is asked of its month: the calendar is asked once a day, and not once a batch. */
type Day = Omit<Moment, 'now' | 'isClosed'> & { readonly dayEnd: Temporal.Instant };

export function createMoments(operator: Operator, calendar: Calendar): (now: Temporal.Instant) => Moment {
  let day: Day | undefined;
  let last: Moment | undefined;

  function dayOf(now: Temporal.Instant): Day {
    const midnight = now.toZonedDateTimeISO(calendar.zone).startOfDay();
    const month = calendar.monthOf(now);
    return {
      dayStart: midnight.toInstant(),
      dayEnd: midnight.add({ days: 1 }).toInstant(),
      month,
      monthStart: calendar.startOf(month),
      monthEnd: calendar.endOf(month),
    };
  }

  return (now) => {
    if (last?.now.epochNanoseconds === now.epochNanoseconds) return last;
    if (day === undefined || !isWithin(now, day)) day = dayOf(now);
    last = { ...day, now, isClosed: isClosedAt(now, operator.giftPolicy.closed, calendar.zone) };
    return last;
  };
}

function isWithin(now: Temporal.Instant, { dayStart, dayEnd }: Day): boolean {
  return Temporal.Instant.compare(now, dayStart) >= 0 && Temporal.Instant.compare(now, dayEnd) < 0;
}
