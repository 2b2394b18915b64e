import type { Temporal } from 'temporal-polyfill';
import type { SqlRunner } from '../../db/index.ts';

/** An event as the talk worker passes it to its handler. */
export interface StoredEvent {
  readonly eventId: string;
  /** Null for events that name nobody, such as a failed account link. */
  readonly lineUserId: string | null;
  readonly type: string;
  /** When it happened, by LINE's clock; a person's events are handled in this order. */
  readonly occurredAt: Temporal.Instant;
  /** When it arrived, by our clock; the reply token is good for about a minute from here. */
  readonly receivedAt: Temporal.Instant;
  readonly payload: unknown;
  /** How often handling it was begun, including this time. */
  readonly attempts: number;
}

/**
 * A lane is what must be handled in order: the events of one person, or a single event that names nobody. The statements below work
 * for any number of workers and processes. Leases follow the database's clock, everything else the program's.
 */
const LANE = `coalesce(line_user_id, 'event:' || webhook_event_id)`;
const UNDONE = `done_at is null and parked_at is null`;

/** Lanes with something due, the longest waiting first. $1 now, $2 lanes to leave out, $3 how many, $4 the worker. */
const DUE = `
  select lane from (
    select ${LANE} as lane, next_attempt_at from line_event
    where ${UNDONE} and next_attempt_at <= $1 and ${LANE} <> all($2::text[])
      and not exists (select from talk_lane l
                      where l.lane = ${LANE} and l.leased_until > clock_timestamp() and l.worker_id <> $4)
    order by next_attempt_at, webhook_event_id limit 500
  ) due
  group by lane order by min(next_attempt_at) limit $3`;

const BEGUN = `e.webhook_event_id, e.line_user_id, e.event_type, e.occurred_at, e.received_at, e.payload, e.attempts,
  e.next_attempt_at <= $1 as is_due`;

/** An attempt is counted before it is made, so that an event that kills its process is counted, too. */
const COUNTED = `attempts = e.attempts + case when e.next_attempt_at <= $1 then 1 else 0 end`;

/**
 * Checked again in the update, in case another worker was faster. "is true" keeps the planner from using the index of all undone
 * events for it (without fresh statistics it did: 110 ms instead of 0.2).
 */
const STILL_UNDONE = '(e.done_at is null and e.parked_at is null) is true';

/** A lane's oldest event; undefined if there is none or another worker was faster; `not-due` if it, and so the whole lane, must wait. */
export type Head = StoredEvent | 'not-due' | undefined;

/** Whether a lane that no other worker serves has something due. */
export async function hasDue(sql: SqlRunner, now: Temporal.Instant, workerId: string): Promise<boolean> {
  return (await sql.query(DUE, [now.toString(), [], 1, workerId])).length > 0;
}

/** Leases lanes that have something due and that no other worker serves, the longest waiting first, and begins each one's oldest event. */
export async function beginLanes(
  sql: SqlRunner,
  now: Temporal.Instant,
  options: { workerId: string; seconds: number; except: readonly string[]; limit: number },
): Promise<ReadonlyMap<string, Head>> {
  const rows = await sql.query<{ lane: string } & (EventRow | NoRow)>(
    `with due as materialized (${DUE}),
     lease as (
       insert into talk_lane (lane, worker_id, leased_until)
       select lane, $4, clock_timestamp() + make_interval(secs => $5) from due order by lane
       on conflict (lane) do update set worker_id = excluded.worker_id, leased_until = excluded.leased_until
         where talk_lane.worker_id = excluded.worker_id or talk_lane.leased_until <= clock_timestamp()
       returning lane
     ), head as (
       select lane, coalesce(
         (select webhook_event_id from line_event where ${UNDONE} and line_user_id = lane
          order by occurred_at, webhook_event_id limit 1),
         (select webhook_event_id from line_event
          where line_user_id is null and webhook_event_id = substring(lane from '^event:(.*)$'))) as webhook_event_id
       from lease
     ), begun as (
       update line_event e set ${COUNTED} from head
       where e.webhook_event_id = head.webhook_event_id and ${STILL_UNDONE}
       returning head.lane, ${BEGUN}
     )
     select * from lease left join begun using (lane)`,
    [now.toString(), options.except, options.limit, options.workerId, options.seconds],
  );
  const heads = new Map<string, Head>();
  for (const { lane, ...row } of rows) {
    heads.set(lane, row.webhook_event_id === null ? undefined : await headOf(sql, lane, row));
  }
  return heads;
}

