import { Temporal } from 'temporal-polyfill';
import type { BucketKind } from '../../../base/operator.ts';

/** The four kinds of bucket, in the order they are used. */
export const BUCKET_KINDS: readonly BucketKind[] = ['carry-over', 'gift', 'base', 'top-up'];

/** What the rules see of a lot. Instants; whole bytes; `expiresAt` is exclusive. */
export interface DataLot {
  readonly lotId: string;
  readonly kind: string;
  readonly remaining: number;
  readonly grantedAt: Temporal.Instant;
  readonly expiresAt: Temporal.Instant;
}

/**
 * The kind a lot counts as in the month that began at `monthStart`. What is left of an earlier month's base is
 * carry-over from the first second of the month, whether or not the turn of the month has reached this subscription,
 * and also when it comes back from an unclaimed gift after the turn.
 */
export function kindNow(
  lot: Pick<DataLot, 'kind' | 'grantedAt'>,
  monthStart: Temporal.Instant,
): BucketKind | undefined {
  const kind = BUCKET_KINDS.find((known) => known === lot.kind);
  return kind === 'base' && Temporal.Instant.compare(lot.grantedAt, monthStart) < 0 ? 'carry-over' : kind;
}

/** Whether something can be drawn from the lot at this instant. */
export function isUsable(lot: DataLot, at: Temporal.Instant): boolean {
  return lot.remaining > 0 && Temporal.Instant.compare(lot.expiresAt, at) > 0;
}
