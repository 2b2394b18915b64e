import { Temporal } from 'temporal-polyfill';
import type { BucketKind } from '../../../base/operator.ts';
import { BUCKET_KINDS, type DataLot, isUsable, kindNow } from './kinds.ts';
import { inUseOrder } from './use-order.ts';

/** What is left of one kind. */
export interface Bucket {
  readonly kind: BucketKind;
  readonly remainingBytes: number;
  /** When the first part of it ends (exclusive); null when nothing is left. */
  readonly expiresAt: Temporal.Instant | null;
  /** Its parts, in the order they are used. */
  readonly lots: readonly { lotId: string; remainingBytes: number; expiresAt: Temporal.Instant }[];
}

/**
 * What can be used at an instant, by kind, in the order of use. Amounts set aside for a gift belong to the gift, not
 * to the subscription, and are not among its lots.
 */
export function decideBuckets(facts: {
  lots: readonly DataLot[];
  now: Temporal.Instant;
  monthStart: Temporal.Instant;
}): readonly Bucket[] {
  const usable = inUseOrder(
    facts.lots.filter((lot) => isUsable(lot, facts.now)),
    facts.monthStart,
  );
  return BUCKET_KINDS.map((kind) => {
    const lots = usable.filter((lot) => kindNow(lot, facts.monthStart) === kind);
    return {
      kind,
      remainingBytes: lots.reduce((sum, lot) => sum + lot.remaining, 0),
      expiresAt: lots.map((lot) => lot.expiresAt).reduce(earlier, null),
      lots: lots.map(({ lotId, remaining, expiresAt }) => ({ lotId, remainingBytes: remaining, expiresAt })),
    };
  });
}

function earlier(one: Temporal.Instant | null, other: Temporal.Instant): Temporal.Instant {
  return one === null || Temporal.Instant.compare(other, one) < 0 ? other : one;
}

/** The whole of what can be used at an instant. */
export function usableBytes(lots: readonly DataLot[], now: Temporal.Instant): number {
  return lots.reduce((sum, lot) => (isUsable(lot, now) ? sum + lot.remaining : sum), 0);
}
