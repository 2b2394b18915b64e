import type { Temporal } from 'temporal-polyfill';
import { plainArray } from '../db/array-text.ts';
import type { SqlRunner } from '../db/index.ts';

/** Of which interface a hub is. */
export type HubName = 'orders' | 'prepay';

/** A program that wants to be told of what happens. */
export interface Listener {
  readonly listenerId: string;
  readonly hub: HubName;
  readonly callback: string;
  readonly query: string | null;
}

/** False when that callback with that query is one already. */
export async function insertListener(
  sql: SqlRunner,
  now: Temporal.Instant,
  listener: Listener & { readonly eventTypes: readonly string[]; readonly secretCipher: Buffer },
): Promise<boolean> {
  const rows = await sql.query(
    `insert into listener (listener_id, callback, event_types, query, created_at, secret_cipher, hub)
     values ($1, $2, $3::text[], $4, $5, $6, $7)
     on conflict (hub, callback, coalesce(query, '')) where ended_at is null do nothing returning 1`,
    [
      listener.listenerId,
      listener.callback,
      plainArray(listener.eventTypes),
      listener.query,
      now.toString(),
      listener.secretCipher,
      listener.hub,
    ],
  );
  return rows.length > 0;
}

/** How a listener does, for the staff. */
export interface ListenerState extends Listener {
  readonly eventTypes: readonly string[];
  readonly isSigned: boolean;
  readonly createdAt: Temporal.Instant;
  readonly pausedAt: Temporal.Instant | null;
  readonly endedAt: Temporal.Instant | null;
  /** Of the last try: 0 where nobody answered; null before the first. */
  readonly lastStatus: number | null;
  readonly lastTriedAt: Temporal.Instant | null;
  /** Events that wait, and those that were given up. */
  readonly waiting: number;
  readonly failed: number;
  /** Of the event that is next: how often it was tried, and when it is tried again. */
  readonly attempts: number | null;
  readonly nextAttemptAt: Temporal.Instant | null;
}

const STATE = `l.listener_id as "listenerId", l.hub, l.callback, l.query, l.event_types as "eventTypes",
  l.secret_cipher is not null as "isSigned",
  l.created_at as "createdAt", l.paused_at as "pausedAt", l.ended_at as "endedAt", l.last_status as "lastStatus",
  l.last_tried_at as "lastTriedAt", coalesce(counts.waiting, 0) as waiting,
  coalesce(counts.failed, 0) as failed, next.attempts, next.next_attempt_at as "nextAttemptAt"`;

const STATES = `from listener l
  left join lateral (
    select count(*) filter (where state = 'waiting')::integer as waiting,
      count(*) filter (where state = 'failed')::integer as failed
    from listener_event e where e.listener_id = l.listener_id) counts on true
  left join lateral (
    select attempts, next_attempt_at from listener_event e
    where e.listener_id = l.listener_id and e.state = 'waiting' order by e.position limit 1) next on true`;

/** Those who listen, and those who stopped since a moment; the first come first. */
export function loadListenerStates(sql: SqlRunner, endedSince: Temporal.Instant): Promise<readonly ListenerState[]> {
  return sql.query<ListenerState>(
    `select ${STATE} ${STATES} where l.ended_at is null or l.ended_at > $1 order by l.ended_at nulls first, l.created_at`,
    [endedSince.toString()],
  );
}

export async function loadListenerState(sql: SqlRunner, listenerId: string): Promise<ListenerState | null> {
  const rows = await sql.query<ListenerState>(
    `select ${STATE} ${STATES} where l.listener_id = $1 and l.ended_at is null`,
    [listenerId],
  );
  return rows[0] ?? null;
}

/** Brings nothing until it is resumed; what happens meanwhile waits. False when it is so already, or listens no more. */
export async function pauseListener(
  sql: SqlRunner,
  { listenerId, pausedAt }: { listenerId: string; pausedAt: Temporal.Instant | null },
): Promise<boolean> {
  const rows = await sql.query(
    `update listener set paused_at = $2::timestamptz
     where listener_id = $1 and ended_at is null and (paused_at is null) <> ($2::timestamptz is null) returning 1`,
    [listenerId, pausedAt?.toString() ?? null],
  );
  return rows.length > 0;
}

