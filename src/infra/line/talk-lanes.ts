import type { Temporal } from 'temporal-polyfill';
import type { SqlRunner } from '../db/index.ts';

/** An event as the talk worker hands it on. */
export interface StoredEvent {
  readonly eventId: string;
  /** Null for events that name nobody, such as a failed account link. */
  readonly lineUserId: string | null;
  readonly type: string;
  /** When it happened, by LINE's clock: the order of a person's events. */
  readonly occurredAt: Temporal.Instant;
  /** When it came in, by ours: the reply token lives about a minute from here. */
  readonly receivedAt: Temporal.Instant;
  readonly payload: unknown;
  /** How often handling was begun, this time included. */
  readonly attempts: number;
}

/**
 * A lane is what must be handled in order: one person, or one event that names nobody. Its statements below hold for
 * any number of workers and processes; leases run by the database's clock, everything else by the program's.
 */
const LANE = `coalesce(line_user_id, 'event:' || webhook_event_id)`;
const UNDONE = `done_at is null and parked_at is null`;

/** Lanes with something due that no other worker serves, the longest waiting first. */
export async function findLanes(
  sql: SqlRunner,
  now: Temporal.Instant,
  options: { workerId: string; except: readonly string[]; limit: number },
): Promise<string[]> {
  const rows = await sql.query<{ lane: string }>(
    `select lane from (
       select ${LANE} as lane, next_attempt_at from line_event
       where ${UNDONE} and next_attempt_at <= $1 and ${LANE} <> all($2::text[])
         and not exists (select from talk_lane l
                         where l.lane = ${LANE} and l.leased_until > clock_timestamp() and l.worker_id <> $4)
       order by next_attempt_at, webhook_event_id limit 500
     ) due
     group by lane order by min(next_attempt_at) limit $3`,
    [now.toString(), options.except, options.limit, options.workerId],
  );
  return rows.map((row) => row.lane);
}

/** Keeps a lane that the worker has; false when it was lost or given back. */
export async function renewLane(sql: SqlRunner, lane: string, workerId: string, seconds: number): Promise<boolean> {
  const rows = await sql.query(
    `update talk_lane set leased_until = clock_timestamp() + make_interval(secs => $3)
     where lane = $1 and worker_id = $2 returning lane`,
    [lane, workerId, seconds],
  );
  return rows.length > 0;
}

/** Gives a lane back; with `ifEmpty` only when nothing is left in it. Answers whether it was given back. */
export async function releaseLane(
  sql: SqlRunner,
  lane: string,
  workerId: string,
  options: { ifEmpty: boolean },
): Promise<boolean> {
  const rows = await sql.query(
    `delete from talk_lane where lane = $2 and worker_id = $3
       and (not $4 or not exists (select from line_event where ${UNDONE} and ${isOf(lane)}))
     returning lane`,
    [keyOf(lane), lane, workerId, options.ifEmpty],
  );
  return rows.length > 0;
}

/**
 * Takes a lane for a worker (or keeps it) and begins with its oldest event: counts the attempt before anything is done,
 * so that an event that kills its process is counted too. Undefined when another has the lane or nothing is left in it;
 * `not-due` when the oldest event must wait, and with it whatever came after.
 */
