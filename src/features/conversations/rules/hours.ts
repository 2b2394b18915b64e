import { Temporal } from 'temporal-polyfill';
import { type ConversationSettings, weekdays } from '../../../base/operator.ts';

export type Opening =
  | { readonly isOpen: true; readonly until: Temporal.Instant }
  /** `opensAt` is null where no day of the coming year is open. */
  | { readonly isOpen: false; readonly isHoliday: boolean; readonly opensAt: Temporal.Instant | null };

type Calendar = Pick<ConversationSettings, 'hours' | 'holidays'>;

const DAYS_LOOKED_AHEAD = 366;

/** Whether staff take over at a moment: until when, or from when. */
export function openingAt(calendar: Calendar, zone: string, at: Temporal.Instant): Opening {
  const today = at.toZonedDateTimeISO(zone).toPlainDate();
  for (let ahead = 0; ahead <= DAYS_LOOKED_AHEAD; ahead += 1) {
    const span = spanOf(calendar, zone, today.add({ days: ahead }));
    if (!span || isAtOrBefore(span.to, at)) continue;
    if (isAtOrBefore(span.from, at)) return { isOpen: true, until: span.to };
    return { isOpen: false, isHoliday: calendar.holidays.includes(today.toString()), opensAt: span.from };
  }
  return { isOpen: false, isHoliday: calendar.holidays.includes(today.toString()), opensAt: null };
}

/** The last closing at or before a moment, within the last ten days; null where there was none. */
export function lastClosing(calendar: Calendar, zone: string, at: Temporal.Instant): Temporal.Instant | null {
  const today = at.toZonedDateTimeISO(zone).toPlainDate();
  for (let back = 0; back <= 10; back += 1) {
    const span = spanOf(calendar, zone, today.subtract({ days: back }));
    if (span && isAtOrBefore(span.to, at)) return span.to;
  }
  return null;
}

function spanOf({ hours, holidays }: Calendar, zone: string, day: Temporal.PlainDate) {
  const weekday = weekdays[day.dayOfWeek - 1];
  const span = weekday && hours[weekday];
  if (!span || holidays.includes(day.toString())) return undefined;
  const moment = (plainTime: string) => day.toZonedDateTime({ timeZone: zone, plainTime }).toInstant();
  return { from: moment(span.from), to: moment(span.to) };
}

function isAtOrBefore(a: Temporal.Instant, b: Temporal.Instant): boolean {
  return Temporal.Instant.compare(a, b) <= 0;
}
