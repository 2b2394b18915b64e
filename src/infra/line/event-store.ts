import type { Temporal } from 'temporal-polyfill';
import type { Clock } from '../../base/clock.ts';
import { createLane } from '../../base/lane.ts';
import { jsonTexts, plainArray, textArray } from '../db/array-text.ts';
import { type SqlRunner, sqlState } from '../db/index.ts';
import type { IncomingEvent } from './webhook-body.ts';

/** Events older than this are kept, so that their ids stay known, and change nothing. */
const TOO_OLD_MS = 24 * 3_600_000;

/** The statement's insert: ids seen before are left as they are. */
async function insertEvents(sql: SqlRunner, now: Temporal.Instant, events: readonly IncomingEvent[]): Promise<void> {
  // In id order, so that two processes storing the same events cannot wait for each other in a circle.
  const ordered = [...events].sort((a, b) => (a.webhookEventId < b.webhookEventId ? -1 : 1));
  const oldest = now.epochMilliseconds - TOO_OLD_MS;
  await sql.query(
    `insert into line_event
       (webhook_event_id, line_user_id, event_type, occurred_at, received_at, payload, next_attempt_at, done_at)
     select id, line_user_id, type, occurred_at::timestamptz, $7, payload::jsonb, $7,
            case when is_too_old then $7::timestamptz end
     from unnest($1::text[], $2::text[], $3::text[], $4::text[], string_to_array($5, chr(31)), $6::boolean[])
       as event (id, line_user_id, type, occurred_at, payload, is_too_old)
     on conflict (webhook_event_id) do nothing`,
    [
      textArray(ordered.map((event) => event.webhookEventId)),
      plainArray(ordered.map((event) => event.lineUserId)),
      textArray(ordered.map((event) => event.type)),
      plainArray(ordered.map((event) => new Date(event.timestamp).toISOString())),
      jsonTexts(ordered.map((event) => event.payload)),
      plainArray(ordered.map((event) => String(event.timestamp < oldest))),
      now.toString(),
    ],
  );
}

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
/** Fewer wait for one that is under way: an insert costs as much as ten events more, and both programs a turn. */
const WORTH_AN_INSERT = 24;
const MOST_AT_ONCE = 1_024;

/**
 * Stores what waits in one insert, and with much waiting in several at once, so that the program reads requests while the
 * database stores those before. A lone request waits for nothing, and a flood costs few commits. A person's events never
 * are under way in two inserts: what came first is seen first, and what comes twice at once meets itself in no other.
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
    run: saveBatch,
    onIdle: () => undefined,
  });

  /** One request's events alone, or all of a batch: another's conflict (deadlock, serialization) is tried anew. */
  async function save(requests: readonly Waiting[]): Promise<void> {
    const events = requests.flatMap((request) => request.events);
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await insertEvents(sql, clock.now(), events);
      } catch (error) {
        const state = sqlState(error);
        if (attempt === 5 || (state !== '40001' && state !== '40P01')) throw error;
      }
    }
  }

  /** One bad event must not take the others of its batch with it: they are then stored request by request. */
  async function saveBatch(batch: readonly Waiting[]): Promise<void> {
    try {
      await save(batch);
      for (const request of batch) request.settle('stored');
    } catch (error) {
      const isDataError = sqlState(error)?.startsWith('22') ?? false;
      if (!isDataError || batch.length === 1) {
        for (const request of batch) request.settle('failed');
        return;
      }
      for (const request of batch) await saveBatch([request]);
    }
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
