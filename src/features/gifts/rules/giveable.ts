import type { Temporal } from 'temporal-polyfill';
import type { BucketKind, GiftPolicy } from '../../../base/operator.ts';

/** A part of what the sender can use now, with the kind it counts as this month. */
export interface SourceLot {
  readonly lotId: string;
  readonly kind: BucketKind;
  readonly remaining: number;
  readonly expiresAt: Temporal.Instant;
}

/** The lots that may be given from, in the order they are drawn: the policy's kinds, then the order of use. */
export function sourcesOf(policy: GiftPolicy, usable: readonly SourceLot[]): readonly SourceLot[] {
  return policy.sourceKinds
    .filter((kind) => kind !== 'gift' || policy.canRegift)
    .flatMap((kind) => usable.filter((lot) => lot.kind === kind));
}

/** How much may be given now: what is left of the kinds that may be given, less what the sender must keep. */
export function giveableBytes(policy: GiftPolicy, usable: readonly SourceLot[]): number {
  const sum = sourcesOf(policy, usable).reduce((bytes, lot) => bytes + lot.remaining, 0);
  return Math.max(0, sum - policy.keepBytes);
}

/** The most that may be given in a month, or null for no limit. */
export function monthlyLimitBytes(policy: GiftPolicy, planBytes: number): number | null {
  return policy.limitPerMonth === 'plan' ? planBytes : policy.limitPerMonth;
}

/** Every amount the sender may pick now, smallest first. */
export function amountsToOffer(
  policy: GiftPolicy,
  facts: { giveableBytes: number; planBytes: number; givenThisMonthBytes: number },
): number[] {
  const limit = monthlyLimitBytes(policy, facts.planBytes);
  const most = Math.min(
    facts.giveableBytes,
    policy.maximumBytes ?? Number.MAX_SAFE_INTEGER,
    limit === null ? Number.MAX_SAFE_INTEGER : limit - facts.givenThisMonthBytes,
  );
  const amounts: number[] = [];
  const first = Math.ceil(policy.minimumBytes / policy.stepBytes) * policy.stepBytes;
  for (let amount = first; amount <= most; amount += policy.stepBytes) amounts.push(amount);
  return amounts;
}
