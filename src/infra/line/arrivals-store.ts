import type { Temporal } from 'temporal-polyfill';
import { type SqlRunner, sqlState } from '../db/index.ts';

/** Events older than this are filed as done: their ids stay known, and they change nothing. */
const TOO_OLD = '24 hours';
/** Each holds what one insert of the door stored, seldom more than a few dozen events. */
const AT_ONCE = 16;

/** Keeps what came, as it came. `events` are JSON texts that `jsonb` takes. */
export async function keepArrival(sql: SqlRunner, now: Temporal.Instant, events: readonly string[]): Promise<void> {
  await sql.query('insert into line_arrival (received_at, events) values ($1, $2)', [
    now.toString(),
    `[${events.join()}]`,
  ]);
}

/**
 * Files what has come, an event a row; ids seen before are left as they are. Answers how many arrivals there were. Of two
 * processes the second waits for the first, so that a person's events are filed in the order they came.
 *
 * An arrival that the database cannot read must not hold up all others: it is set aside with the reason, and told.
 */
export async function fileArrivals(sql: SqlRunner, onRefused: (error: unknown) => void): Promise<number> {
  let filed = 0;
  for (let portion = AT_ONCE; portion === AT_ONCE; filed += portion) portion = await filePortion(sql, onRefused);
  return filed;
}

async function filePortion(sql: SqlRunner, onRefused: (error: unknown) => void): Promise<number> {
  try {
    return await file(sql, `refusal is null order by arrival_id limit ${AT_ONCE}`, []);
  } catch (error) {
    if (!isUnreadable(error)) throw error;
  }
  const waiting = await sql.query<{ id: number }>(
    `select arrival_id as id from line_arrival where refusal is null order by arrival_id limit ${AT_ONCE}`,
  );
  for (const { id } of waiting) {
    try {
      await file(sql, 'refusal is null and arrival_id = $1', [id]);
    } catch (error) {
      if (!isUnreadable(error)) throw error;
      await sql.query('update line_arrival set refusal = $2 where arrival_id = $1', [id, sqlState(error)]);
      onRefused(error);
    }
  }
  return waiting.length;
}

/**
 * Takes arrivals and files their events in one statement. It does not wait for the disk: should it be lost, the arrivals are
 * still there, and whatever is made of the events waits for itself and for all before it.
 */
async function file(sql: SqlRunner, which: string, values: readonly unknown[]): Promise<number> {
  const rows = await sql.query<{ count: number }>(
    `with unhurried as materialized (select set_config('synchronous_commit', 'off', true)),
     taken as (
       delete from line_arrival where arrival_id in (
         select arrival_id from line_arrival where (select true from unhurried) and ${which} for update)
       returning arrival_id, received_at, events
     ), filed as (
       insert into line_event
         (webhook_event_id, line_user_id, event_type, occurred_at, received_at, payload, next_attempt_at, done_at)
       select event ->> 'webhookEventId', substring(event #>> '{source,userId}' from '^U[0-9a-f]{32}$'), event ->> 'type',
              occurred_at, received_at, event, received_at,
              case when occurred_at < received_at - interval '${TOO_OLD}' then received_at end
       from taken, jsonb_array_elements(events::jsonb) as event,
            to_timestamp((event ->> 'timestamp')::numeric / 1000) as occurred_at
       order by arrival_id
       on conflict (webhook_event_id) do nothing
     )
     select count(*) as count from taken`,
    values,
  );
  return rows[0]?.count ?? 0;
}

/** Whether this error would come again whenever the same is read: its data, or its depth. */
function isUnreadable(error: unknown): boolean {
  const state = sqlState(error) ?? '';
  return state.startsWith('22') || state.startsWith('23') || state === '54001';
}
