import type { Clock } from '../../../base/clock.ts';
import { newId } from '../../../base/ids.ts';
import { type Db, inTransaction, runnerOf, type SqlRunner } from '../../db/index.ts';
import { fileArrivals } from '../arrivals/arrivals-store.ts';
import { enqueueMessages } from '../outbox/outbox.ts';
import { createTalkFinisher, type Outcome } from './finisher.ts';
import {
  beginLanes,
  beginNext,
  type Head,
  hasDue,
  isAllDone,
  markFailed,
  releaseLane,
  renewLane,
  type StoredEvent,
} from './lanes.ts';

export type { Outcome } from './finisher.ts';

export interface TalkWorkerOptions {
  db: Db;
  clock: Clock;
  /** Handles one event. May be called again for the same event; its outcome is written once. */
  handle(event: StoredEvent): Promise<Outcome | undefined>;
  /** What to tell a person whose event was given up. */
  apologise?(event: StoredEvent): Promise<Outcome | undefined>;
  /** Called after each commit that may have put messages into the outbox. */
  onAnswered?(): void;
  onError?(event: { eventId: string; type: string; attempts: number; isParked: boolean }, error: unknown): void;
  /** How many people are served at the same time. */
  parallel?: number;
  pollMs?: number;
}

export interface TalkWorker {
  start(): void;
  /** To call when events were stored. */
  poke(): void;
  /** Handles everything that is due; resolves when this process has nothing left to do. */
  drain(): Promise<void>;
  /** Whether every event is done or given up, by whatever process. */
  isIdle(): Promise<boolean>;
  /** Finishes the events being handled, and takes no more. */
  stop(): Promise<void>;
}

const MAXIMUM_ATTEMPTS = 5;
const LEASE_SECONDS = 15;
const RENEW_MS = 5_000;

/** Reported if an arrival cannot be filed; its events are not known. */
const REFUSED = { eventId: '', type: 'arrival', attempts: 0, isParked: true };
/** Reported if the worker itself fails, and not an event. */
const NO_EVENT = { eventId: '', type: '', attempts: 0, isParked: false };

/** Before the second, third, … attempt. The person's later events wait meanwhile, so it stays short. */
const BACK_OFF_SECONDS = [1, 3, 10, 30];

/**
 * What came of an attempt. `lane-empty`: it was the lane's last event, and the lane was given back in the transaction that
 * marked it as done. `again-later`: it failed and is tried again, and the person's later events wait for it.
 */
type Attempted = 'handled' | 'lane-empty' | 'again-later';

/**
 * Files the events that came in, and handles each person's in their order, different people side by side. Any number of
 * processes may do so at once: a worker leases a person's lane while it serves it.
 */
