import { Temporal } from 'temporal-polyfill';

/** A session ends after this long without a visit. */
export const IDLE_DAYS = 14;
/** What shows a secret asks for a second proof at most this old. */
const FRESH_MINUTES = 5;
/** Pages about money rest after this long without a visit, until the person proves anew who they are. */
const REST_MINUTES = 30;
/** The last visit is written at most this often, so that reading pages does not write on each one. */
const TOUCH_MINUTES = 1;

/** Visits before this instant no longer keep a session alive. */
export function idleLimit(now: Temporal.Instant): Temporal.Instant {
  return now.subtract({ hours: IDLE_DAYS * 24 });
}

export function isDueToTouch(seenAt: Temporal.Instant, now: Temporal.Instant): boolean {
  return Temporal.Instant.compare(now, seenAt.add({ minutes: TOUCH_MINUTES })) >= 0;
}

/** A visit after one before this instant finds money at rest. Exactly half an hour does not yet. */
export function restLimit(now: Temporal.Instant): Temporal.Instant {
  return now.subtract({ minutes: REST_MINUTES });
}

/**
 * Whether a session is more than a password: begun by LINE or a passkey as a full proof, or proven just now for this. A
 * password alone cuts nobody off from their LINE account.
 */
export function isMoreThanPassword(
  session: { method: string; provenAt: Temporal.Instant | null; provenFor: ProofPurpose | null },
  now: Temporal.Instant,
  purpose: ProofPurpose,
): boolean {
  const isBegunSo = session.method !== 'password' && session.provenAt !== null && session.provenFor === null;
  return isBegunSo || hasSecondProof(session, now, purpose);
}

/** What a second proof is asked for. A tap in the talk names it to the person and counts for nothing else. */
export type ProofPurpose =
  | 'link-code'
  | 'contact'
  | 'sign-in'
  | 'leave'
  | 'links'
  | 'new-link'
  | 'payment'
  | 'money'
  | 'my-data'
  | 'other';

/** Where on the site each purpose is at home; the first that fits. */
const PURPOSES: readonly [path: RegExp, purpose: ProofPurpose][] = [
  [/^\/contract\/(email|[^/]+\/user)$/, 'contact'],
  [/^\/contract(\/|$)/, 'link-code'],
  [/^\/security(\/|$)/, 'sign-in'],
  [/^\/leave(\/|$)/, 'leave'],
  [/^\/links(\/|$)/, 'links'],
  [/^\/my-data(\/|$)/, 'my-data'],
  [/^\/payment\/./, 'payment'],
  [/^\/(bills|payment|top-up|plan|points|proof)(\/|$)/, 'money'],
];

/** What a proof is for that leads on to this path. */
export function purposeOf(path: string): ProofPurpose {
  const [bare = ''] = path.split(/[?#]/);
  return PURPOSES.find(([pattern]) => pattern.test(bare))?.[1] ?? 'other';
}

/**
 * Whether the person gave a second proof recently enough, and for this: to be shown a secret, to change how they are
 * reached or how they sign in. A password is none. Exactly five minutes still counts.
 */
export function hasSecondProof(
  session: { provenAt: Temporal.Instant | null; provenFor: ProofPurpose | null },
  now: Temporal.Instant,
  purpose: ProofPurpose,
): boolean {
  const { provenAt, provenFor } = session;
  if (provenAt === null || (provenFor !== null && provenFor !== purpose)) return false;
  return Temporal.Instant.compare(now, provenAt.add({ minutes: FRESH_MINUTES })) <= 0;
}
