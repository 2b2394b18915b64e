import { Temporal } from 'temporal-polyfill';
import {
  addDays,
  addMonths,
  dayOf,
  endOfDay,
  type Month,
  monthOf,
  startOfDay,
  startOfMonth,
} from '../../../base/operator-month.ts';

/** When a month's points are granted: as this day of the month after it begins. */
export function grantMoment(month: Month, grantDay: number, zone: string): Temporal.Instant {
  const day = Temporal.PlainYearMonth.from(addMonths(month, 1)).toPlainDate({ day: grantDay });
  return startOfDay(day.toString(), zone);
}

/** The moment at which a link must stand for a month to bring points: the first one after the month. */
export function linkMoment(month: Month, zone: string): Temporal.Instant {
  return startOfMonth(addMonths(month, 1), zone);
}

/** The last month whose points are due to be granted by now. */
export function lastDueMonth(now: Temporal.Instant, grantDay: number, zone: string): Month {
  const before = addMonths(monthOf(now, zone), -1);
  const isDue = Temporal.Instant.compare(grantMoment(before, grantDay, zone), now) <= 0;
  return isDue ? before : addMonths(before, -1);
}

/** Every month after the last one done up to this one; only this one when nothing was ever done. */
export function monthsDue(lastDone: Month | null, lastDue: Month): readonly Month[] {
  if (lastDone === null) return [lastDue];
  const months: Month[] = [];
  for (let month = addMonths(lastDone, 1); month <= lastDue; month = addMonths(month, 1)) months.push(month);
  return months;
}

/** When what lives so many days ends, exclusive: the day it was earned does not count, the last day counts whole. */
export function endAfterDays(at: Temporal.Instant, days: number, zone: string): Temporal.Instant {
  return endOfDay(addDays(dayOf(at, zone), days), zone);
}

/** When people are told of what happened at this moment: at once in the day, else at ten in the morning. */
export function tellingMoment(at: Temporal.Instant, zone: string): Temporal.Instant {
  const local = at.toZonedDateTimeISO(zone);
  const ten = local.toPlainDate().toZonedDateTime({ timeZone: zone, plainTime: '10:00' });
  if (local.hour >= 21) return ten.add({ days: 1 }).toInstant();
  return Temporal.ZonedDateTime.compare(local, ten) < 0 ? ten.toInstant() : at;
}
