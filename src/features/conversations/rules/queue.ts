import type { Temporal } from 'temporal-polyfill';

/** Somebody who was served: their place when they came, and how long it took. */
export interface Served {
  readonly position: number;
  readonly waitedSeconds: number;
}

/** Fewer tell nothing. */
const FEWEST_SERVED = 3;

/**
 * How long a place in the queue is likely to take, in minutes rounded up to the next five; null where too few were served
 * lately to say. What one place takes is the median of those, so that one long case does not frighten everybody.
 */
export function expectedMinutes(served: readonly Served[], position: number): number | null {
  if (served.length < FEWEST_SERVED) return null;
  const each = served
    .map(({ waitedSeconds, position: place }) => waitedSeconds / Math.max(place, 1))
    .sort((a, b) => a - b);
  const middle = Math.floor(each.length / 2);
  const low = each[each.length % 2 === 0 ? middle - 1 : middle] ?? 0;
  const median = (low + (each[middle] ?? low)) / 2;
  return Math.max(5, Math.ceil((median * position) / 300) * 5);
}

/** A push each minute would be a nuisance, and each costs the operator. */
const QUIET_MINUTES = 5;

/** Whether somebody who waits wants to hear that they are nearer: once when they are next, else when half the way is done. */
export function isWorthTelling(waiting: {
  readonly position: number;
  readonly toldPosition: number;
  readonly toldAt: Temporal.Instant;
  readonly now: Temporal.Instant;
}): boolean {
  const { position, toldPosition, toldAt, now } = waiting;
  if (position >= toldPosition) return false;
  if (position === 1) return true;
  return position * 2 <= toldPosition && now.since(toldAt).total('minutes') >= QUIET_MINUTES;
}
