import type { Temporal } from 'temporal-polyfill';
import { type SqlRunner, sqlState } from '../../db/index.ts';

/** Events older than this are filed as done: they change nothing, but their ids are known if they come again. */
const TOO_OLD = '24 hours';
/** How many arrivals are filed together. Each is one insert of the webhook, seldom more than a few dozen events. */
const AT_ONCE = 16;

/** Stores events as they came. `events` are JSON texts that `jsonb` accepts. */
export async function keepArrival(sql: SqlRunner, now: Temporal.Instant, events: readonly string[]): Promise<void> {
  await sql.query('insert into line_arrival (received_at, events) values ($1, $2)', [
    now.toString(),
    `[${events.join()}]`,
  ]);
}

/**
 * Makes each stored event a row of `line_event`; an id that is already there stays as it is. Answers how many arrivals there
 * were. If two processes do this at once, the second waits for the first, so a person's events are filed in the order they came.
 *
 * An arrival that the database cannot read must not hold up the others: it is marked with the error, and `onRefused` is called.
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
 * Takes arrivals and files their events in one statement. Its commit does not wait for the disk: if it is lost, the arrivals are
 * still there; and the commit of whatever comes of the events waits for the disk, which covers this one, too.
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

/** Whether reading the same data would always fail like this: wrong values, or nested too deeply. */
function isUnreadable(error: unknown): boolean {
  const state = sqlState(error) ?? '';
  return state.startsWith('22') || state.startsWith('23') || state === '54001';
}
