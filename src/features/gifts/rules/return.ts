import { Temporal } from 'temporal-polyfill';
import { accept, type Decision, refuse } from '../../../base/refusal.ts';
import type { GiftState } from './refusals.ts';

export type ReturnReason = 'declined' | 'taken-back' | 'expired';
export type ReturnRefusal = 'already-claimed' | 'no-longer-offered' | 'expired' | 'not-due';

/** What becomes of a part of a gift that was not received: back to the lot it came from, or gone with it. */
export type Way = 'back' | 'ended';

/**
 * A gift that nobody received goes back. A sender may take it back, and a receiver decline it, also in the moment after
 * its time is up and before that is noticed: what happens to the data is the same.
 */
export function decideReturn(facts: {
  reason: ReturnReason;
  state: GiftState;
  expiresAt: Temporal.Instant;
  now: Temporal.Instant;
}): Decision<undefined, ReturnRefusal> {
  if (facts.state === 'claimed') return refuse('already-claimed');
  if (facts.state === 'expired') return refuse('expired');
  if (facts.state !== 'waiting') return refuse('no-longer-offered');
  if (facts.reason === 'expired' && Temporal.Instant.compare(facts.now, facts.expiresAt) < 0) return refuse('not-due');
  return accept(undefined);
}

/** Where a part goes back to: its origin, unless that has ended meanwhile (or is gone). */
export function wayBack(origin: { expiresAt: Temporal.Instant } | undefined, now: Temporal.Instant): Way {
  return origin !== undefined && Temporal.Instant.compare(origin.expiresAt, now) > 0 ? 'back' : 'ended';
}
