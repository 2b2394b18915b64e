import { Temporal } from 'temporal-polyfill';
import type { DataLot } from './kinds.ts';
import { type Draw, decideUse } from './use.ts';

/** How long a slice may be lent at most. */
export const LENT_AT_MOST_SECONDS = 24 * 60 * 60;

export interface Slice {
  /** What is set aside, in the order of use. */
  readonly draws: readonly Draw[];
  /** As much as was asked for, or what is there. */
  readonly bytes: number;
  /** Its time, cut short by the first end of what it is from. */
  readonly validUntil: Temporal.Instant;
}

/** A slice lent to the network ahead of use; undefined when nothing is there to lend. */
export function decideSlice(facts: {
  lots: readonly DataLot[];
  bytes: number;
  validForSeconds: number;
  now: Temporal.Instant;
  monthStart: Temporal.Instant;
}): Slice | undefined {
  const { lots, now } = facts;
  const { draws, overBytes } = decideUse({ ...facts, at: now });
  if (draws.length === 0) return undefined;
  const ends = draws.flatMap(({ lotId }) => lots.filter((lot) => lot.lotId === lotId).map((lot) => lot.expiresAt));
  const validUntil = [now.add({ seconds: facts.validForSeconds }), ...ends].reduce((one, other) =>
    Temporal.Instant.compare(one, other) <= 0 ? one : other,
  );
  return { draws, bytes: facts.bytes - overBytes, validUntil };
}

/** A part of a slice, and whether what it came from can still be used. */
export interface SlicePart {
  readonly lotId: string;
  readonly remaining: number;
  /** Exclusive. */
  readonly expiresAt: Temporal.Instant;
  readonly isOriginThere: boolean;
}

export interface Settlement {
  readonly draws: readonly Draw[];
  /** Goes back to where it came from. */
  readonly returns: readonly Draw[];
  /** What it came from has ended meanwhile. */
  readonly ends: readonly Draw[];
  /** Used beyond the slice. */
  readonly overrunBytes: number;
}

/**
 * What becomes of a slice when so much of it was used up to `endedAt`: its parts are used in their order, as far as they
 * had not ended by then; the rest goes back. Nothing used is a slice that is given back whole.
 */
export function decideSettlement(facts: {
  /** In the order of use. */
  parts: readonly SlicePart[];
  usedBytes: number;
  endedAt: Temporal.Instant;
}): Settlement {
  const draws: Draw[] = [];
  const returns: Draw[] = [];
  const ends: Draw[] = [];
  let open = facts.usedBytes;
  for (const { lotId, remaining, expiresAt, isOriginThere } of facts.parts) {
    const wasThere = Temporal.Instant.compare(expiresAt, facts.endedAt) > 0;
    const drawn = wasThere ? Math.min(open, remaining) : 0;
    if (drawn > 0) draws.push({ lotId, bytes: drawn });
    open -= drawn;
    const rest = remaining - drawn;
    if (rest > 0) (isOriginThere ? returns : ends).push({ lotId, bytes: rest });
  }
  return { draws, returns, ends, overrunBytes: open };
}
