import type { Temporal } from 'temporal-polyfill';
import { type DataLot, isUsable } from './kinds.ts';
import { inUseOrder } from './use-order.ts';

export interface Draw {
  readonly lotId: string;
  readonly bytes: number;
}

export interface Use {
  /** What is taken from which lot, in the order of use. */
  readonly draws: readonly Draw[];
  /** What could not be drawn, because nothing was left. */
  readonly overBytes: number;
}

/** Draws an amount from what is usable at an instant. */
export function decideUse(facts: {
  lots: readonly DataLot[];
  bytes: number;
  at: Temporal.Instant;
  monthStart: Temporal.Instant;
}): Use {
  const { lots, at, bytes: asked, monthStart } = facts;
  const draws: Draw[] = [];
  let open = asked;
  for (const lot of usableInOrder(lots, at, monthStart)) {
    if (open === 0) break;
    const bytes = Math.min(open, lot.remaining);
    draws.push({ lotId: lot.lotId, bytes });
    open -= bytes;
  }
  return { draws, overBytes: open };
}

/** Most have one lot, and a feed asks thousands of times: then there is nothing to choose and nothing to sort. */
function usableInOrder(lots: readonly DataLot[], at: Temporal.Instant, monthStart: Temporal.Instant) {
  const [first] = lots;
  if (lots.length === 1 && first !== undefined && isUsable(first, at)) return lots;
  return inUseOrder(
    lots.filter((lot) => isUsable(lot, at)),
    monthStart,
  );
}
