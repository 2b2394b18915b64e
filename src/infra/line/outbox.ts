import type { Temporal } from 'temporal-polyfill';
import { newId } from '../../base/ids.ts';
import { jsonTexts, plainArray, textArray } from '../db/array-text.ts';
import type { SqlRunner } from '../db/runner.ts';
import type { Message } from './talk.ts';

/** What is said to a person. */
export interface Said {
  readonly lineUserId: string;
  readonly messages: readonly Message[];
}

/** A message to a person. The same `dedupeKey` is sent once, however often its cause is processed. */
export interface OutgoingMessage extends Said {
  readonly dedupeKey: string;
  /** While it lasts the answer goes out free of charge with the reply token; afterwards as a push. */
  readonly reply?: { readonly token: string; readonly until: Temporal.Instant };
}

/** Writes messages into the outbox in the caller's transaction; they leave after its commit. */
export async function enqueueMessages(
  sql: SqlRunner,
  now: Temporal.Instant,
  messages: readonly OutgoingMessage[],
): Promise<void> {
  if (messages.length === 0) return;
  await insert(
    sql,
    now,
    messages.map((message) => ({
      lineUserId: message.lineUserId,
      kind: 'message',
      body: JSON.stringify({ messages: message.messages }),
      dedupeKey: message.dedupeKey,
      replyToken: message.reply?.token ?? null,
      replyUntil: message.reply?.until.toString() ?? null,
    })),
  );
}

/**
 * The same for messages whose cause happens once and is written in this transaction: they need no key against a second
 * one, and an index entry less each.
 */
export async function enqueueWithCause(
  sql: SqlRunner,
  now: Temporal.Instant,
  messages: readonly Said[],
): Promise<void> {
  if (messages.length === 0) return;
  await sql.query(
    `insert into outbox (outbox_id, line_user_id, kind, body, created_at, next_attempt_at)
     select id, line_user_id, 'message', body::json, $4, $4
     from unnest($1::uuid[], $2::text[], string_to_array($3, chr(31))) as row (id, line_user_id, body)`,
    [
      plainArray(messages.map(() => newId())),
      textArray(messages.map((message) => message.lineUserId)),
      jsonTexts(messages.map((message) => JSON.stringify({ messages: message.messages }))),
      now.toString(),
    ],
  );
}

/** Gives a person another rich menu, after the commit. `menu` is a name of the official account's menus. */
export async function enqueueRichMenu(
  sql: SqlRunner,
  now: Temporal.Instant,
  change: { lineUserId: string; menu: string; dedupeKey: string },
): Promise<void> {
  const body = JSON.stringify({ menu: change.menu });
  await insert(sql, now, [
    {
      lineUserId: change.lineUserId,
      kind: 'rich-menu',
      body,
      dedupeKey: change.dedupeKey,
      replyToken: null,
      replyUntil: null,
    },
  ]);
}

interface Row {
  lineUserId: string;
  kind: string;
  body: string;
  dedupeKey: string;
  replyToken: string | null;
  replyUntil: string | null;
}

async function insert(sql: SqlRunner, now: Temporal.Instant, rows: readonly Row[]): Promise<void> {
  await sql.query(
    `insert into outbox (outbox_id, line_user_id, kind, body, dedupe_key, reply_token, reply_until, created_at, next_attempt_at)
     select id, line_user_id, kind, body::json, dedupe_key, reply_token, reply_until, $8, $8
     from unnest($1::uuid[], $2::text[], $3::text[], string_to_array($4, chr(31)), $5::text[], $6::text[],
                 $7::timestamptz[])
       as row (id, line_user_id, kind, body, dedupe_key, reply_token, reply_until)
     on conflict (dedupe_key) where dedupe_key is not null do nothing`,
    [
      plainArray(rows.map(() => newId())),
      textArray(rows.map((row) => row.lineUserId)),
      plainArray(rows.map((row) => row.kind)),
      jsonTexts(rows.map((row) => row.body)),
      textArray(rows.map((row) => row.dedupeKey)),
      textArray(rows.map((row) => row.replyToken)),
      plainArray(rows.map((row) => row.replyUntil)),
      now.toString(),
    ],
  );
}
