import { firstBroken } from '../../../base/refusal.ts';
import { type GiftFacts, type GiftRefusal, type GiftState, refusals } from './refusals.ts';

/**
 * Whether a gift to a phone number reaches the subscription behind it. What stands in the way is told to nobody: the
 * sender hears the same for every number.
 */
export function isReached(facts: Pick<GiftFacts, 'now' | 'policy'> & Required<Pick<GiftFacts, 'receiving'>>): boolean {
  return firstBroken<GiftFacts, GiftRefusal>(refusals, { ...facts, isClosed: false, isPaused: false }) === undefined;
}

/** A gift by phone number that was declined still waits for its sender, and for its receiver no more. */
export function stateToReceiver(gift: { state: GiftState; declinedAt: unknown }): GiftState {
  return gift.state === 'waiting' && gift.declinedAt !== null ? 'declined' : gift.state;
}
