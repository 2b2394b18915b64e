import type { Clock } from '../../base/clock.ts';
import { newId } from '../../base/ids.ts';
import { type Db, inTransaction, runnerOf, type SqlRunner } from '../db/index.ts';
import { fileArrivals } from './arrivals-store.ts';
import { enqueueMessages } from './outbox.ts';
import { createTalkFinisher, type Outcome } from './talk-finisher.ts';
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
} from './talk-lanes.ts';

export type { Outcome } from './talk-finisher.ts';

export interface TalkWorkerOptions {
  db: Db;
  clock: Clock;
  /** Handles one event. May be called again for the same event; what it answers is written once. */
  handle(event: StoredEvent): Promise<Outcome | undefined>;
  /** What a person is told whose event was given up; written together with that. */
  apologise?(event: StoredEvent): Promise<Outcome | undefined>;
  /** Told after each commit that may have put messages into the outbox. */
  onAnswered?(): void;
  onError?(event: { eventId: string; type: string; attempts: number; isParked: boolean }, error: unknown): void;
  /** People served at the same time. */
  parallel?: number;
  pollMs?: number;
}

export interface TalkWorker {
  start(): void;
  /** Something was stored. */
  poke(): void;
  /** Handles everything that is due and answers when this process has nothing under way. */
  drain(): Promise<void>;
  /** Whether every event is done or given up, in any process. */
  isIdle(): Promise<boolean>;
  /** Finishes what is under way. */
  stop(): Promise<void>;
}

const MAXIMUM_ATTEMPTS = 5;
const LEASE_SECONDS = 15;
const RENEW_MS = 5_000;

/** What is told of an arrival that cannot be filed: no event is known of it. */
const REFUSED = { eventId: '', type: 'arrival', attempts: 0, isParked: true };

/** Before the second, third, … attempt; the person's later events wait meanwhile, so it stays short. */
const BACK_OFF_SECONDS = [1, 3, 10, 30];

/** Files what came, and takes its events in each person's order, different people side by side, safely with any number of processes. */
export function createTalkWorker(options: TalkWorkerOptions): TalkWorker {
  const { db, clock, parallel = 32, pollMs = 250 } = options;
  const sql = runnerOf(db);
  const workerId = newId();
  const finisher = createTalkFinisher({ db, clock, workerId });
  const serving = new Map<string, Promise<void>>();
  let isStopped = true;
  let isStopping = false;
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> | undefined;
  let mustLookAgain = false;
  /** Whether something may have come that is not filed yet. */
  let mayHaveArrived = true;

  /** One person's events, oldest first, until none is due. */
  async function serve(lane: string, first: Head): Promise<void> {
    const renewal = setInterval(() => {
      renewLane(sql, lane, workerId, LEASE_SECONDS).catch(() => undefined);
    }, RENEW_MS);
    let next: 'go-on' | 'stop' | 'empty' = 'go-on';
    try {
      for (let event = first; next === 'go-on'; ) {
        next = event === undefined || event === 'not-due' ? 'stop' : await attempt(event, lane);
        if (next === 'go-on' && isStopping) next = 'stop';
        if (next === 'go-on') event = await beginNext(sql, clock.now(), lane, { workerId, seconds: LEASE_SECONDS });
      }
    } finally {
      clearInterval(renewal);
      if (next !== 'empty') await releaseLane(sql, lane, workerId);
    }
  }

  /** Whether the lane may go on with its next event, or is known to be empty (and given back). */
  async function attempt(event: StoredEvent, lane: string): Promise<'go-on' | 'stop' | 'empty'> {
    if (event.attempts > MAXIMUM_ATTEMPTS) {
      // The attempts before ended without a word: the process died each time.
      return giveUp(event, new Error('handling it was begun too often'));
    }
    try {
      const outcome = await options.handle(event);
      const { isLaneEmpty } = await finisher.finish({ eventId: event.eventId, lane, outcome });
      if (outcome) options.onAnswered?.();
      return isLaneEmpty ? 'empty' : 'go-on';
    } catch (error) {
      if (event.attempts >= MAXIMUM_ATTEMPTS) return giveUp(event, error);
      const seconds = BACK_OFF_SECONDS[event.attempts - 1] ?? 30;
      await markFailed(sql, clock.now(), {
        eventId: event.eventId,
        retryAt: clock.now().add({ seconds }),
        error: wordsOf(error),
      });
      options.onError?.({ eventId: event.eventId, type: event.type, attempts: event.attempts, isParked: false }, error);
      return 'stop';
    }
  }

  async function giveUp(event: StoredEvent, error: unknown): Promise<'go-on'> {
    // Parked first: whatever happens to the apology, the event must not block the person.
    await markFailed(sql, clock.now(), { eventId: event.eventId, retryAt: null, error: wordsOf(error) });
    await options
      .apologise?.(event)
      .then((outcome) => outcome && inTransaction(db, (tx) => write(runnerOf(tx), outcome)))
      .then(() => options.onAnswered?.())
      .catch(() => undefined);
    options.onError?.({ eventId: event.eventId, type: event.type, attempts: event.attempts, isParked: true }, error);
    return 'go-on';
  }

  const write = async (tx: SqlRunner, outcome: Outcome) => enqueueMessages(tx, clock.now(), await outcome(tx));

  /** Starts serving as many lanes as there is room for. */
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
          .catch((error: unknown) => options.onError?.({ eventId: '', type: '', attempts: 0, isParked: false }, error))
          .then(() => {
            serving.delete(lane);
            // Others may have been waiting for the room, or for this very lane.
            if (!isStopped) poke();
          });
        serving.set(lane, work);
      }
    } while (mustLookAgain);
  }

  function poke(): void {
    mustLookAgain = true;
    looking ??= look()
      .catch((error: unknown) => options.onError?.({ eventId: '', type: '', attempts: 0, isParked: false }, error))
      .finally(() => {
        looking = undefined;
      });
  }

  function arrived(): void {
    mayHaveArrived = true;
    poke();
  }

  return {
    start() {
      isStopped = false;
      isStopping = false;
      timer = setInterval(arrived, pollMs);
      arrived();
    },
    poke() {
      if (!isStopped) arrived();
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
      isStopped = true;
      isStopping = true;
      clearInterval(timer);
      await looking;
      await Promise.all(serving.values());
    },
  };
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
