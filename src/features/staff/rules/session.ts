import { Temporal } from 'temporal-polyfill';

const IDLE_MINUTES = 30;
const WORKING_DAY_HOURS = 12;
/** Whoever sits before a page that follows what happens is told so long before. */
const WARNED_MINUTES = 5;
/** The last visit is written at most this often. */
const TOUCH_SECONDS = 60;
/** How long the second step may follow the first. */
export const STEP_MINUTES = 5;
/** How long the first sign-in may take: a password of one's own, and an app to set up. */
export const FIRST_SIGN_IN_MINUTES = 20;
/** What changes accounts or a sign-in asks for a second step at most this old. */
const PROOF_MINUTES = 10;
/** How long a look that was given a reason stays open. */
const LOOK_MINUTES = 30;

type Instant = Temporal.Instant;
const isPast = (limit: Instant, now: Instant) => Temporal.Instant.compare(now, limit) >= 0;

interface Visits {
  readonly seenAt: Instant;
  readonly createdAt: Instant;
}

/** When a session of staff ends: after 30 minutes in which nobody did anything, and after 12 hours whatever happens. */
export interface SessionEnd {
  readonly at: Instant;
  readonly because: 'untouched' | 'long-day';
}

function endOf({ seenAt, createdAt }: Visits): SessionEnd {
  const untouched = seenAt.add({ minutes: IDLE_MINUTES });
  const longDay = createdAt.add({ hours: WORKING_DAY_HOURS });
  return isPast(longDay, untouched) ? { at: longDay, because: 'long-day' } : { at: untouched, because: 'untouched' };
}

export const isOver = (session: Visits, now: Instant): boolean => isPast(endOf(session).at, now);

/** The end, once it is so near that somebody should hear of it. */
export function endSoon(session: Visits, now: Instant): SessionEnd | null {
  const end = endOf(session);
  return isPast(end.at.subtract({ minutes: WARNED_MINUTES }), now) ? end : null;
}

/** Whether it is time to note again that a session is in use; each request would write for nothing. */
export function isDueToTouch(seenAt: Instant, now: Instant): boolean {
  return isPast(seenAt.add({ seconds: TOUCH_SECONDS }), now);
}

/** Whether the second step was given recently enough to change accounts or one's own sign-in. */
export function isProven(provenAt: Instant, now: Instant): boolean {
  return !isPast(provenAt.add({ minutes: PROOF_MINUTES }), now);
}

/** For how long a page of the console may stand untouched before it leads back to the door, in seconds. */
export const UNTOUCHED_SECONDS = IDLE_MINUTES * 60 + 5;

/** Looks recorded after this instant are still open. */
export function lookLimit(now: Instant): Instant {
  return now.subtract({ minutes: LOOK_MINUTES });
}
