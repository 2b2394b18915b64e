import { Temporal } from 'temporal-polyfill';

/** A key that signs ID tokens, from `signsFrom` until the next one does. */
export interface SigningKey {
  readonly kid: string;
  readonly signsFrom: Temporal.Instant;
}

const SIGNS = { hours: 90 * 24 };
/** Shown this long before it signs and after it no longer does: longer than partners and caches remember, and than any ID token lives. */
const OVERLAP = { hours: 48 };

export interface KeyPlan {
  /** When a key to be made now begins to sign; null when there are enough. */
  readonly makeFor: Temporal.Instant | null;
  /** All that partners may still need, the one that signs first. */
  readonly shown: readonly string[];
  /** What nothing valid is signed with any more. */
  readonly spent: readonly string[];
}

/** Which keys there should be: one that signs, the next two days before its turn, the last two days after. */
export function planSigningKeys(keys: readonly SigningKey[], now: Temporal.Instant): KeyPlan {
  const newestFirst = [...keys].sort((a, b) => Temporal.Instant.compare(b.signsFrom, a.signsFrom));
  const signing = newestFirst.find((key) => Temporal.Instant.compare(key.signsFrom, now) <= 0);
  if (!signing) return { makeFor: now, shown: newestFirst.map(({ kid }) => kid), spent: [] };

  const next = newestFirst.filter((key) => Temporal.Instant.compare(key.signsFrom, signing.signsFrom) > 0);
  const last = newestFirst.slice(next.length + 1);
  const isLastStillShown = Temporal.Instant.compare(now, signing.signsFrom.add(OVERLAP)) < 0;
  const turn = signing.signsFrom.add(SIGNS);
  const isNextDue = next.length === 0 && Temporal.Instant.compare(now, turn.subtract(OVERLAP)) >= 0;
  // Late (the program was off, or a clock jumped): the next one is shown for its two days all the same.
  const soonest = now.add(OVERLAP);
  const laterOf = Temporal.Instant.compare(turn, soonest) > 0 ? turn : soonest;
  return {
    makeFor: isNextDue ? laterOf : null,
    shown: [signing, ...next, ...(isLastStillShown ? last.slice(0, 1) : [])].map(({ kid }) => kid),
    spent: last.slice(isLastStillShown ? 1 : 0).map(({ kid }) => kid),
  };
}
