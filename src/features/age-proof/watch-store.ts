import type { Temporal } from 'temporal-polyfill';
import type { SqlRunner } from '../../infra/db/index.ts';
import type { WatchEnd, WatchedPercent } from './rules/volume.ts';

/** A partner that wants to hear when a share of the month's data is used. */
export interface Watch {
  readonly watchId: string;
  readonly partnerId: string;
  readonly subscriptionId: string;
  /** Of the consent it rests on; null under contract. */
  readonly grantHash: Buffer | null;
  readonly percent: WatchedPercent;
  readonly sink: string;
  readonly credentialSealed: Buffer | null;
  readonly credentialEndsAt: Temporal.Instant | null;
  /** Told back where the request named it. */
  readonly phoneNumber: string | null;
  readonly maxEvents: number | null;
  readonly wantsInitial: boolean;
  readonly expiresAt: Temporal.Instant | null;
  readonly startedAt: Temporal.Instant;
  readonly reachedMonth: string | null;
  readonly eventCount: number;
}

const WATCH = `volume_watch_id as "watchId", partner_id as "partnerId", subscription_id as "subscriptionId",
  grant_hash as "grantHash", percent, sink, credential_sealed as "credentialSealed",
  credential_ends_at as "credentialEndsAt", phone_number as "phoneNumber", max_events as "maxEvents",
  wants_initial as "wantsInitial", expires_at as "expiresAt", started_at as "startedAt",
  reached_month as "reachedMonth", event_count as "eventCount"`;

