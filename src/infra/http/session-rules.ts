import { Temporal } from 'temporal-polyfill';

/** A session ends after this long without a visit. */
export const IDLE_DAYS = 14;
/** What shows a secret asks for a sign-in at most this old. */
const FRESH_MINUTES = 5;
/** The last visit is written at most this often, so that reading pages does not write on each one. */
const TOUCH_MINUTES = 10;

/** Visits before this instant no longer keep a session alive. */
export function idleLimit(now: Temporal.Instant): Temporal.Instant {
  return now.subtract({ hours: IDLE_DAYS * 24 });
}

export function isDueToTouch(seenAt: Temporal.Instant, now: Temporal.Instant): boolean {
  return Temporal.Instant.compare(now, seenAt.add({ minutes: TOUCH_MINUTES })) >= 0;
}

/** Whether the person proved who they are recently enough to be shown a secret. Exactly five minutes still counts. */
export function isFreshSignIn(session: { authenticatedAt: Temporal.Instant }, now: Temporal.Instant): boolean {
  return Temporal.Instant.compare(now, session.authenticatedAt.add({ minutes: FRESH_MINUTES })) <= 0;
}
