/** A counter as it was left by the last reading. */
export interface Reading {
  readonly readBytes: number;
  /** What of it nothing was there for. */
  readonly overBytes: number;
}

export const NEVER_READ: Reading = { readBytes: 0, overBytes: 0 };

/**
 * What a cumulative reading adds: what it is above the highest seen so far. A reading that arrives late or twice adds
 * nothing, because a later one has already counted what it holds.
 */
export function decideReading(
  highestBytes: number,
  readBytes: number,
): { readonly addedBytes: number; readonly highestBytes: number } {
  return { addedBytes: Math.max(0, readBytes - highestBytes), highestBytes: Math.max(highestBytes, readBytes) };
}

/**
 * What a total changes that replaces the one before. A smaller one takes away first what was over, then gives back what
 * was drawn.
 */
export function decideTotal(
  before: Reading,
  readBytes: number,
): { readonly addedBytes: number; readonly lessOverBytes: number; readonly backBytes: number } {
  const lessBytes = Math.max(0, before.readBytes - readBytes);
  const lessOverBytes = Math.min(lessBytes, before.overBytes);
  return {
    addedBytes: Math.max(0, readBytes - before.readBytes),
    lessOverBytes,
    backBytes: lessBytes - lessOverBytes,
  };
}
