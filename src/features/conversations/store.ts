import type { Temporal } from 'temporal-polyfill';
import { newId } from '../../base/ids.ts';
import type { Language } from '../../base/language.ts';
import type { SqlRunner } from '../../infra/db/index.ts';
import { type Content, readContent } from './content.ts';
import type { ClosedBecause, ConversationState } from './rules/state.ts';

/** A conversation as it stands, with what is known of the person. */
export interface Conversation {
  readonly conversationId: string;
  readonly lineUserId: string;
  readonly displayName: string | null;
  /** They have not blocked the official account. */
  readonly canReceive: boolean;
  readonly state: ConversationState;
  readonly origin: 'talk' | 'message';
  readonly language: Language;
  readonly staffId: string | null;
  readonly version: number;
  readonly askedAt: Temporal.Instant;
  readonly queuedAt: Temporal.Instant;
  readonly takenAt: Temporal.Instant | null;
  readonly answeredAt: Temporal.Instant | null;
  readonly personSpokeAt: Temporal.Instant | null;
  readonly staffSpokeAt: Temporal.Instant | null;
  readonly warnedAt: Temporal.Instant | null;
  readonly writingSince: Temporal.Instant | null;
  readonly replyToken: string | null;
  readonly replyUntil: Temporal.Instant | null;
  readonly closedAt: Temporal.Instant | null;
  readonly closedBecause: ClosedBecause | null;
  readonly satisfaction: 1 | 2 | 3 | null;
}

const COLUMNS = `c.conversation_id as "conversationId", c.line_user_id as "lineUserId", a.display_name as "displayName",
  coalesce(a.is_friend, true) as "canReceive", c.state, c.origin, c.language, c.staff_id as "staffId", c.version,
  c.asked_at as "askedAt", c.queued_at as "queuedAt", c.taken_at as "takenAt", c.answered_at as "answeredAt",
  c.person_spoke_at as "personSpokeAt", c.staff_spoke_at as "staffSpokeAt", c.warned_at as "warnedAt", c.writing_since as "writingSince",
  c.reply_token as "replyToken", c.reply_until as "replyUntil", c.closed_at as "closedAt",
  c.closed_because as "closedBecause", c.satisfaction`;
const FROM = `from conversation c left join line_account a using (line_user_id)`;

export async function loadConversation(sql: SqlRunner, conversationId: string): Promise<Conversation | null> {
  const [found] = await sql.query<Conversation>(`select ${COLUMNS} ${FROM} where c.conversation_id = $1`, [
    conversationId,
  ]);
  return found ?? null;
}

/** The same, kept from anybody else until the transaction ends. */
export async function lockConversation(sql: SqlRunner, conversationId: string): Promise<Conversation | null> {
  const [found] = await sql.query<Conversation>(
    `select ${COLUMNS} ${FROM} where c.conversation_id = $1 for update of c`,
    [conversationId],
  );
  return found ?? null;
}

/** What changes; what is left out stays. Every change makes a new version. */
export interface Change {
  readonly state?: ConversationState;
  readonly staffId?: string | null;
  readonly takenAt?: Temporal.Instant;
  readonly writingSince?: Temporal.Instant;
  readonly staffSpokeAt?: Temporal.Instant;
  /** A reply token that is used up. */
  readonly isTokenUsed?: boolean;
  readonly closed?: { readonly at: Temporal.Instant; readonly because: ClosedBecause };
}

/** Answers the new version. */
export async function saveChange(sql: SqlRunner, conversationId: string, change: Change): Promise<number> {
  const [saved] = await sql.query<{ version: number }>(
    `update conversation set version = version + 1,
       state = coalesce($2, state),
       -- From then on the person is not in front of the talk.
       origin = case when $2 = 'left' then 'message' else origin end,
       staff_id = case when $3 then $4::uuid else staff_id end,
       taken_at = coalesce(taken_at, $5::timestamptz),
       staff_spoke_at = coalesce($6::timestamptz, staff_spoke_at),
       answered_at = coalesce(answered_at, $6::timestamptz),
       warned_at = case when $6::timestamptz is null then warned_at end,
       reply_token = case when $7 then null else reply_token end,
       reply_until = case when $7 then null else reply_until end,
       closed_at = coalesce(closed_at, $8::timestamptz), closed_because = coalesce(closed_because, $9),
       writing_since = coalesce($10::timestamptz, writing_since)
     where conversation_id = $1 returning version`,
    [
      conversationId,
      change.state ?? null,
      change.staffId !== undefined,
      change.staffId ?? null,
      change.takenAt?.toString() ?? null,
      change.staffSpokeAt?.toString() ?? null,
      change.isTokenUsed ?? false,
      change.closed?.at.toString() ?? null,
      change.closed?.because ?? null,
      change.writingSince?.toString() ?? null,
    ],
  );
  if (!saved) throw new Error('a conversation that was locked is gone');
  return saved.version;
}

