import { Temporal } from 'temporal-polyfill';

const IDLE_MINUTES = 30;
const WORKING_DAY_HOURS = 12;
/** The last visit is written at most this often. */
const TOUCH_SECONDS = 60;
/** How long the second step may follow the first. */
export const STEP_MINUTES = 5;
/** How long a look that was given a reason stays open. */
const LOOK_MINUTES = 30;

type Instant = Temporal.Instant;
const isPast = (limit: Instant, now: Instant) => Temporal.Instant.compare(now, limit) >= 0;

/** A session of staff ends after 30 minutes without a visit, and after 12 hours whatever happens. */
export function isOver(session: { readonly seenAt: Instant; readonly createdAt: Instant }, now: Instant): boolean {
  return (
    isPast(session.seenAt.add({ minutes: IDLE_MINUTES }), now) ||
    isPast(session.createdAt.add({ hours: WORKING_DAY_HOURS }), now)
  );
}

/** Whether it is time to note again that a session is in use; each request would write for nothing. */
export function isDueToTouch(seenAt: Instant, now: Instant): boolean {
  return isPast(seenAt.add({ seconds: TOUCH_SECONDS }), now);
}

/** Looks recorded after this instant are still open. */
export function lookLimit(now: Instant): Instant {
  return now.subtract({ minutes: LOOK_MINUTES });
}