export async function insertWatch(sql: SqlRunner, watch: Watch): Promise<void> {
  await sql.query(
    `insert into volume_watch (volume_watch_id, partner_id, subscription_id, grant_hash, percent, sink,
       credential_sealed, credential_ends_at, phone_number, max_events, wants_initial, expires_at, started_at,
       reached_month, event_count)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
    [
      watch.watchId,
      watch.partnerId,
      watch.subscriptionId,
      watch.grantHash,
      watch.percent,
      watch.sink,
      watch.credentialSealed,
      watch.credentialEndsAt?.toString() ?? null,
      watch.phoneNumber,
      watch.maxEvents,
      watch.wantsInitial,
      watch.expiresAt?.toString() ?? null,
      watch.startedAt.toString(),
      watch.reachedMonth,
      watch.eventCount,
    ],
  );
}

/** A partner's own standing watches; with `subscriptionId` only those about it, with `watchId` that one. */
export function loadWatches(
  sql: SqlRunner,
  of: { partnerId: string; subscriptionId: string | null; watchId?: string },
): Promise<readonly Watch[]> {
  return sql.query<Watch>(
    `select ${WATCH} from volume_watch
     where partner_id = $1 and ended_at is null and ($2::uuid is null or subscription_id = $2)
       and ($3::uuid is null or volume_watch_id = $3)
     order by started_at, volume_watch_id`,
    [of.partnerId, of.subscriptionId, of.watchId ?? null],
  );
}

export async function countWatches(sql: SqlRunner, of: { partnerId: string; subscriptionId: string }): Promise<number> {
  return (await loadWatches(sql, of)).length;
}

/** Standing watches in the order of their ids, after one: a portion at a time. */
export function loadWatchesAfter(sql: SqlRunner, after: string, portion: number): Promise<readonly Watch[]> {
  return sql.query<Watch>(
    `select ${WATCH} from volume_watch where ended_at is null and volume_watch_id > $1
     order by volume_watch_id limit $2`,
    [after, portion],
  );
}

/** Marks a share as used in a month; false when that was known, or the watch has ended. */
export async function markReached(
  sql: SqlRunner,
  mark: { watchId: string; month: string; isTold: boolean },
): Promise<boolean> {
  const rows = await sql.query(
    `update volume_watch set reached_month = $2, event_count = event_count + $3
     where volume_watch_id = $1 and ended_at is null and reached_month is distinct from $2 returning 1`,
    [mark.watchId, mark.month, mark.isTold ? 1 : 0],
  );
  return rows.length > 0;
}

/** Ends a watch; false when it has ended before. */
export async function endWatch(
  sql: SqlRunner,
  now: Temporal.Instant,
  end: { watchId: string; because: WatchEnd },
): Promise<boolean> {
  const rows = await sql.query(
    `update volume_watch set ended_at = $2, ended_because = $3 where volume_watch_id = $1 and ended_at is null returning 1`,
    [end.watchId, now.toString(), end.because],
  );
  return rows.length > 0;
}

export async function insertEvent(
  sql: SqlRunner,
  now: Temporal.Instant,
  event: { eventId: string; watchId: string; payload: object },
): Promise<void> {
  await sql.query(
    `insert into volume_event (volume_event_id, volume_watch_id, payload, created_at, next_attempt_at)
     values ($1, $2, $3, $4, $4)`,
    [event.eventId, event.watchId, JSON.stringify(event.payload), now.toString()],
  );
}

export interface DueEvent {
  readonly eventId: string;
  readonly watchId: string;
  readonly payload: unknown;
  readonly attempts: number;
  readonly sink: string;
  readonly credentialSealed: Buffer | null;
}

/** What is due for delivery; of one watch only its oldest event that waits, so that they arrive in their order. */
export function loadDueEvents(sql: SqlRunner, now: Temporal.Instant, portion: number): Promise<readonly DueEvent[]> {
  return sql.query<DueEvent>(
    `select * from (
       select distinct on (e.volume_watch_id) e.volume_event_id as "eventId", e.volume_watch_id as "watchId", e.payload,
         e.attempts, w.sink, w.credential_sealed as "credentialSealed", e.next_attempt_at
       from volume_event e join volume_watch w using (volume_watch_id)
       where e.state = 'waiting'
       order by e.volume_watch_id, e.created_at, e.volume_event_id) oldest
     where next_attempt_at <= $1
     order by next_attempt_at
     limit $2`,
    [now.toString(), portion],
  );
}

/** How a partner's events fare: those that wait, since when the oldest does, and what became of the others so far kept. */
export interface EventFigures {
  readonly waiting: number;
  readonly oldest: Temporal.Instant | null;
  readonly delivered: number;
  readonly failed: number;
}

export async function loadEventFigures(sql: SqlRunner, partnerId: string): Promise<EventFigures> {
  const [row] = await sql.query<EventFigures>(
    `select count(*) filter (where e.state = 'waiting')::integer as waiting,
       min(e.created_at) filter (where e.state = 'waiting') as oldest,
       count(*) filter (where e.state = 'delivered')::integer as delivered,
       count(*) filter (where e.state = 'failed')::integer as failed
     from volume_event e join volume_watch w using (volume_watch_id) where w.partner_id = $1`,
    [partnerId],
  );
  return row ?? { waiting: 0, oldest: null, delivered: 0, failed: 0 };
}

/** Events that were tried at least so often and still wait, of all partners. */
export async function countTriedEvents(sql: SqlRunner, tries: number): Promise<number> {
  const [row] = await sql.query<{ count: number }>(
    `select count(*)::integer as count from volume_event where state = 'waiting' and attempts >= $1`,
    [tries],
  );
  return row?.count ?? 0;
}

export async function settleEvent(
  sql: SqlRunner,
  now: Temporal.Instant,
  event: { eventId: string; state: 'delivered' | 'failed' },
): Promise<void> {
  await sql.query(
    `update volume_event set state = $2, settled_at = $3, attempts = attempts + 1 where volume_event_id = $1`,
    [event.eventId, event.state, now.toString()],
  );
}

export async function postponeEvent(
  sql: SqlRunner,
  event: { eventId: string; nextAttemptAt: Temporal.Instant },
): Promise<void> {
  await sql.query(`update volume_event set attempts = attempts + 1, next_attempt_at = $2 where volume_event_id = $1`, [
    event.eventId,
    event.nextAttemptAt.toString(),
  ]);
}

/** Nobody is there to hear the rest. */
export async function dropEvents(sql: SqlRunner, now: Temporal.Instant, watchId: string): Promise<void> {
  await sql.query(
    `update volume_event set state = 'failed', settled_at = $2 where volume_watch_id = $1 and state = 'waiting'`,
    [watchId, now.toString()],
  );
}

/** What waits to be told under consents that are taken back stays untold. */
export async function dropEventsOfGrants(
  sql: SqlRunner,
  now: Temporal.Instant,
  grantHashes: readonly Buffer[],
): Promise<void> {
  await sql.query(
    `update volume_event e set state = 'failed', settled_at = $2 from volume_watch w
     where w.volume_watch_id = e.volume_watch_id and w.grant_hash = any ($1::bytea[]) and e.state = 'waiting'`,
    [grantHashes, now.toString()],
  );
}

/** Forgets events long settled, and watches long ended with nothing left to tell. */
export async function deleteOldEvents(sql: SqlRunner, before: Temporal.Instant, portion: number): Promise<number> {
  const events = await sql.query(
    `delete from volume_event where volume_event_id in (
       select volume_event_id from volume_event where settled_at < $1 limit $2) returning 1`,
    [before.toString(), portion],
  );
  const watches = await sql.query(
    `delete from volume_watch w where volume_watch_id in (
       select volume_watch_id from volume_watch where ended_at < $1 limit $2)
       and not exists (select from volume_event e where e.volume_watch_id = w.volume_watch_id) returning 1`,
    [before.toString(), portion],
  );
  return events.length + watches.length;
}
