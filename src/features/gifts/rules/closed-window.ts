import { Temporal } from 'temporal-polyfill';
import type { GiftPolicy } from '../../../base/operator.ts';

/** Whether gifts are closed around the turn of the month: from a time on the last day to a time on the 1st. */
export function isClosedAt(now: Temporal.Instant, closed: GiftPolicy['closed'], zone: string): boolean {
  if (closed === null) return false;
  const local = now.toZonedDateTimeISO(zone);
  const time = local.toPlainTime();
  const isAtOrAfter = (clock: string) => Temporal.PlainTime.compare(time, Temporal.PlainTime.from(clock)) >= 0;
  if (local.day === local.daysInMonth && isAtOrAfter(closed.fromLastDay)) return true;
  return local.day === 1 && !isAtOrAfter(closed.toFirstDay);
}
