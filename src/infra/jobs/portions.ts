/**
 * Does one portion after the other until one is not full, and answers how many there were. Each portion takes what is due
 * then, so that a run may stop anywhere and the next goes on.
 *
 * @param size how many a full portion has
 * @param portion does one, and answers how many it did
 */
export async function inPortions(size: number, portion: () => Promise<number>): Promise<number> {
  let done = 0;
  for (;;) {
    const count = await portion();
    done += count;
    if (count < size) return done;
  }
}

/**
 * How many to take next, after so many took so long: as many as take the time aimed at, on this machine and at this hour.
 * At most twice as many as before and at least half as many, for one portion may have met with anything.
 */
export function nextSize(
  size: number,
  tookMs: number,
  { aimMs, least, most }: { readonly aimMs: number; readonly least: number; readonly most: number },
): number {
  const fitting = Math.round((size * aimMs) / tookMs);
  const near = Math.min(Math.max(fitting, Math.ceil(size / 2)), size * 2);
  return Math.min(Math.max(near, least), most);
}
