import type { Temporal } from 'temporal-polyfill';
import { addDays, dayOf } from '../../../base/operator-month.ts';

/**
 * The last day on which a contract can be cancelled without a reason (初期契約解除): the day its document was delivered is
 * the first of the days.
 */
export function withdrawalLastDay(
  deliveredAt: Temporal.Instant,
  { days, zone }: { days: number; zone: string },
): string {
  return lastOf(deliveredAt, days - 1, zone);
}

/** The last day for an answer: so many days after it was asked for. */
export function answerLastDay(askedAt: Temporal.Instant, { days, zone }: { days: number; zone: string }): string {
  return lastOf(askedAt, days, zone);
}

/** Whether a day is over by the operator's calendar. */
export function isOver(lastDay: string, now: Temporal.Instant, zone: string): boolean {
  return dayOf(now, zone) > lastDay;
}

function lastOf(at: Temporal.Instant, days: number, zone: string): string {
  return addDays(dayOf(at, zone), days);
}
