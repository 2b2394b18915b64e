import type { Temporal } from 'temporal-polyfill';
import { newId } from '../../../base/ids.ts';
import { instantText } from '../../../base/instant-text.ts';
import type { Language } from '../../../base/language.ts';
import { jsonTexts, plainArray, textArray } from '../../db/array-text.ts';
import type { SqlRunner } from '../../db/runner.ts';
import type { Message } from '../talk.ts';

/** A message to a person. The same `dedupeKey` is sent once, however often its cause is processed. */
export interface OutgoingMessage {
  readonly lineUserId: string;
  readonly messages: readonly Message[];
  readonly dedupeKey: string;
  /** The row's id, if the caller wants to know later what became of the message. */
  readonly outboxId?: string;
  /** As long as the reply token lasts, the answer is sent with it, free of charge; afterwards as a push. */
  readonly reply?: { readonly token: string; readonly until: Temporal.Instant };
}

/** Writes messages into the outbox in the caller's transaction; they are sent after its commit. */
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
      outboxId: message.outboxId ?? newId(),
      lineUserId: message.lineUserId,
      kind: 'message',
      body: JSON.stringify({ messages: message.messages }),
      dedupeKey: message.dedupeKey,
      replyToken: message.reply?.token ?? null,
      replyUntil: message.reply?.until.toString() ?? null,
    })),
  );
}

/** Facts that a person is to be told; they are put into words when they are sent. */
export interface ToldFacts {
  readonly lineUserId: string;
  readonly facts: Json;
  /** The person whose name on LINE (as it is then) the text needs. */
  readonly namedLineUserId: string | null;
}

type Json = string | number | boolean | null | { readonly [key: string]: Json };

/** Puts facts into words, in the person's language, with the other person's name; null if LINE has not told it. */
export type Wording = (facts: unknown, to: { language: Language; otherName: string | null }) => readonly Message[];

/**
 * Writes facts to be told, for the wording of that name. For causes that happen once and are written in this transaction, so no
 * `dedupeKey` is needed. The ledger writes thousands at a time: they need no names or words yet, and are one row together, a
 * parcel, which the sender unpacks (`openParcels`) as fast as LINE accepts messages.
 */
export async function enqueueFacts(
  sql: SqlRunner,
  now: Temporal.Instant,
  wording: string,
  told: readonly ToldFacts[],
): Promise<void> {
  if (told.length === 0) return;
  await sql.query(
    `insert into outbox_parcel (parcel_id, wording, told, message_count, created_at) values ($1, $2, $3, $4, $5)`,
    [newId(), wording, JSON.stringify(told), told.length, instantText(now)],
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
      outboxId: newId(),
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
  outboxId: string;
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
      plainArray(rows.map((row) => row.outboxId)),
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
