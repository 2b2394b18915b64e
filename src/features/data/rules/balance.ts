import type { Temporal } from 'temporal-polyfill';
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
  const buckets = BUCKET_KINDS.map((kind) => {
    const lots: Bucket['lots'][number][] = [];
    return { kind, remainingBytes: 0, expiresAt: null as Temporal.Instant | null, lots };
  });
  const usable = facts.lots.filter((lot) => isUsable(lot, facts.now));
  for (const lot of inUseOrder(usable, facts.monthStart)) {
    const kind = kindNow(lot, facts.monthStart);
    const bucket = buckets.find((each) => each.kind === kind);
    if (bucket === undefined) continue;
    bucket.remainingBytes += lot.remaining;
    // In the order of use what ends first comes first.
    bucket.expiresAt ??= lot.expiresAt;
    bucket.lots.push({ lotId: lot.lotId, remainingBytes: lot.remaining, expiresAt: lot.expiresAt });
  }
  return buckets;
}

/** The whole of what can be used at an instant. */
export function usableBytes(lots: readonly DataLot[], now: Temporal.Instant): number {
  let bytes = 0;
  for (const lot of lots) if (isUsable(lot, now)) bytes += lot.remaining;
  return bytes;
}
