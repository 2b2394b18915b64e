import type { Clock } from '../../../base/clock.ts';
import { createLane } from '../../../base/lane.ts';
import type { SqlRunner } from '../../db/index.ts';
import { keepArrival } from './arrivals-store.ts';
import type { IncomingEvent } from './webhook-body.ts';

/** The events of one request: they are stored together and get one answer. */
interface Waiting {
  readonly events: readonly IncomingEvent[];
  /** Whose events they are; an event that names nobody counts as a person of its own. */
  readonly persons: readonly string[];
  settle(outcome: 'stored' | 'failed'): void;
}

export interface EventStore {
  /** `stored` after the commit; `full` at once if too many wait; `failed` if the database refuses or is gone. */
  store(events: readonly IncomingEvent[]): Promise<'stored' | 'full' | 'failed'>;
}

export interface EventStoreOptions {
  readonly sql: SqlRunner;
  readonly clock: Clock;
  /** How many events may wait. */
  readonly maximumWaiting: number;
}

/** How many inserts run at the same time: the database works on one while the other waits for the disk. */
export const INSERTS = 2;
/** Fewer events wait for a running insert to end: an insert of its own costs as much as thirty events more in another. */
const WORTH_AN_INSERT = 24;
const MOST_AT_ONCE = 1_024;

/**
 * Stores everything that waits in one insert, or in two at once if much waits, so that the program reads requests while the
 * database stores earlier ones. A single request waits for nothing, and a flood costs few commits. A person's events are never
 * in two inserts at the same time, so they keep their order.
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
