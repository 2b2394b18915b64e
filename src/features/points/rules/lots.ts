import { Temporal } from 'temporal-polyfill';

/** Why points are there. A contractor has at most one lot of each that has not ended. */
export const POINT_KINDS = ['monthly', 'goodwill', 'returned'] as const;
export type PointKind = (typeof POINT_KINDS)[number];

/** What rules see of a lot of points. */
export interface PointLot {
  readonly lotId: string;
  readonly unit: string;
  readonly kind: string;
  readonly remaining: number;
  readonly grantedAt: Temporal.Instant;
  readonly expiresAt: Temporal.Instant;
}

/** Points that have not ended, in the order they are spent: what ends earlier, then what came earlier, then by id. */
export function usableLots<Lot extends PointLot>(lots: readonly Lot[], now: Temporal.Instant): Lot[] {
  return lots
    .filter((lot) => lot.unit === 'point' && Temporal.Instant.compare(lot.expiresAt, now) > 0)
    .sort(
      (a, b) =>
        Temporal.Instant.compare(a.expiresAt, b.expiresAt) ||
        Temporal.Instant.compare(a.grantedAt, b.grantedAt) ||
        (a.lotId < b.lotId ? -1 : 1),
    );
}

/** How many points can be used now. */
export function balanceOf(lots: readonly PointLot[], now: Temporal.Instant): number {
  return usableLots(lots, now).reduce((sum, lot) => sum + lot.remaining, 0);
}

/** Points that ended and are still in the book. */
export function endedLots<Lot extends PointLot>(lots: readonly Lot[], now: Temporal.Instant): Lot[] {
  return lots.filter(
    (lot) => lot.unit === 'point' && lot.remaining > 0 && Temporal.Instant.compare(lot.expiresAt, now) <= 0,
  );
}

/** From which lots so many points are taken. They must be there: asking for more is a bug and throws. */
export function decideDraws<Lot extends PointLot>(
  lots: readonly Lot[],
  points: number,
  now: Temporal.Instant,
): { lot: Lot; points: number }[] {
  const draws: { lot: Lot; points: number }[] = [];
  let missing = points;
  for (const lot of usableLots(lots, now)) {
    const taken = Math.min(lot.remaining, missing);
    if (taken > 0) draws.push({ lot, points: taken });
    missing -= taken;
  }
  if (missing > 0) throw new RangeError(`${missing} of ${points} points are not there`);
  return draws;
}