export function createTalkWorker(options: TalkWorkerOptions): TalkWorker {
  const { db, clock, parallel = 32, pollMs = 250 } = options;
  const sql = runnerOf(db);
  const workerId = newId();
  const finisher = createTalkFinisher({ db, clock, workerId });
  /** The lanes that are being served. */
  const serving = new Map<string, Promise<void>>();
  let state: 'not-started' | 'started' | 'stopped' = 'not-started';
  let timer: NodeJS.Timeout | undefined;
  /** The look for work that is under way. */
  let looking: Promise<void> | undefined;
  /** Whether to look again after it. */
  let mustLookAgain = false;
  /** Whether something may have come that is not filed yet. */
  let mayHaveArrived = true;

  /** Serves one lane under its lease, and gives the lane back. */
  async function serve(lane: string, first: Head): Promise<void> {
    const renewal = setInterval(() => {
      renewLane(sql, lane, workerId, LEASE_SECONDS).catch(() => undefined);
    }, RENEW_MS);
    let isGivenBack = false;
    try {
      isGivenBack = await handleInOrder(lane, first);
    } finally {
      clearInterval(renewal);
      if (!isGivenBack) await releaseLane(sql, lane, workerId);
    }
  }

  /**
   * Handles a lane's events, oldest first, until none is due, one must be tried again, or the worker stops. Answers whether
   * the lane was given back with its last event.
   */
  async function handleInOrder(lane: string, first: Head): Promise<boolean> {
    let event = first;
    while (event !== undefined && event !== 'not-due') {
      const attempted = await attempt(event, lane);
      if (attempted === 'lane-empty') return true;
      if (attempted === 'again-later' || state === 'stopped') return false;
      event = await beginNext(sql, clock.now(), lane, { workerId, seconds: LEASE_SECONDS });
    }
    return false;
  }

  async function attempt(event: StoredEvent, lane: string): Promise<Attempted> {
    // None of the earlier attempts ended, not even with an error: the process died each time.
    if (event.attempts > MAXIMUM_ATTEMPTS) return giveUp(event, new Error('handling it was begun too often'));
    try {
      const outcome = await options.handle(event);
      const { isLaneEmpty } = await finisher.finish({ eventId: event.eventId, lane, outcome });
      if (outcome) options.onAnswered?.();
      return isLaneEmpty ? 'lane-empty' : 'handled';
    } catch (error) {
      return event.attempts >= MAXIMUM_ATTEMPTS ? giveUp(event, error) : tryLater(event, error);
    }
  }

  async function tryLater(event: StoredEvent, error: unknown): Promise<'again-later'> {
    const seconds = BACK_OFF_SECONDS[event.attempts - 1] ?? 30;
    const now = clock.now();
    await markFailed(sql, now, { eventId: event.eventId, retryAt: now.add({ seconds }), error: wordsOf(error) });
    options.onError?.({ eventId: event.eventId, type: event.type, attempts: event.attempts, isParked: false }, error);
    return 'again-later';
  }

  /** Parks an event for good and apologises for it; the person's next event may go on. */
  async function giveUp(event: StoredEvent, error: unknown): Promise<'handled'> {
    // Parked first: whatever happens to the apology, the event must not block the person.
    await markFailed(sql, clock.now(), { eventId: event.eventId, retryAt: null, error: wordsOf(error) });
    await options
      .apologise?.(event)
      .then((outcome) => outcome && inTransaction(db, (tx) => write(runnerOf(tx), outcome)))
      .then(() => options.onAnswered?.())
      .catch(() => undefined);
    options.onError?.({ eventId: event.eventId, type: event.type, attempts: event.attempts, isParked: true }, error);
    return 'handled';
  }

  const write = async (tx: SqlRunner, outcome: Outcome) => enqueueMessages(tx, clock.now(), await outcome(tx));

  /** Files what came, and starts serving as many lanes as there is room for. */
  async function look(): Promise<void> {
    do {
      mustLookAgain = false;
      const room = parallel - serving.size;
      if (room <= 0) return;
      if (mayHaveArrived) {
        mayHaveArrived = false;
        await fileArrivals(sql, (error) => options.onError?.(REFUSED, error));
      }
      const taken = { workerId, seconds: LEASE_SECONDS, except: [...serving.keys()], limit: room };
      for (const [lane, head] of await beginLanes(sql, clock.now(), taken)) {
        const work = serve(lane, head)
          .catch((error: unknown) => options.onError?.(NO_EVENT, error))
          .then(() => {
            serving.delete(lane);
            // Others may have been waiting for the room, or for this very lane.
            if (state === 'started') lookSoon();
          });
        serving.set(lane, work);
      }
    } while (mustLookAgain);
  }

  /** Looks now, or once more after the look that is under way. */
  function lookSoon(): void {
    mustLookAgain = true;
    looking ??= look()
      .catch((error: unknown) => options.onError?.(NO_EVENT, error))
      .finally(() => {
        looking = undefined;
      });
  }

  function arrived(): void {
    mayHaveArrived = true;
    lookSoon();
  }

  return {
    start() {
      state = 'started';
      timer = setInterval(arrived, pollMs);
      arrived();
    },
    poke() {
      if (state === 'started') arrived();
    },
    async drain() {
      do {
        arrived();
        await looking;
        await Promise.all(serving.values());
        await looking;
      } while (serving.size > 0 || mayHaveArrived || (await hasDue(sql, clock.now(), workerId)));
    },
    async isIdle() {
      return serving.size === 0 && (await isAllDone(sql));
    },
    async stop() {
      state = 'stopped';
      clearInterval(timer);
      await looking;
      await Promise.all(serving.values());
    },
  };
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
