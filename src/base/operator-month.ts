import { Temporal } from 'temporal-polyfill';

/** A calendar month in the operator's time zone, `YYYY-MM`. */
export type Month = string;

/** The month an instant falls in. 00:00:00 on the 1st belongs to the new month. */
export function monthOf(at: Temporal.Instant, zone: string): Month {
  return at.toZonedDateTimeISO(zone).toPlainDate().toPlainYearMonth().toString();
}

/** The last month of something with this exclusive end. */
export function lastMonthBefore(end: Temporal.Instant, zone: string): Month {
  return monthOf(end.subtract({ milliseconds: 1 }), zone);
}

/** The first instant of a month. */
export function startOfMonth(month: Month, zone: string): Temporal.Instant {
  return Temporal.PlainYearMonth.from(month).toPlainDate({ day: 1 }).toZonedDateTime(zone).toInstant();
}

/** The first instant after a month: exclusive end. */
export function endOfMonth(month: Month, zone: string): Temporal.Instant {
  return startOfMonth(addMonths(month, 1), zone);
}

/** The month so many months later, or with a negative count earlier: `2026-12` and 1 is `2027-01`. */
export function addMonths(month: Month, count: number): Month {
  return Temporal.PlainYearMonth.from(month).add({ months: count }).toString();
}

/** The calendar day an instant falls on, `YYYY-MM-DD`. */
export function dayOf(at: Temporal.Instant, zone: string): string {
  return at.toZonedDateTimeISO(zone).toPlainDate().toString();
}

/** The first instant of a calendar day (`YYYY-MM-DD`). */
export function startOfDay(day: string, zone: string): Temporal.Instant {
  return Temporal.PlainDate.from(day).toZonedDateTime(zone).toInstant();
}

/** The first instant after a calendar day (`YYYY-MM-DD`): exclusive end. */
export function endOfDay(day: string, zone: string): Temporal.Instant {
  return Temporal.PlainDate.from(day).add({ days: 1 }).toZonedDateTime(zone).toInstant();
}

/** Whether a day begins at this very moment: such an end is told as the day before, such a beginning as the day. */
export function isStartOfDay(at: Temporal.Instant, zone: string): boolean {
  return at.toZonedDateTimeISO(zone).startOfDay().toInstant().equals(at);
}

/** The day so many days later: `2026-12-30` and 2 is `2027-01-01`. */
export function addDays(day: string, count: number): string {
  return Temporal.PlainDate.from(day).add({ days: count }).toString();
}

/** The last day on which something with this exclusive end can be used, `YYYY-MM-DD`. */
export function lastDayBefore(end: Temporal.Instant, zone: string): string {
  return dayOf(end.subtract({ milliseconds: 1 }), zone);
}
