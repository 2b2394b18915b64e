import { LedgerBusy } from './errors.ts';

export interface Lane<Item> {
  /** Throws `LedgerBusy` when too many are waiting, or after `stop`. */
  add(item: Item): void;
  /** Finishes what is queued. */
  stop(): Promise<void>;
}

export interface LaneOptions<Item> {
  /** How many go together at most. */
  readonly batchSize: number;
  /** How many may wait. */
  readonly capacity: number;
  run(batch: readonly Item[]): Promise<void>;
  /** Called when nothing is left to do. */
  onIdle(): void;
}

/**
 * Batches while busy: an item waits at most for the batch under way, then everything that has come meanwhile goes
 * together. No timer, so a lone item goes at once.
 */
export function createLane<Item>({ batchSize, capacity, run, onIdle }: LaneOptions<Item>): Lane<Item> {
  let waiting: Item[] = [];
  let work: Promise<void> | undefined;
  let isStopping = false;

  async function workUntilIdle(): Promise<void> {
    // Whatever is added in the same turn as the first goes with it.
    await Promise.resolve();
    while (waiting.length > 0) {
      const batch = waiting.slice(0, batchSize);
      waiting = waiting.slice(batchSize);
      await run(batch);
      // Those just answered often ask for the next thing: a turn of the event loop lets them, and new requests, in.
      await new Promise(setImmediate);
    }
    work = undefined;
    onIdle();
  }

  return {
    add(item) {
      if (isStopping) throw new LedgerBusy('the ledger is stopping');
      if (waiting.length >= capacity) throw new LedgerBusy(`${capacity} commands are waiting already`);
      waiting.push(item);
      work ??= workUntilIdle();
    },
    async stop() {
      isStopping = true;
      await work;
    },
  };
}
