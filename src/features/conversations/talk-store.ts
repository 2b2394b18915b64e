import type { Temporal } from 'temporal-polyfill';
import type { Language } from '../../base/language.ts';
import type { SqlRunner } from '../../infra/db/index.ts';
import type { Written } from './rules/left-message.ts';
import type { Served } from './rules/queue.ts';
import type { ConversationState } from './rules/state.ts';

interface Live {
  readonly conversationId: string;
  readonly state: ConversationState;
  readonly begunByEvent: string;
}

/** People's conversations that are not closed: asked of every event in a talk, so by their index alone. */
export async function findLives(sql: SqlRunner, lineUserIds: readonly string[]): Promise<ReadonlyMap<string, Live>> {
  const rows = await sql.query<Live & { lineUserId: string }>(
    `select line_user_id as "lineUserId", conversation_id as "conversationId", state, begun_by_event as "begunByEvent"
     from conversation where line_user_id = any($1::text[]) and state <> 'closed'`,
    [lineUserIds],
  );
  return new Map(rows.map(({ lineUserId, ...live }) => [lineUserId, live]));
}

/** The person's conversation that is not closed, if there is one. */
export async function findLive(sql: SqlRunner, lineUserId: string): Promise<Live | null> {
  return (await findLives(sql, [lineUserId])).get(lineUserId) ?? null;
}

/** The queue's length is decided on by one at a time. */
export async function lockQueue(sql: SqlRunner): Promise<void> {
  await sql.query(`select pg_advisory_xact_lock(hashtextextended('conversation queue', 0))`);
}

export async function countWaiting(sql: SqlRunner): Promise<number> {
  const [counted] = await sql.query<{ count: number }>(
    `select count(*)::integer as count from conversation where state = 'waiting'`,
  );
  return counted?.count ?? 0;
}

/** False when the event had begun one before, or the person has one. */
export async function insertConversation(
  sql: SqlRunner,
  begun: {
    conversationId: string;
    lineUserId: string;
    state: 'waiting' | 'leaving';
    language: Language;
    eventId: string;
    at: Temporal.Instant;
    firstPosition: number | null;
  },
): Promise<boolean> {
  const rows = await sql.query(
    `insert into conversation (conversation_id, line_user_id, state, origin, language, begun_by_event, asked_at, queued_at,
       first_position, told_position, told_at, writing_since)
     values ($1, $2, $3, case $3 when 'waiting' then 'talk' else 'message' end, $4, $5, $6, $6, $7, $7, $6,
       case $3 when 'leaving' then $6::timestamptz end)
     on conflict do nothing returning 1`,
    [
      begun.conversationId,
      begun.lineUserId,
      begun.state,
      begun.language,
      begun.eventId,
      begun.at.toString(),
      begun.firstPosition,
    ],
  );
  return rows.length > 0;
}

/** Its place among those who wait; 1 is next. */
export async function positionOf(sql: SqlRunner, conversationId: string): Promise<number> {
  const [found] = await sql.query<{ position: number }>(
    `select count(*)::integer as position from conversation c, conversation mine
     where mine.conversation_id = $1 and c.state = 'waiting'
       and (c.queued_at, c.conversation_id) <= (mine.queued_at, mine.conversation_id)`,
    [conversationId],
  );
  return Math.max(found?.position ?? 1, 1);
}

/** Those who were taken out of the queue lately, the last ones first. */
export function loadServed(sql: SqlRunner, since: Temporal.Instant): Promise<readonly Served[]> {
  return sql.query<Served>(
    `select first_position as position, extract(epoch from taken_at - asked_at)::float8 as "waitedSeconds"
     from conversation where taken_at > $1 and origin = 'talk' and first_position is not null order by taken_at desc limit 20`,
    [since.toString()],
  );
}

/** When a person's last conversation that staff had answered ended: what was said before it has been handed over once. */
export async function lastClosedAt(sql: SqlRunner, lineUserId: string): Promise<Temporal.Instant | null> {
  const [found] = await sql.query<{ closedAt: Temporal.Instant | null }>(
    `select max(closed_at) as "closedAt" from conversation where line_user_id = $1 and answered_at is not null`,
    [lineUserId],
  );
  return found?.closedAt ?? null;
}

/** The person said something: silence begins anew, and their reply token can be answered with. */
export async function savePersonSpoke(
  sql: SqlRunner,
  spoke: {
    conversationId: string;
    at: Temporal.Instant;
    reply: { token: string; until: Temporal.Instant } | null;
    readToken: string | null;
  },
): Promise<void> {
  await sql.query(
    `update conversation set version = version + 1, person_spoke_at = greatest(person_spoke_at, $2), warned_at = null,
       reply_token = coalesce($3, reply_token), reply_until = coalesce($4::timestamptz, reply_until),
       read_token = coalesce($5, read_token)
     where conversation_id = $1`,
    [
      spoke.conversationId,
      spoke.at.toString(),
      spoke.reply?.token ?? null,
      spoke.reply?.until.toString() ?? null,
      spoke.readToken,
    ],
  );
}