export async function beginNext(
  sql: SqlRunner,
  now: Temporal.Instant,
  lane: string,
  lease: { workerId: string; seconds: number },
): Promise<StoredEvent | 'not-due' | undefined> {
  const rows = await sql.query<EventRow>(
    `with lease as (
       insert into talk_lane (lane, worker_id, leased_until)
       values ($3, $4, clock_timestamp() + make_interval(secs => $5))
       on conflict (lane) do update set worker_id = excluded.worker_id, leased_until = excluded.leased_until
         where talk_lane.worker_id = excluded.worker_id or talk_lane.leased_until <= clock_timestamp()
       returning lane
     ), head as (
       select webhook_event_id from line_event
       where ${UNDONE} and ${isOf(lane)}
       order by occurred_at, webhook_event_id limit 1
     )
     update line_event e set attempts = e.attempts + case when e.next_attempt_at <= $2 then 1 else 0 end
     from lease
     where e.webhook_event_id = (select webhook_event_id from head)
       -- Looked at anew if another worker was faster. "is true" keeps the planner from taking this for a reason to walk
       -- through the index of all undone events (without fresh statistics it did: 110 ms instead of 0.2).
       and (e.done_at is null and e.parked_at is null) is true
     returning e.webhook_event_id, e.line_user_id, e.event_type, e.occurred_at, e.received_at, e.payload, e.attempts,
       e.next_attempt_at <= $2 as is_due`,
    [keyOf(lane), now.toString(), lane, lease.workerId, lease.seconds],
  );
  const row = rows[0];
  if (!row) return undefined;
  if (!row.is_due) {
    // Younger events wait for the oldest, or they would be found due again and again.
    await sql.query(
      `update line_event set next_attempt_at = head.next_attempt_at
       from (select next_attempt_at from line_event where webhook_event_id = $2) head
       where ${UNDONE} and ${isOf(lane)} and line_event.next_attempt_at < head.next_attempt_at`,
      [keyOf(lane), row.webhook_event_id],
    );
    return 'not-due';
  }
  return {
    eventId: row.webhook_event_id,
    lineUserId: row.line_user_id,
    type: row.event_type,
    occurredAt: row.occurred_at,
    receivedAt: row.received_at,
    payload: row.payload,
    attempts: row.attempts,
  };
}

/**
 * Marks an event as done, in the transaction that holds what came of it. `lane-lost` when another worker has taken the
 * lane meanwhile, `done-before` when the event had been handled already; then nothing must be written.
 */
export async function markDone(
  sql: SqlRunner,
  now: Temporal.Instant,
  done: { eventId: string; lane: string; workerId: string },
): Promise<'done' | 'done-before' | 'lane-lost'> {
  const rows = await sql.query<{ has_lane: boolean; is_done: boolean }>(
    `with mine as (select lane from talk_lane where lane = $3 and worker_id = $4 for update),
     done as (
       update line_event set done_at = $2, last_error = null
       from mine where webhook_event_id = $1 and done_at is null returning webhook_event_id
     )
     select exists (select from mine) as has_lane, exists (select from done) as is_done`,
    [done.eventId, now.toString(), done.lane, done.workerId],
  );
  if (!rows[0]?.has_lane) return 'lane-lost';
  return rows[0].is_done ? 'done' : 'done-before';
}

/** Notes a failure: another try at `retryAt`, or (null) never again; what comes after it may then go on. */
export async function markFailed(
  sql: SqlRunner,
  now: Temporal.Instant,
  failure: { eventId: string; retryAt: Temporal.Instant | null; error: string },
): Promise<void> {
  await sql.query(
    `update line_event set last_error = $2, next_attempt_at = coalesce($3::timestamptz, next_attempt_at),
       parked_at = case when $3::timestamptz is null then $4::timestamptz end
     where webhook_event_id = $1 and done_at is null`,
    [failure.eventId, failure.error.slice(0, 500), failure.retryAt?.toString() ?? null, now.toString()],
  );
}

/** Whether everything that came is filed, and done or given up. */
export async function isAllDone(sql: SqlRunner): Promise<boolean> {
  const rows = await sql.query<{ is_left: boolean }>(
    `select exists (select from line_arrival where refusal is null)
            or exists (select from line_event where ${UNDONE}) as is_left`,
  );
  return rows[0]?.is_left === false;
}

interface EventRow {
  webhook_event_id: string;
  line_user_id: string | null;
  event_type: string;
  occurred_at: Temporal.Instant;
  received_at: Temporal.Instant;
  payload: unknown;
  attempts: number;
  is_due: boolean;
}

const isOf = (lane: string) =>
  lane.startsWith('event:') ? '(webhook_event_id = $1 and line_user_id is null)' : 'line_user_id = $1';
const keyOf = (lane: string) => (lane.startsWith('event:') ? lane.slice('event:'.length) : lane);