/** One entry of a transcript, as it is written. */
export interface NewMessage {
  readonly conversationId: string;
  readonly at: Temporal.Instant;
  readonly author: 'person' | 'bot' | 'staff' | 'system';
  readonly content: Content;
  readonly staffId?: string;
  readonly webhookEventId?: string;
  readonly lineMessageId?: string;
  readonly outboxId?: string;
  readonly requestId?: string;
}

/**
 * Adds to a transcript; what was added before under the same event or outbox row is left as it is. What we say never
 * stands before what it answers, though LINE's clock, which dates the person's words, may be ahead of ours.
 */
export async function insertMessage(sql: SqlRunner, message: NewMessage): Promise<string> {
  const messageId = newId();
  await sql.query(
    `insert into conversation_message (message_id, conversation_id, at, author, staff_id, content, webhook_event_id,
       line_message_id, outbox_id, request_id)
     values ($1, $2, case when $4 = 'person' then $3::timestamptz else greatest($3::timestamptz, (
       select max(at) from conversation_message where conversation_id = $2)) end, $4, $5, $6, $7, $8, $9, $10)
     on conflict do nothing`,
    [
      messageId,
      message.conversationId,
      message.at.toString(),
      message.author,
      message.staffId ?? null,
      JSON.stringify(message.content),
      message.webhookEventId ?? null,
      message.lineMessageId ?? null,
      message.outboxId ?? null,
      message.requestId ?? null,
    ],
  );
  return messageId;
}

/** What staff did under a request id, if they did. */
export async function findRequest(
  sql: SqlRunner,
  requestId: string,
): Promise<{ conversationId: string; messageId: string; staffId: string | null; content: Content } | null> {
  const [found] = await sql.query<{ conversationId: string; messageId: string; staffId: string; content: unknown }>(
    `select conversation_id as "conversationId", message_id as "messageId", staff_id as "staffId", content
     from conversation_message where request_id = $1`,
    [requestId],
  );
  return found ? { ...found, content: readContent(found.content) } : null;
}

/** One entry of a transcript, as it is shown. */
export interface TranscriptMessage {
  readonly messageId: string;
  readonly at: Temporal.Instant;
  readonly author: 'person' | 'bot' | 'staff' | 'system';
  readonly staffId: string | null;
  readonly content: Content;
  readonly lineMessageId: string | null;
  readonly unsentAt: Temporal.Instant | null;
  /** Of what we sent: whether it reached LINE; `dropped` when the person had blocked the account. Null for all else. */
  readonly delivery: 'waiting' | 'sent' | 'dropped' | 'failed' | 'unknown' | null;
}

/** The whole transcript, in its true order. */
export async function loadTranscript(sql: SqlRunner, conversationId: string): Promise<TranscriptMessage[]> {
  const rows = await sql.query<TranscriptMessage & { content: unknown }>(
    `select m.message_id as "messageId", m.at, m.author, m.staff_id as "staffId", m.content,
       m.line_message_id as "lineMessageId", m.unsent_at as "unsentAt", o.state as delivery
     from conversation_message m left join outbox o using (outbox_id)
     where m.conversation_id = $1 order by m.at, m.position`,
    [conversationId],
  );
  return rows.map((row) => ({ ...row, content: readContent(row.content) }));
}

/** Everything of which time alone may make something. */
export function loadLiving(sql: SqlRunner): Promise<readonly Conversation[]> {
  return sql.query<Conversation>(
    `select ${COLUMNS} ${FROM} where c.state in ('waiting', 'open', 'leaving') order by c.queued_at, c.conversation_id`,
  );
}