/** Prolongs the lease of a lane; false if it was lost or given back. */
export async function renewLane(sql: SqlRunner, lane: string, workerId: string, seconds: number): Promise<boolean> {
  const rows = await sql.query(
    `update talk_lane set leased_until = clock_timestamp() + make_interval(secs => $3)
     where lane = $1 and worker_id = $2 returning lane`,
    [lane, workerId, seconds],
  );
  return rows.length > 0;
}

/** Gives a lane back. */
export async function releaseLane(sql: SqlRunner, lane: string, workerId: string): Promise<void> {
  await sql.query(`delete from talk_lane where lane = $1 and worker_id = $2`, [lane, workerId]);
}

/** Begins the next event of a lane that the worker has; undefined if the lane was lost or nothing is left in it. */
export async function beginNext(
  sql: SqlRunner,
  now: Temporal.Instant,
  lane: string,
  lease: { workerId: string; seconds: number },
): Promise<Head> {
  const rows = await sql.query<EventRow>(
    `with lease as (
       update talk_lane set leased_until = clock_timestamp() + make_interval(secs => $5)
       where lane = $3 and worker_id = $4 returning lane
     ), head as (
       select webhook_event_id from line_event
       where ${UNDONE} and ${isOf(lane, '$2')}
       order by occurred_at, webhook_event_id limit 1
     )
     update line_event e set ${COUNTED} from lease
     where e.webhook_event_id = (select webhook_event_id from head) and ${STILL_UNDONE}
     returning ${BEGUN}`,
    [now.toString(), keyOf(lane), lane, lease.workerId, lease.seconds],
  );
  return rows[0] && headOf(sql, lane, rows[0]);
}

async function headOf(sql: SqlRunner, lane: string, row: EventRow): Promise<Head> {
  if (!row.is_due) {
    // Younger events get the due time of the oldest; otherwise the lane would be found due again and again.
    await sql.query(
      `update line_event set next_attempt_at = head.next_attempt_at
       from (select next_attempt_at from line_event where webhook_event_id = $2) head
       where ${UNDONE} and ${isOf(lane, '$1')} and line_event.next_attempt_at < head.next_attempt_at`,
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
 * The result of marking an event as done. `lane-lost`: another worker has taken the lane; `done-before`: the event was handled
 * already. In both cases nothing may be written for it. A lane that is empty now has been given back.
 */
export interface Marked {
  readonly eventId: string;
  readonly mark: 'done' | 'done-before' | 'lane-lost';
  readonly isLaneEmpty: boolean;
}

/** Marks events as done, each of another lane, in the transaction that writes what they lead to. */
export async function markDone(
  sql: SqlRunner,
  now: Temporal.Instant,
  workerId: string,
  done: readonly { eventId: string; lane: string }[],
): Promise<readonly Marked[]> {
  const rows = await sql.query<{ eventId: string; hasLane: boolean; isDone: boolean; isLaneEmpty: boolean }>(
    `with asked as materialized (
       select * from unnest($1::text[], $2::text[]) as asked (webhook_event_id, lane)
     ), mine as materialized (
       select lane from talk_lane where lane in (select lane from asked) and worker_id = $4 order by lane for update
     ), done as (
       update line_event e set done_at = $3, last_error = null from mine join asked using (lane)
       where e.webhook_event_id = asked.webhook_event_id and e.done_at is null returning e.webhook_event_id
     ), emptied as (
       delete from talk_lane using mine join asked using (lane)
       where talk_lane.lane = mine.lane and not exists (
         select from line_event e
         where ${UNDONE} and e.line_user_id = mine.lane and e.webhook_event_id <> asked.webhook_event_id)
       returning talk_lane.lane
     )
     select webhook_event_id as "eventId", lane in (select lane from mine) as "hasLane",
       webhook_event_id in (select webhook_event_id from done) as "isDone",
       lane in (select lane from emptied) as "isLaneEmpty"
     from asked`,
    [done.map(({ eventId }) => eventId), done.map(({ lane }) => lane), now.toString(), workerId],
  );
  return rows.map(({ eventId, hasLane, isDone, isLaneEmpty }) => ({
    eventId,
    mark: !hasLane ? 'lane-lost' : isDone ? 'done' : 'done-before',
    isLaneEmpty,
  }));
}

/** Notes a failure. The event is tried again at `retryAt`; if that is null it is parked, and the lane goes on without it. */
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

/** Whether all events that arrived are filed, and done or parked. */
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

/** A lane that was leased, with nothing to do in it. */
type NoRow = { readonly [Column in keyof EventRow]: null };

const isOf = (lane: string, key: string) =>
  lane.startsWith('event:') ? `(webhook_event_id = ${key} and line_user_id is null)` : `line_user_id = ${key}`;
const keyOf = (lane: string) => (lane.startsWith('event:') ? lane.slice('event:'.length) : lane);