/** Notes what a person was told: that it will end, or their place. */
export async function saveTold(
  sql: SqlRunner,
  now: Temporal.Instant,
  told: { conversationId: string; position?: number; isWarned?: boolean },
): Promise<void> {
  await sql.query(
    `update conversation set version = version + 1,
       warned_at = case when $3 then $2 else warned_at end,
       told_position = coalesce($4, told_position),
       told_at = case when $4::integer is null then told_at else $2::timestamptz end
     where conversation_id = $1`,
    [told.conversationId, now.toString(), told.isWarned ?? false, told.position ?? null],
  );
}

/** Those who wait, in order, with what they were told. */
export function loadQueue(
  sql: SqlRunner,
): Promise<readonly { conversationId: string; toldPosition: number; toldAt: Temporal.Instant }[]> {
  return sql.query(
    `select conversation_id as "conversationId", coalesce(told_position, 1) as "toldPosition",
       coalesce(told_at, queued_at) as "toldAt"
     from conversation where state = 'waiting' order by queued_at, conversation_id`,
  );
}

/** A message the person took back: what it said goes, that there was one stays. Answers which conversations held it. */
export async function saveUnsent(
  sql: SqlRunner,
  unsent: { lineUserId: string; lineMessageId: string; at: Temporal.Instant },
): Promise<readonly { messageId: string }[]> {
  return sql.query(
    `update conversation_message m set unsent_at = $3,
       content = jsonb_build_object('kind', 'unsent', 'was', m.content ->> 'kind')
     from conversation c
     where m.line_message_id = $2 and c.conversation_id = m.conversation_id and c.line_user_id = $1
       and m.unsent_at is null
     returning m.message_id as "messageId"`,
    [unsent.lineUserId, unsent.lineMessageId, unsent.at.toString()],
  );
}

/** The words of a button that the person tapped, where the conversation shows the message it stood in. */
export async function loadButtonMessages(sql: SqlRunner, conversationId: string): Promise<unknown[]> {
  const rows = await sql.query<{ messages: unknown }>(
    `select content -> 'messages' as messages from conversation_message
     where conversation_id = $1 and author = 'bot' and content ->> 'kind' = 'messages'
     order by at desc, position desc limit 20`,
    [conversationId],
  );
  return rows.map(({ messages }) => messages);
}

/** What they wrote since they asked; what was said to the bot before, and taps, are none of it. */
export async function loadWritten(sql: SqlRunner, conversationId: string): Promise<Written> {
  const [row] = await sql.query<Written>(
    `select count(*)::int as messages, coalesce(sum(char_length(m.content ->> 'text')), 0)::int as characters
     from conversation_message m join conversation c using (conversation_id)
     where m.conversation_id = $1 and m.author = 'person' and m.at >= c.asked_at and m.content ->> 'kind' <> 'button'`,
    [conversationId],
  );
  return row ?? { messages: 0, characters: 0 };
}

/** Whether a message was left in it before. */
export async function hasMessageLeft(sql: SqlRunner, conversationId: string): Promise<boolean> {
  const rows = await sql.query(
    `select 1 from conversation_message where conversation_id = $1 and content ->> 'what' = 'message-left' limit 1`,
    [conversationId],
  );
  return rows.length > 0;
}

/** Tells the channel of conversations that a message's fate is known: the outbox itself tells nobody. */
export async function tellSettled(sql: SqlRunner, outboxId: string): Promise<void> {
  await sql.query(
    `select pg_notify('conversation', conversation_id::text) from conversation_message where outbox_id = $1`,
    [outboxId],
  );
}

/** How it was, once, by the person it was with. False when it had been said before, or it is not theirs. */
export async function saveRating(
  sql: SqlRunner,
  now: Temporal.Instant,
  rating: { conversationId: string; lineUserId: string; face: 1 | 2 | 3 },
): Promise<boolean> {
  const rows = await sql.query(
    `update conversation set satisfaction = $3, rated_at = $4, version = version + 1
     where conversation_id = $1 and line_user_id = $2 and state = 'closed' and satisfaction is null returning 1`,
    [rating.conversationId, rating.lineUserId, rating.face, now.toString()],
  );
  return rows.length > 0;
}

/** Forgets conversations that ended before an instant, with what was said; answers how many. */
export async function deleteClosedBefore(sql: SqlRunner, before: Temporal.Instant, limit: number): Promise<number> {
  const rows = await sql.query(
    `delete from conversation where conversation_id in (
       select conversation_id from conversation where state = 'closed' and closed_at < $1 limit $2) returning 1`,
    [before.toString(), limit],
  );
  return rows.length;
}
