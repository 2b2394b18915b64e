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
