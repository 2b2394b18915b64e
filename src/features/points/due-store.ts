import type { Temporal } from 'temporal-polyfill';
import type { Language } from '../../base/language.ts';
import { plainArray } from '../../infra/db/array-text.ts';
import type { SqlRunner } from '../../infra/db/runner.ts';
import { uuidArray } from '../../infra/db/uuid-array.ts';
import { endingsSql } from '../../ledger/index.ts';
import type { PointEventDetail, PointEventKind } from './facts.ts';

/** The granting for a month as it stands. */
export interface GrantRun {
  readonly month: string;
  /** Everybody up to this contractor has what the month brings; null before the first portion. */
  readonly through: string | null;
  readonly contractors: number;
  readonly doneAt: Temporal.Instant | null;
}

/** The last month that was granted to the end. */
export async function lastGrantedMonth(sql: SqlRunner): Promise<string | null> {
  const [row] = await sql.query<{ month: string | null }>(
    'select max(month) as month from point_grant_run where done_at is not null',
  );
  return row?.month ?? null;
}

/** Opens the run of a month, or finds it where it was left. */
export async function openRun(sql: SqlRunner, month: string, now: Temporal.Instant): Promise<GrantRun> {
  await sql.query('insert into point_grant_run (month, started_at) values ($1, $2) on conflict do nothing', [
    month,
    now.toString(),
  ]);
  const [run] = await sql.query<GrantRun>(
    `select month, through_contractor_id as through, contractors, done_at as "doneAt"
     from point_grant_run where month = $1`,
    [month],
  );
  if (run === undefined) throw new Error(`the run of ${month} is not there`);
  return run;
}

/** Notes how far a run has come. It never goes back: two that worked at once leave the farther one's mark. */
export async function markRun(sql: SqlRunner, run: { month: string; through: string; granted: number }): Promise<void> {
  await sql.query(
    `update point_grant_run set through_contractor_id = $2, contractors = contractors + $3
     where month = $1 and (through_contractor_id is null or through_contractor_id < $2)`,
    [run.month, run.through, run.granted],
  );
}

export async function endRun(sql: SqlRunner, month: string, now: Temporal.Instant): Promise<void> {
  await sql.query('update point_grant_run set done_at = $2 where month = $1 and done_at is null', [
    month,
    now.toString(),
  ]);
}

/**
 * Contractors that had a link around this moment, in id order: who is to be asked. Whether the link stood at the very
 * moment is a rule's matter (`hadLinkAt`).
 */
export async function linkedAround(
  sql: SqlRunner,
  of: { at: Temporal.Instant; after: string; size: number },
): Promise<readonly string[]> {
  const rows = await sql.query<{ id: string }>(
    `select distinct contractor_id as id from contractor_link
     where contractor_id > $2 and linked_at <= $1 and (unlinked_at is null or unlinked_at >= $1)
     order by contractor_id limit $3`,
    [of.at.toString(), of.after, of.size],
  );
  return rows.map(({ id }) => id);
}

/** Which of these contractors have points that have ended and are still in the book. */
export async function haveEnded(
  sql: SqlRunner,
  contractorIds: readonly string[],
  now: Temporal.Instant,
): Promise<readonly string[]> {
  const rows = await sql.query<{ id: string }>(
    `select distinct owner_id as id from ledger_lot
     where owner_id = any($1::uuid[]) and unit = 'point' and remaining > 0 and expires_at <= $2`,
    [uuidArray(contractorIds), now.toString()],
  );
  return rows.map(({ id }) => id);
}

/**
 * Notes whose points end within so many hours and not within so few: once for each contractor, end and window, and only
 * where somebody is linked.
 */
export async function noteEndings(
  sql: SqlRunner,
  of: { now: Temporal.Instant; tellAt: Temporal.Instant; hours: number; notWithinHours: number },
): Promise<number> {
  const rows = await sql.query(
    `insert into point_event (contractor_id, event_id, at, kind, points, balance_after, about, detail, tell_at)
     select ending.owner_id, gen_random_uuid(), $1, 'ending', 0, ending.amount, ending.ms || ':' || $2::text,
            jsonb_build_object('endsMs', ending.ms), $3
     from ${endingsSql('point', { after: '$4', until: '$5' })} as ending
     join contractor c on c.contractor_id = ending.owner_id
     where exists (select from contractor_link l where l.contractor_id = c.contractor_id and l.unlinked_at is null)
     on conflict do nothing
     returning event_id`,
    [
      of.now.toString(),
      of.hours,
      of.tellAt.toString(),
      of.now.add({ hours: of.notWithinHours }).epochMilliseconds,
      of.now.add({ hours: of.hours }).epochMilliseconds,
    ],
  );
  return rows.length;
}

/** Names an event; the contractor leads, as in its key. */
export interface EventKey {
  readonly contractorId: string;
  readonly eventId: string;
}

/** Takes the oldest events that may be told and have not been, to be told in this transaction. */
export function takeEvents(sql: SqlRunner, now: Temporal.Instant, limit: number): Promise<readonly EventKey[]> {
  return sql.query<EventKey>(
    `select contractor_id as "contractorId", event_id as "eventId" from point_event
     where told_at is null and tell_at <= $1
     order by tell_at, event_id limit $2 for update skip locked`,
    [now.toString(), limit],
  );
}

/** An event on its way to one person. */
export interface EventToTell {
  readonly eventId: string;
  readonly kind: PointEventKind;
  readonly points: number;
  /** After the event. */
  readonly balance: number;
  /** When what the contractor has now ends. */
  readonly end: Temporal.Instant | null;
  readonly detail: PointEventDetail;
  readonly lineUserId: string;
  readonly language: Language;
  /** The kinds of notices this person has switched off. */
  readonly off: readonly string[];
}

/** The events with every LINE account that is linked to the contractor now. */
export function whomToTell(
  sql: SqlRunner,
  events: readonly EventKey[],
  now: Temporal.Instant,
): Promise<readonly EventToTell[]> {
  return sql.query<EventToTell>(
    `select e.event_id as "eventId", e.kind, e.points, e.balance_after as balance, e.detail,
            (select max(l.expires_at) from ledger_lot l
             where l.owner_id = e.contractor_id and l.expires_at > $3 and l.remaining > 0) as end,
            k.line_user_id as "lineUserId", coalesce(a.language, 'ja') as language,
            array(select o.kind from notice_off o where o.line_user_id = k.line_user_id) as off
     from unnest($1::uuid[], $2::uuid[]) as asked (contractor_id, event_id)
     join point_event e using (contractor_id, event_id)
     join contractor_link k on k.contractor_id = e.contractor_id and k.unlinked_at is null
     left join line_account a on a.line_user_id = k.line_user_id
     order by e.tell_at, e.event_id, k.line_user_id`,
    [...keysOf(events), now.toString()],
  );
}

export async function markTold(sql: SqlRunner, events: readonly EventKey[], now: Temporal.Instant): Promise<void> {
  await sql.query(
    `update point_event as e set told_at = $3
     from unnest($1::uuid[], $2::uuid[]) as told (contractor_id, event_id)
     where e.contractor_id = told.contractor_id and e.event_id = told.event_id`,
    [...keysOf(events), now.toString()],
  );
}

function keysOf(events: readonly EventKey[]): [string, string] {
  return [plainArray(events.map(({ contractorId }) => contractorId)), plainArray(events.map(({ eventId }) => eventId))];
}
