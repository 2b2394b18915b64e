import { Temporal } from 'temporal-polyfill';
import type { Moment } from '../../../base/instant-text.ts';
import { addMonths, dayOf, type Month, startOfMonth } from '../../../base/operator-month.ts';

/** Days and months of one zone, remembered: a batch asks for the same few thousands of times. */
export interface Calendar {
  readonly zone: string;
  /** `YYYY-MM-DD` */
  dayOf(at: Moment): string;
  monthOf(at: Moment): Month;
  next(month: Month): Month;
  startOf(month: Month): Temporal.Instant;
  /** Exclusive: the start of the next. */
  endOf(month: Month): Temporal.Instant;
}

/** Every zone's midnight falls on a quarter of an hour, so the day is the same throughout one. */
const QUARTER_MS = 15 * 60 * 1_000;
const REMEMBERED = 10_000;

/** Days and months of a zone, remembered: a batch asks for the same few a thousand times. */
export function createCalendar(zone: string): Calendar {
  const days = new Map<number, string>();
  const starts = new Map<Month, Temporal.Instant>();
  const nexts = new Map<Month, Month>();
  const calendar: Calendar = {
    zone,
    dayOf(at) {
      const quarter = Math.floor(at.epochMilliseconds / QUARTER_MS);
      let day = days.get(quarter);
      if (day === undefined) {
        if (days.size >= REMEMBERED) days.clear();
        day = dayOf(Temporal.Instant.fromEpochMilliseconds(at.epochMilliseconds), zone);
        days.set(quarter, day);
      }
      return day;
    },
    monthOf: (at) => calendar.dayOf(at).slice(0, 7),
    startOf(month) {
      let start = starts.get(month);
      if (start === undefined) {
        if (starts.size >= REMEMBERED) starts.clear();
        start = startOfMonth(month, zone);
        starts.set(month, start);
      }
      return start;
    },
    next(month) {
      let next = nexts.get(month);
      if (next === undefined) {
        if (nexts.size >= REMEMBERED) nexts.clear();
        next = addMonths(month, 1);
        nexts.set(month, next);
      }
      return next;
    },
    endOf: (month) => calendar.startOf(calendar.next(month)),
  };
  return calendar;
}
