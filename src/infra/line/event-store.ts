import type { Clock } from '../../base/clock.ts';
import { createLane } from '../../base/lane.ts';
import type { SqlRunner } from '../db/index.ts';
import { keepArrival } from './arrivals-store.ts';
import type { IncomingEvent } from './webhook-body.ts';

/** The events of one request: stored together, and one answer. */
interface Waiting {
  readonly events: readonly IncomingEvent[];
  /** Whose events they are; those of nobody are their own. */
  readonly persons: readonly string[];
  settle(outcome: 'stored' | 'failed'): void;
}

export interface EventStore {
  /** `stored` after the commit; `full` at once when too much is waiting; `failed` when the database does not take it. */
  store(events: readonly IncomingEvent[]): Promise<'stored' | 'full' | 'failed'>;
}

export interface EventStoreOptions {
  readonly sql: SqlRunner;
  readonly clock: Clock;
  /** Events that may wait. */
  readonly maximumWaiting: number;
}

/** So many may be under way at once: one is worked on while the other waits for the disk. */
export const INSERTS = 2;
/** Fewer wait for one that is under way: an insert costs as much as thirty events more, and both programs a turn. */
const WORTH_AN_INSERT = 24;
const MOST_AT_ONCE = 1_024;

/**
 * Stores what waits in one insert, and with much waiting in several at once, so that the program reads requests while the
 * database stores those before. A lone request waits for nothing, and a flood costs few commits. A person's events never
 * are under way in two inserts: what came first is filed first.
 */
export function createEventStore({ sql, clock, maximumWaiting }: EventStoreOptions): EventStore {
  const lane = createLane<Waiting>({
    batchSize: MOST_AT_ONCE,
    capacity: maximumWaiting,
    tracks: INSERTS,
    worthATrack: WORTH_AN_INSERT,
    keysOf: (request) => request.persons,
    sizeOf: (request) => request.events.length,
    isPatient: () => false,
    patientCapacity: 0,
    patientAtOnce: { beside: 0, alone: 0 },
    run: keep,
    onIdle: () => undefined,
  });

  async function keep(batch: readonly Waiting[]): Promise<void> {
    const texts = batch.flatMap((request) => request.events.map((event) => event.payload));
    const outcome = await keepArrival(sql, clock.now(), texts).then(
      () => 'stored' as const,
      () => 'failed' as const,
    );
    for (const request of batch) request.settle(outcome);
  }

  return {
    store(events) {
      if (events.length === 0) return Promise.resolve('stored');
      const persons = events.map((event) => event.lineUserId ?? event.webhookEventId);
      return new Promise((settle) => {
        if (lane.add({ events, persons, settle }) !== 'taken') settle('full');
      });
    },
  };
}
