export interface Lane<Item> {
  /** `full` when too many are waiting, `stopping` after `stop`: then the item is not taken. */
  add(item: Item): 'taken' | 'full' | 'stopping';
  /** Finishes what is queued. */
  stop(): Promise<void>;
}

export interface LaneOptions<Item> {
  /** How many go together at most, by `sizeOf`. */
  readonly batchSize: number;
  /** How many may wait of those that are prompt, and of those that are patient. */
  readonly capacity: number;
  readonly patientCapacity: number;
  /** How many batches may be under way at once, on tracks 0, 1, … */
  readonly tracks: number;
  /** So many must wait before another track is worth its while. */
  readonly worthATrack: number;
  /** Items with a key in common never are under way in two batches, and those that wait alike go in the order they came. */
  keysOf(item: Item): readonly string[];
  /** Whether the item waits until nobody else does: mass work, behind which no person is to wait. */
  isPatient(item: Item): boolean;
  /** How many an item counts as: one that is made of many is never taken apart. */
  sizeOf(item: Item): number;
  /**
   * How many patient items go together at most: while others come, who wait for a batch now and then, and after a while
   * without any.
   */
  readonly patientAtOnce: { readonly beside: number; readonly alone: number };
  run(batch: readonly Item[], track: number): Promise<void>;
  /** Called when a track has nothing left to do. */
  onIdle(track: number): void;
}

/** Items in the order they came, and how many they count as. */
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
 * Batches while busy: an item waits at most for the batches under way, then everything that has come meanwhile goes
 * together. No timer, so a lone item goes at once. With much waiting there are as many batches of strangers under
 * way as there are tracks, so that the program decides one while the database works on the others.
 */
export function createLane<Item>(options: LaneOptions<Item>): Lane<Item> {
  const { batchSize, tracks, worthATrack, keysOf, isPatient, sizeOf, patientAtOnce, run, onIdle } = options;
  const prompt: Queue<Item> = { items: [], size: 0, capacity: options.capacity };
  const patient: Queue<Item> = { items: [], size: 0, capacity: options.patientCapacity };
  const working = new Map<number, Promise<void>>();
  const underWay = new Set<string>();
  const batches = new Set<BatchUnderWay>();
  /** Whether a track found nothing but what shares a key with a batch under way: then another track is of no use. */
  let isCrowded = false;
  /** How many patient items go together now: twice as many each time, while nobody who is prompt comes or is under way. */
  let patientNow = patientAtOnce.beside;
  /** Whether the last batch left out those that are patient for the sake of those that are prompt. */
  let isPatientOwed = false;
  let isStopping = false;

  const waiting = () => prompt.size + patient.size;
  const patientUnderWay = () => [...batches].filter((batch) => batch.hasPatient).length;
  const isPromptUnderWay = () => [...batches].some((batch) => batch.hasPrompt);
  /** One track is kept for those that are prompt, where there are several. */
  const hasPatientTrack = () => patientUnderWay() < Math.max(1, tracks - 1);

  /**
   * The next batch: those that are prompt, and in every second of theirs patient ones, too, if there is room and none are under
   * way elsewhere. So people mostly need not wait until mass work is done with theirs, and it goes on however many people
   * there are.
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
   * Moves so many items into the batch from the front, leaving out what shares a key with a batch under way or with
   * somebody left out before. One always goes, however large it is. Answers how many went.
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

  /** Whether somebody who is prompt would wait for mass work alone. */
  const isBehindMassWork = () => prompt.size > 0 && patientUnderWay() === batches.size;

  /** Few wait for the batches under way, whether a track has just ended one or rests: small batches cost the most each. */
  const isWorthWaiting = () => batches.size > 0 && waiting() < worthATrack && !isBehindMassWork();

  async function workUntilIdle(track: number): Promise<void> {
    // Whatever is added in the same turn as the first goes with it.
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
      // Those just answered often ask for the next thing: a turn of the event loop lets them, and new requests, in.
      await new Promise(setImmediate);
    }
    working.delete(track);
    onIdle(track);
  }

  function wake(): void {
    // A track between two batches is about to take what waits.
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
