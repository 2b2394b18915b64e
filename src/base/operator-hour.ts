import { Temporal } from 'temporal-polyfill';
import { endOfDay } from './operator-month.ts';

/** The beginning of the hour an instant lies in, on the operator's clock. */
export function startOfHour(at: Temporal.Instant, zone: string): Temporal.Instant {
  return at.toZonedDateTimeISO(zone).round({ smallestUnit: 'hour', roundingMode: 'floor' }).toInstant();
}

/** A stretch of time on the operator's clock: from an hour's beginning to the next. */
export interface OperatorHour {
  readonly startsAt: Temporal.Instant;
  /** `YYYY-MM-DD`. */
  readonly day: string;
  /** 0–23. */
  readonly hour: number;
}

/** Every hour from the beginning of one day to the end of another; where clocks are changed, a day has 23 or 25. */
export function hoursOf(firstDay: string, lastDay: string, zone: string): readonly OperatorHour[] {
  const end = endOfDay(lastDay, zone);
  const hours: OperatorHour[] = [];
  let startsAt = Temporal.PlainDate.from(firstDay).toZonedDateTime(zone).toInstant();
  while (Temporal.Instant.compare(startsAt, end) < 0) {
    const local = startsAt.toZonedDateTimeISO(zone);
    hours.push({ startsAt, day: local.toPlainDate().toString(), hour: local.hour });
    startsAt = startsAt.add({ hours: 1 });
  }
  return hours;
}
