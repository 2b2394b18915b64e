export interface Lane<Item> {
  /** `full` if too many wait, `stopping` after `stop`: in both cases the item is not taken. */
  add(item: Item): 'taken' | 'full' | 'stopping';
  /** Finishes what is queued. */
  stop(): Promise<void>;
}

export interface LaneOptions<Item> {
  /** How large a batch is at most, by `sizeOf`. */
  readonly batchSize: number;
  /** How many prompt items may wait, and how many patient ones. */
  readonly capacity: number;
  readonly patientCapacity: number;
  /** How many batches may run at the same time, on tracks 0, 1, … */
  readonly tracks: number;
  /** How many must wait before another track is used. */
  readonly worthATrack: number;
  /** Items with a key in common are never in two batches at the same time, and keep their order. */
  keysOf(item: Item): readonly string[];
  /** Whether the item is mass work, behind which no person is to wait. Other items are prompt. */
  isPatient(item: Item): boolean;
  /** How many an item counts as, if it is made of many parts. It is never split. */
  sizeOf(item: Item): number;
  /**
   * How many patient items a batch has at most: while prompt items come too and may have to wait for it, and after a while in
   * which none came.
   */
  readonly patientAtOnce: { readonly beside: number; readonly alone: number };
  run(batch: readonly Item[], track: number): Promise<void>;
  /** Called when a track has nothing left to do. */
  onIdle(track: number): void;
}

/** Items in the order they came, and their total size. */
interface Queue<Item> {
  items: Item[];
  size: number;
  readonly capacity: number;
}

interface BatchUnderWay {
  readonly hasPatient: boolean;
  readonly hasPrompt: boolean;
}

/**
 * A queue that works in batches: an item waits at most for the batches that are running, and then goes together with everything that
 * has come meanwhile. There is no timer, so a single item goes at once. When many wait, as many batches without common keys run at the
 * same time as there are tracks, so that the program works on one while the database works on the others.
 */
export function createLane<Item>(options: LaneOptions<Item>): Lane<Item> {
  const { batchSize, tracks, worthATrack, keysOf, isPatient, sizeOf, patientAtOnce, run, onIdle } = options;
  const prompt: Queue<Item> = { items: [], size: 0, capacity: options.capacity };
  const patient: Queue<Item> = { items: [], size: 0, capacity: options.patientCapacity };
  const working = new Map<number, Promise<void>>();
  const underWay = new Set<string>();
  const batches = new Set<BatchUnderWay>();
  /** Whether all that waits shares a key with a running batch, so that another track would be of no use. */
  let isCrowded = false;
  /** How many patient items a batch may have now. Doubles each time while no prompt item comes or is running. */
  let patientNow = patientAtOnce.beside;
  /** Whether the last batch took only prompt items though patient ones waited: the next takes some along. */
  let isPatientOwed = false;
  let isStopping = false;

  const waiting = () => prompt.size + patient.size;
  const patientUnderWay = () => [...batches].filter((batch) => batch.hasPatient).length;
  const isPromptUnderWay = () => [...batches].some((batch) => batch.hasPrompt);
  /** If there are several tracks, one is kept for prompt items. */
  const hasPatientTrack = () => patientUnderWay() < Math.max(1, tracks - 1);

  /**
   * The next batch: prompt items first. While no patient item is running, every second batch takes patient ones along, if there is
   * room. So people mostly need not wait for mass work, and mass work goes on however many people there are.
   */
  function take(): Item[] {
    const idle = tracks - batches.size;
    const isShared = waiting() >= 2 * worthATrack && !isCrowded;
    const most = Math.min(batchSize, isShared ? Math.ceil(waiting() / idle) : waiting());
    const batch: Item[] = [];
    const leftKeys = new Set<string>();
    const prompts = pick(prompt, most, batch, leftKeys);
    const isPromptAlone = prompts > 0 && !isPatientOwed;
    if (most > prompts && !isPromptAlone && hasPatientTrack()) {
      pick(patient, Math.min(most - prompts, patientNow), batch, leftKeys);
      if (prompts === 0 && !isPromptUnderWay()) patientNow = Math.min(2 * patientNow, patientAtOnce.alone);
    }
    isPatientOwed = isPromptAlone && patient.size > 0 && patientUnderWay() === 0;
    isCrowded = batch.length === 0 && leftKeys.size > 0;
    return batch;
  }

  /**
   * Moves up to `most` items (by size) from the front of the queue into the batch. Leaves out items that share a key with a running
   * batch, or with an item left out before. The first that may go always goes, however large it is. Answers how many went.
   */
  function pick(queue: Queue<Item>, most: number, batch: Item[], leftKeys: Set<string>): number {
    const left: Item[] = [];
    let picked = 0;
    for (const [i, item] of queue.items.entries()) {
      const size = sizeOf(item);
      if (picked > 0 && picked + size > most) {
        left.push(...queue.items.slice(i));
        break;
      }
      const keys = keysOf(item);
      if (keys.some((key) => underWay.has(key) || leftKeys.has(key))) {
        left.push(item);
        for (const key of keys) leftKeys.add(key);
        continue;
      }
      batch.push(item);
      picked += size;
    }
    queue.items = left;
    queue.size -= picked;
    return picked;
  }

  /** Whether prompt items wait while only mass work is running. */
  const isBehindMassWork = () => prompt.size > 0 && patientUnderWay() === batches.size;

  /** If only few wait, they wait for a running batch to end: small batches cost the most per item. */
  const isWorthWaiting = () => batches.size > 0 && waiting() < worthATrack && !isBehindMassWork();

  async function workUntilIdle(track: number): Promise<void> {
    // What is added in the same turn as the first item goes with it.
    await Promise.resolve();
    for (let batch = take(); batch.length > 0; batch = isWorthWaiting() ? [] : take()) {
      const keys = batch.flatMap(keysOf);
      for (const key of keys) underWay.add(key);
      const mine = { hasPatient: batch.some(isPatient), hasPrompt: !batch.every(isPatient) };
      batches.add(mine);
      wake();
      await run(batch, track);
      batches.delete(mine);
      for (const key of keys) underWay.delete(key);
      // Callers that were just answered often send their next item: a turn of the event loop lets them and new requests in.
      await new Promise(setImmediate);
    }
    working.delete(track);
    onIdle(track);
  }

  function wake(): void {
    // Tracks between two batches: they are about to take what waits.
    const ready = working.size - batches.size;
    const takeable = prompt.size + (hasPatientTrack() ? patient.size : 0);
    const isWorthwhile = !isCrowded && takeable >= (ready + 1) * worthATrack;
    if (working.size > 0 && !(ready === 0 && isBehindMassWork()) && !isWorthwhile) return;
    for (let track = 0; track < tracks; track++) {
      if (working.has(track)) continue;
      working.set(track, workUntilIdle(track));
      return;
    }
  }

  return {
    add(item) {
      if (isStopping) return 'stopping';
      const queue = isPatient(item) ? patient : prompt;
      if (queue === prompt) patientNow = patientAtOnce.beside;
      if (queue.size >= queue.capacity) return 'full';
      queue.items.push(item);
      queue.size += sizeOf(item);
      wake();
      return 'taken';
    },
    async stop() {
      isStopping = true;
      while (working.size > 0) await Promise.all(working.values());
    },
  };
}
