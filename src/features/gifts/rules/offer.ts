import { Temporal } from 'temporal-polyfill';
import type { GiftPolicy, GiftWay } from '../../../base/operator.ts';
import { accept, type Decision, firstBroken, refuse } from '../../../base/refusal.ts';
import { type SourceLot, sourcesOf } from './giveable.ts';
import { type GiftFacts, type GiftRefusal, refusals } from './refusals.ts';

export interface Draw {
  readonly lotId: string;
  readonly bytes: number;
}

/** What is taken from which lot for a gift, or why there is none. Also for a gift that is given and received in one. */
export function decideOffer(facts: GiftFacts, usable: readonly SourceLot[]): Decision<readonly Draw[], GiftRefusal> {
  const broken = firstBroken<GiftFacts, GiftRefusal>(refusals, facts);
  if (broken !== undefined) return refuse(broken);
  const draws: Draw[] = [];
  let open = facts.giving?.amountBytes ?? 0;
  for (const lot of sourcesOf(facts.policy, usable)) {
    if (open === 0) break;
    const bytes = Math.min(open, lot.remaining);
    draws.push({ lotId: lot.lotId, bytes });
    open -= bytes;
  }
  return accept(draws);
}

/**
 * Until when a gift waits to be received: its hours (a code's days where those are set), cut short by the end of the month it was given in; where gifts
 * outlive the month, by the first end of what was set aside.
 */
export function waitsUntil(facts: {
  policy: GiftPolicy;
  way: GiftWay | 'direct';
  /** IANA name: the zone in which a code's days are counted. */
  zone: string;
  offeredAt: Temporal.Instant;
  monthEnd: Temporal.Instant;
  setAside: readonly { readonly expiresAt: Temporal.Instant }[];
}): Temporal.Instant {
  const { policy, offeredAt, monthEnd, setAside } = facts;
  const cuts = policy.receivedUntil === 'month-end' ? [monthEnd] : setAside.map((lot) => lot.expiresAt);
  return [ownEnd(), ...cuts].reduce((one, other) => (Temporal.Instant.compare(one, other) <= 0 ? one : other));

  function ownEnd(): Temporal.Instant {
    if (facts.way !== 'gift-code' || policy.giftCodeDays === null) return offeredAt.add({ hours: policy.claimHours });
    const firstDay = offeredAt.toZonedDateTimeISO(facts.zone).toPlainDate();
    return firstDay.add({ days: policy.giftCodeDays }).toZonedDateTime(facts.zone).toInstant();
  }
}