/** What waits is brought at once, not when its pause is over. */
export async function hurryEvents(sql: SqlRunner, now: Temporal.Instant, listenerId: string): Promise<void> {
  await sql.query(
    `update listener_event set next_attempt_at = $2 where listener_id = $1 and state = 'waiting'
     and next_attempt_at > $2`,
    [listenerId, now.toString()],
  );
}

/** What came of the last try. */
export async function noteTry(
  sql: SqlRunner,
  now: Temporal.Instant,
  { listenerId, status }: { listenerId: string; status: number },
): Promise<void> {
  await sql.query('update listener set last_status = $2, last_tried_at = $3 where listener_id = $1', [
    listenerId,
    status,
    now.toString(),
  ]);
}

export async function countListeners(sql: SqlRunner, hub: HubName): Promise<number> {
  const [row] = await sql.query<{ count: number }>(
    'select count(*)::integer as count from listener where hub = $1 and ended_at is null',
    [hub],
  );
  return row?.count ?? 0;
}

/** Listens no more, and what still waited for it stays untold. False when there was none such, at this hub if one is named. */
export async function endListener(
  sql: SqlRunner,
  now: Temporal.Instant,
  { listenerId, hub }: { listenerId: string; hub?: HubName },
): Promise<boolean> {
  const rows = await sql.query(
    `update listener set ended_at = $2 where listener_id = $1 and ended_at is null and ($3::text is null or hub = $3)
     returning 1`,
    [listenerId, now.toString(), hub ?? null],
  );
  if (rows.length === 0) return false;
  await sql.query(
    `update listener_event set state = 'failed', settled_at = $2 where listener_id = $1 and state = 'waiting'`,
    [listenerId, now.toString()],
  );
  return true;
}

/** Puts an event before everybody who listens to its type, in the transaction of what it tells of. */
export async function insertEvent(
  sql: SqlRunner,
  now: Temporal.Instant,
  event: { readonly hub: HubName; readonly eventType: string; readonly payload: object },
): Promise<void> {
  await sql.query(
    `insert into listener_event (event_id, listener_id, payload, created_at, next_attempt_at)
     select gen_random_uuid(), listener_id, $2::jsonb, $3, $3 from listener
     where hub = $4 and ended_at is null and (event_types = '{}' or $1 = any(event_types))`,
    [event.eventType, JSON.stringify(event.payload), now.toString(), event.hub],
  );
}

export interface DueEvent {
  readonly eventId: string;
  readonly listenerId: string;
  readonly callback: string;
  readonly secretCipher: Buffer | null;
  readonly payload: Record<string, unknown>;
  readonly attempts: number;
}

/** What is due for delivery; of one listener only its oldest event that waits, so that they arrive in their order. */
export function loadDueEvents(sql: SqlRunner, now: Temporal.Instant, portion: number): Promise<readonly DueEvent[]> {
  return sql.query<DueEvent>(
    `select e.event_id as "eventId", l.listener_id as "listenerId", l.callback,
       l.secret_cipher as "secretCipher", e.payload, e.attempts
     from listener l cross join lateral (
       select * from listener_event e
       where e.listener_id = l.listener_id and e.state = 'waiting' order by e.position limit 1
     ) e
     where l.ended_at is null and l.paused_at is null and e.next_attempt_at <= $1 order by e.next_attempt_at limit $2`,
    [now.toString(), portion],
  );
}

export async function settleEvent(
  sql: SqlRunner,
  now: Temporal.Instant,
  event: { eventId: string; state: 'delivered' | 'failed' },
): Promise<void> {
  await sql.query(
    'update listener_event set state = $2, settled_at = $3, attempts = attempts + 1 where event_id = $1',
    [event.eventId, event.state, now.toString()],
  );
}

export async function postponeEvent(
  sql: SqlRunner,
  event: { eventId: string; nextAttemptAt: Temporal.Instant },
): Promise<void> {
  await sql.query('update listener_event set attempts = attempts + 1, next_attempt_at = $2 where event_id = $1', [
    event.eventId,
    event.nextAttemptAt.toString(),
  ]);
}

/** Forgets events settled before a moment, a portion. */
export async function deleteSettledEvents(sql: SqlRunner, before: Temporal.Instant, portion: number): Promise<number> {
  const rows = await sql.query(
    `delete from listener_event where event_id in (
       select event_id from listener_event where settled_at < $1 limit $2) returning 1`,
    [before.toString(), portion],
  );
  return rows.length;
}
