import { Temporal } from 'temporal-polyfill';

/** A session ends after this long without a visit. */
export const IDLE_DAYS = 14;
/** What shows a secret asks for a second proof at most this old. */
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

/**
 * Whether the person gave a second proof recently enough: to be shown a secret, to change how they are reached or how
 * they sign in. A password is none. Exactly five minutes still counts.
 */
export function hasSecondProof(session: { provenAt: Temporal.Instant | null }, now: Temporal.Instant): boolean {
  return (
    session.provenAt !== null && Temporal.Instant.compare(now, session.provenAt.add({ minutes: FRESH_MINUTES })) <= 0
  );
}
