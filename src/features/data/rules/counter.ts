/** A counter as it was left by the last reading. */
export interface Reading {
  readonly readBytes: number;
  /** What of it nothing was there for. */
  readonly overBytes: number;
  /** When the latest use ended that it was read for, in milliseconds since 1970; null where that was not kept yet. */
  readonly endedMs: number | null;
}

export const NEVER_READ: Reading = { readBytes: 0, overBytes: 0, endedMs: null };

/** What a record says of a counter. */
export type NewReading = Pick<Reading, 'readBytes'> & { readonly endedMs: number };

/** What a record changes. */
export interface Change {
  readonly addedBytes: number;
  /** What is over no longer. */
  readonly lessOverBytes: number;
  /** What was drawn and comes back. */
  readonly backBytes: number;
  /** What the counter reads from then on; null where there is none. */
  readonly after: NewReading | null;
}

/**
 * What a cumulative reading adds: what it is above the highest seen so far. A reading that arrives late or twice adds
 * nothing, because a later one has already counted what it holds.
 */
export function decideReading(before: Reading, { readBytes, endedMs }: NewReading): Change {
  const after = {
    readBytes: Math.max(before.readBytes, readBytes),
    endedMs: Math.max(before.endedMs ?? endedMs, endedMs),
  };
  return { addedBytes: after.readBytes - before.readBytes, lessOverBytes: 0, backBytes: 0, after };
}

/**
 * What a total changes that replaces the one before. A smaller one takes away first what was over, then gives back what
 * was drawn. One that ended earlier than the one before was overtaken on its way, and changes nothing.
 */
export function decideTotal(before: Reading, total: NewReading): Change {
  if (before.endedMs !== null && total.endedMs < before.endedMs) {
    return {
      addedBytes: 0,
      lessOverBytes: 0,
      backBytes: 0,
      after: { readBytes: before.readBytes, endedMs: before.endedMs },
    };
  }
  const lessBytes = Math.max(0, before.readBytes - total.readBytes);
  const lessOverBytes = Math.min(lessBytes, before.overBytes);
  return {
    addedBytes: Math.max(0, total.readBytes - before.readBytes),
    lessOverBytes,
    backBytes: lessBytes - lessOverBytes,
    after: total,
  };
}
