import type { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { Language } from '../../../base/language.ts';
import type { SqlRunner } from '../../db/index.ts';
import type { Message } from '../talk.ts';
import type { Attempted } from './rules.ts';

/** A row taken for one try. */
export interface LeasedRow extends Attempted {
  readonly outboxId: string;
  readonly lineUserId: string;
  readonly replyToken: string | null;
  readonly content:
    | { readonly messages: readonly Message[] }
    | { readonly menu: string }
    | { readonly wording: string; readonly facts: unknown };
  /** The person's language. */
  readonly language: Language;
  readonly createdAt: Temporal.Instant;
  /** The person is in a conversation with staff, or waits for one: what is sent belongs to its transcript. */
  readonly isInConversation: boolean;
  /** LINE's name of the person whom the text names. */
  readonly otherName: string | null;
}

/**
 * Takes each person's oldest row (of messages and of menus) if it is due and not being sent, and counts the try before it
 * happens. A row never overtakes an older one of the same person and kind, nor anything still in a parcel. Leases follow the
 * database's clock, so that changing the program's clock neither frees nor prolongs them.
 */
export async function leaseRows(
  sql: SqlRunner,
  now: Temporal.Instant,
  options: { limit: number; leaseSeconds: number },
): Promise<LeasedRow[]> {
  const rows = await sql.query<Row>(
    `with due as (
       select o.outbox_id, o.line_user_id, o.is_reply_uncertain, o.body ->> 'named' as named from outbox o
       where o.state = 'waiting' and o.next_attempt_at <= $1
         and (o.leased_until is null or o.leased_until <= clock_timestamp())
         -- "is true": looked at row by row. Without it everything older would be gathered by its age, and sorted.
         and (o.created_at <= coalesce((select min(created_at) from outbox_parcel), 'infinity')) is true
         -- A scalar subquery on purpose: the planner cannot turn it into a join over everything that waits, and stops
         -- at the limit instead (20,000 waiting: 20 times as fast).
         and o.outbox_id = (
           select oldest.outbox_id from outbox oldest
           where oldest.line_user_id = o.line_user_id and oldest.kind = o.kind and oldest.state = 'waiting'
           order by oldest.created_at, oldest.outbox_id limit 1)
       order by o.next_attempt_at, o.outbox_id
       limit $2
       for update of o skip locked
     )
     update outbox o set
       attempts = o.attempts + 1,
       first_tried_at = coalesce(o.first_tried_at, $1),
       leased_until = clock_timestamp() + make_interval(secs => $3),
       -- From here on a try may be under way that nobody lives to tell of.
       is_reply_uncertain = o.is_reply_uncertain or (o.reply_token is not null and o.reply_until > $1)
     from due
     left join line_account person using (line_user_id)
     left join line_account other on other.line_user_id = due.named
     where o.outbox_id = due.outbox_id
     returning o.outbox_id, o.line_user_id, o.kind, o.reply_token, o.reply_until, o.body, o.attempts, o.first_tried_at,
       due.is_reply_uncertain, coalesce(person.is_friend, true) as can_receive,
       coalesce(person.language, 'ja') as language, other.display_name as other_name, o.created_at,
       exists (select from conversation c where c.line_user_id = o.line_user_id and c.state <> 'closed'
               and c.state <> 'left') as is_in_conversation`,
    [now.toString(), options.limit, options.leaseSeconds],
  );
  return [...rows]
    .sort((a, b) => (a.outbox_id < b.outbox_id ? -1 : 1))
    .map((row) => ({
      outboxId: row.outbox_id,
      lineUserId: row.line_user_id,
      kind: row.kind,
      canReceive: row.can_receive,
      replyToken: row.reply_token,
      hasReplyToken: row.reply_token !== null,
      replyUntil: row.reply_until,
      isReplyUncertain: row.is_reply_uncertain,
      firstTriedAt: row.first_tried_at,
      attempts: row.attempts,
      content: row.kind === 'message' ? messageBody.parse(row.body) : menuBody.parse(row.body),
      language: row.language,
      otherName: row.other_name,
      createdAt: row.created_at,
      isInConversation: row.is_in_conversation,
    }));
}

/** The outcome of a try. `retryAt` null: there is no other. */
export interface Settlement {
  readonly outboxId: string;
  readonly state: 'waiting' | 'sent' | 'dropped' | 'failed' | 'unknown';
  readonly retryAt: Temporal.Instant | null;
  readonly isReplyUncertain: boolean;
  readonly requestId: string | null;
  readonly error: string | null;
}

/** Writes the outcomes of many tries in one statement, and removes the reply token of finished rows. */
export async function settleRows(
  sql: SqlRunner,
  now: Temporal.Instant,
  settlements: readonly Settlement[],
): Promise<void> {
  const ordered = [...settlements].sort((a, b) => (a.outboxId < b.outboxId ? -1 : 1));
  await sql.query(
    `update outbox o set
       state = s.state,
       settled_at = case when s.state <> 'waiting' then $7::timestamptz end,
       reply_token = case when s.state = 'waiting' then o.reply_token end,
       next_attempt_at = coalesce(s.retry_at::timestamptz, o.next_attempt_at),
       is_reply_uncertain = s.is_reply_uncertain,
       leased_until = null,
       line_request_id = coalesce(s.request_id, o.line_request_id),
       last_error = s.error
     from unnest($1::text[], $2::text[], $3::text[], $4::boolean[], $5::text[], $6::text[])
       as s (outbox_id, state, retry_at, is_reply_uncertain, request_id, error)
     -- "is true": by key, never by walking through the index of everything that waits.
     where o.outbox_id = s.outbox_id::uuid and (o.state = 'waiting') is true`,
    [
      ordered.map((row) => row.outboxId),
      ordered.map((row) => row.state),
      ordered.map((row) => row.retryAt?.toString() ?? null),
      ordered.map((row) => row.isReplyUncertain),
      ordered.map((row) => row.requestId),
      ordered.map((row) => row.error?.slice(0, 500) ?? null),
      now.toString(),
    ],
  );
}

/** LINE has refused the reply token: makes the row a push, before the push is tried. */
export async function turnIntoPush(sql: SqlRunner, outboxId: string): Promise<void> {
  await sql.query(`update outbox set reply_token = null, is_reply_uncertain = false where outbox_id = $1`, [outboxId]);
}

/** How many rows and parcels still wait to be sent; counting stops at a thousand. */
export async function countWaiting(sql: SqlRunner): Promise<number> {
  const rows = await sql.query<{ count: number }>(
    `select count(*) as count from (
       select from outbox where state = 'waiting' union all select from outbox_parcel limit 1000) counted`,
  );
  return rows[0]?.count ?? 0;
}

interface Row {
  outbox_id: string;
  line_user_id: string;
  kind: 'message' | 'rich-menu';
  reply_token: string | null;
  reply_until: Temporal.Instant | null;
  body: unknown;
  attempts: number;
  first_tried_at: Temporal.Instant;
  is_reply_uncertain: boolean;
  can_receive: boolean;
  language: Language;
  other_name: string | null;
  created_at: Temporal.Instant;
  is_in_conversation: boolean;
}

/** The content was written by us (see outbox.ts), so only its outer form is checked. */
const messageBody = z.union([
  z.object({ messages: z.array(z.custom<Message>((part) => typeof part === 'object')) }),
  z.object({ wording: z.string(), facts: z.unknown() }),
]);
const menuBody = z.object({ menu: z.string() });
