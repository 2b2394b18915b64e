import type { Temporal } from 'temporal-polyfill';
import type { Clock } from '../../base/clock.ts';
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

interface Waiting {
  readonly events: readonly IncomingEvent[];
  settle(outcome: 'stored' | 'failed'): void;
}

export interface EventStore {
  /** `stored` after the commit; `full` at once when too much is waiting; `failed` when the database does not take it. */
  store(events: readonly IncomingEvent[]): Promise<'stored' | 'full' | 'failed'>;
}

/**
 * Stores the events of all requests of one turn of the event loop in one insert. While an insert is under way the next
 * batch gathers, so a lone request waits for nothing and a flood costs few commits.
 */
export function createEventStore(options: { sql: SqlRunner; clock: Clock; maximumWaiting: number }): EventStore {
  const { sql } = options;
  let waiting: Waiting[] = [];
  let waitingEvents = 0;
  let isRunning = false;

  /** One request's events alone, or all of a batch: another's conflict (deadlock, serialization) is tried anew. */
  async function save(requests: readonly Waiting[]): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await insertEvents(
          sql,
          options.clock.now(),
          requests.flatMap((request) => request.events),
        );
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

  async function run(): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      waitingEvents = 0;
      await saveBatch(batch);
    }
    isRunning = false;
  }

  return {
    store(events) {
      if (events.length === 0) return Promise.resolve('stored');
      if (waitingEvents + events.length > options.maximumWaiting) return Promise.resolve('full');
      return new Promise((settle) => {
        waiting.push({ events, settle });
        waitingEvents += events.length;
        if (!isRunning) {
          isRunning = true;
          setImmediate(run);
        }
      });
    },
  };
}
