import type { Temporal } from 'temporal-polyfill';
import { isId } from '../../../base/ids.ts';
import type { SqlRunner } from '../../../infra/db/index.ts';

/** Something that was to go to LINE and did not arrive, or may not have. */
export interface LostMessage {
  readonly outboxId: string;
  readonly lineUserId: string;
  readonly displayName: string | null;
  readonly kind: 'message' | 'rich-menu';
  readonly state: 'failed' | 'unknown';
  readonly createdAt: Temporal.Instant;
  readonly attempts: number;
  readonly error: string | null;
  /** Whether somebody has sent it again, as a new message. */
  readonly isSentAgain: boolean;
}

const LOST = `o.outbox_id as "outboxId", o.line_user_id as "lineUserId", a.display_name as "displayName", o.kind, o.state,
  o.created_at as "createdAt", o.attempts, o.last_error as error,
  exists (select from outbox again where again.dedupe_key = 'sent-again:' || o.outbox_id) as "isSentAgain"`;

export function loadLost(sql: SqlRunner, limit: number): Promise<readonly LostMessage[]> {
  return sql.query<LostMessage>(
    `select ${LOST} from outbox o left join line_account a using (line_user_id)
     where o.state in ('failed', 'unknown') order by o.created_at desc, o.outbox_id limit $1`,
    [limit],
  );
}

/** One of them. */
export async function findLost(sql: SqlRunner, outboxId: string): Promise<LostMessage | null> {
  if (!isId(outboxId)) return null;
  const [lost] = await sql.query<LostMessage>(
    `select ${LOST} from outbox o left join line_account a using (line_user_id)
     where o.outbox_id = $1 and o.state in ('failed', 'unknown')`,
    [outboxId],
  );
  return lost ?? null;
}

/** The same words as a new message of its own; once for each that was lost. False when it was sent again before. */
export async function sendAgain(
  sql: SqlRunner,
  now: Temporal.Instant,
  again: { outboxId: string; newOutboxId: string },
): Promise<boolean> {
  const rows = await sql.query(
    `insert into outbox (outbox_id, line_user_id, kind, body, dedupe_key, created_at, next_attempt_at)
     select $2, line_user_id, kind, body, 'sent-again:' || outbox_id, $3, $3 from outbox where outbox_id = $1
     on conflict (dedupe_key) where dedupe_key is not null do nothing returning 1`,
    [again.outboxId, again.newOutboxId, now.toString()],
  );
  return rows.length > 0;
}

/** What LINE refused because the month's messages were used up, as long as saying it is still worth something. */
const OVER_ALLOWANCE = `o.state = 'failed' and o.kind = 'message' and o.last_error ~* '^429 .*monthly limit'
  and o.created_at > $1
  and not exists (select from outbox again where again.dedupe_key = 'sent-again:' || o.outbox_id)`;

export async function countOverAllowance(sql: SqlRunner, since: Temporal.Instant): Promise<number> {
  const [row] = await sql.query<{ count: number }>(
    `select count(*)::integer as count from outbox o where ${OVER_ALLOWANCE}`,
    [since.toString()],
  );
  return row?.count ?? 0;
}

/** All of them as new messages, in their order; each once. Answers how many. */
export async function sendAllAgain(sql: SqlRunner, now: Temporal.Instant, since: Temporal.Instant): Promise<number> {
  const rows = await sql.query(
    `insert into outbox (outbox_id, line_user_id, kind, body, dedupe_key, created_at, next_attempt_at)
     select gen_random_uuid(), line_user_id, kind, body, 'sent-again:' || outbox_id,
            $2::timestamptz + row_number() over (order by created_at, outbox_id) * interval '1 microsecond', $2
     from outbox o where ${OVER_ALLOWANCE}
     on conflict (dedupe_key) where dedupe_key is not null do nothing returning 1`,
    [since.toString(), now.toString()],
  );
  return rows.length;
}

/** What a person did that could not be handled, after several tries. */
export interface ParkedEvent {
  readonly eventId: string;
  readonly eventType: string;
  readonly occurredAt: Temporal.Instant;
  readonly attempts: number;
  readonly error: string | null;
}

const PARKED = `webhook_event_id as "eventId", event_type as "eventType", occurred_at as "occurredAt", attempts,
  last_error as error`;

export function loadParked(sql: SqlRunner, limit: number): Promise<readonly ParkedEvent[]> {
  return sql.query<ParkedEvent>(
    `select ${PARKED} from line_event
     where parked_at is not null order by parked_at desc, webhook_event_id limit $1`,
    [limit],
  );
}

/** One of them. */
export async function findParked(sql: SqlRunner, eventId: string): Promise<ParkedEvent | null> {
  const [parked] = await sql.query<ParkedEvent>(
    `select ${PARKED} from line_event where webhook_event_id = $1 and parked_at is not null`,
    [eventId],
  );
  return parked ?? null;
}

/** Lets the talk worker take it once more, from the first try on. False when somebody else has done so. */
export async function unpark(sql: SqlRunner, now: Temporal.Instant, eventId: string): Promise<boolean> {
  const rows = await sql.query(
    `update line_event set parked_at = null, attempts = 0, next_attempt_at = $2
     where webhook_event_id = $1 and parked_at is not null returning 1`,
    [eventId, now.toString()],
  );
  return rows.length > 0;
}

/** Whether the talk worker has such an event, or has had it. */
export async function isTakenUp(sql: SqlRunner, eventId: string): Promise<boolean> {
  const rows = await sql.query('select from line_event where webhook_event_id = $1 and parked_at is null', [eventId]);
  return rows.length > 0;
}

/** How many need somebody: lost and not sent again, and parked. */
export async function countLost(sql: SqlRunner): Promise<number> {
  const [counted] = await sql.query<{ count: number }>(
    `select (select count(*) from outbox o where o.state in ('failed', 'unknown') and o.kind = 'message'
               and not exists (select from outbox again where again.dedupe_key = 'sent-again:' || o.outbox_id))::integer
          + (select count(*) from line_event where parked_at is not null)::integer as count`,
  );
  return counted?.count ?? 0;
}
