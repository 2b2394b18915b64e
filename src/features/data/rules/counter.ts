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
