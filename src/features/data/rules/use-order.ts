import { Temporal } from 'temporal-polyfill';
import { BUCKET_KINDS, type DataLot, kindNow } from './kinds.ts';

/**
 * The one order in which data is used: carry-over, gift, base, top-up; within a kind what ends earlier, then what was
 * granted earlier, then by id. No two lots are equal in it.
 *
 * @param monthStart the first instant of the month in which it is used; decides what counts as carry-over.
 */
export function inUseOrder<Lot extends DataLot>(lots: readonly Lot[], monthStart: Temporal.Instant): Lot[] {
  // Most have one, and a feed asks thousands of times.
  if (lots.length < 2) return [...lots];
  return [...lots].sort(
    (one, other) =>
      rank(one, monthStart) - rank(other, monthStart) ||
      Temporal.Instant.compare(one.expiresAt, other.expiresAt) ||
      Temporal.Instant.compare(one.grantedAt, other.grantedAt) ||
      (one.lotId < other.lotId ? -1 : 1),
  );
}

function rank(lot: DataLot, monthStart: Temporal.Instant): number {
  const kind = kindNow(lot, monthStart);
  return kind === undefined ? BUCKET_KINDS.length : BUCKET_KINDS.indexOf(kind);
}
