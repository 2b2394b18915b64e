/**
 * Does one portion after the other until one is not full, and answers how many there were. Each portion takes what is due
 * then, so that a run may stop anywhere and the next goes on.
 *
 * @param size how many a full portion has
 * @param stopping the job's: ends the run between two portions, by its reason
 * @param portion does one, and answers how many it did
 */
export async function inPortions(
  size: number,
  stopping: AbortSignal | undefined,
  portion: () => Promise<number>,
): Promise<number> {
  let done = 0;
  for (;;) {
    stopping?.throwIfAborted();
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

interface Sizes {
  readonly first: number;
  /** How long one is to take. */
  readonly aimMs: number;
  readonly least: number;
  readonly most: number;
}

/** For mass work in the ledger: who is in a portion waits for it, and so may others of the same batch. */
export const BESIDE_PEOPLE: Sizes = { first: 256, aimMs: 25, least: 64, most: 4_096 };

/** What is due, a portion of ids after the other, each as large as the last one's time suggests. */
export interface IdPortions {
  /** The next portion; nothing when none is left. */
  next(): Promise<readonly string[] | undefined>;
  /** Says how long so many took. */
  took(size: number, ms: number): void;
}

/**
 * @param after the first portion begins behind this id
 * @param find answers what is due behind an id, in id order, at most so many
 */
export function idPortions(
  sizes: Sizes,
  after: string,
  find: (after: string, size: number) => Promise<readonly string[]>,
): IdPortions {
  let size = sizes.first;
  let last: string | undefined = after;
  return {
    async next() {
      if (last === undefined) return undefined;
      const asked = size;
      const due = await find(last, asked);
      last = due.length < asked ? undefined : due.at(-1);
      return due.length === 0 ? undefined : due;
    },
    took(done, ms) {
      size = nextSize(done, ms, sizes);
    },
  };
}

/**
 * Portion after portion, several under way at once: while the database writes one the program decides another. Which is next
 * is asked one at a time. After a failure none is begun, and those under way end before it is thrown.
 *
 * @param stopping the job's, where it is one: none is begun from then on, and its reason is thrown
 * @param next what is to be done next; nothing when all has been begun
 */
export async function sideBySide<Portion>(
  { atOnce, stopping }: { readonly atOnce: number; readonly stopping: AbortSignal | undefined },
  next: () => Promise<Portion | undefined>,
  handle: (portion: Portion) => Promise<unknown>,
): Promise<void> {
  let isOver = false;
  let lastAsked: Promise<unknown> = Promise.resolve();

  function nextInTurn(): Promise<Portion | undefined> {
    const asked = lastAsked.then(() => {
      if (isOver) return undefined;
      stopping?.throwIfAborted();
      return next();
    });
    lastAsked = asked.catch(() => undefined);
    return asked;
  }

  async function work(): Promise<void> {
    try {
      for (let portion = await nextInTurn(); portion !== undefined; portion = await nextInTurn()) await handle(portion);
    } finally {
      isOver = true;
    }
  }

  const ended = await Promise.allSettled(Array.from({ length: atOnce }, work));
  const failed = ended.find((each) => each.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}
