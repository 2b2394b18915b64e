import type { Temporal } from 'temporal-polyfill';
import { instantText } from '../base/instant-text.ts';
import { jsonTexts, plainArray, textArray } from '../infra/db/array-text.ts';
import { uuidArray } from '../infra/db/uuid-array.ts';
import type { AnswerKeys } from './body-hash.ts';
import type { Lot, Movement, WorkingBook } from './book.ts';
import type { Conversation, Statement } from './conversation.ts';
import { type Endings, type Held, heldBy, writtenOwner } from './owner-row.ts';

// What a batch writes, and the stored answers it reads. All statements take arrays, so a batch of a thousand needs no more of them
// than a batch of one.

const loadAnswers: Statement = {
  name: 'ledger-load-answers',
  text: `select replace(request_key::text, '-', '') as "requestKey", replace(body_hash::text, '-', '') as "bodyHash",
                answer
         from (select request_key, body_hash, answer from ledger_answer where request_key = any($1::uuid[])
               union all
               select request_key, body_hash, answer from ledger_answer_by_hash where request_key = any($2::uuid[]))
           as answered`,
};

/**
 * Owners are updated by `ctid`: a row does not move while we hold its lock, and this is half the work of finding it by its key. If
 * somebody changed it all the same, it is no longer there; then `ledger_owner_moved()` raises an error and the batch is run again.
 * Arrays are unnested in the `select` list, row by row; in `from` each would first be stored whole.
 */
const saveAll: Statement = {
  name: 'ledger-save',
  text: `with journal as (
           insert into ledger_entry (at, entry_id, request_scope, request_id, reason, unit, amount,
             from_owner_id, from_lot_id, from_lot_after, from_previous, to_owner_id, to_lot_id, to_lot_after, to_previous)
           select $1, unnest($2::uuid[]), unnest($3::text[]), unnest($4::text[]), unnest($5::text[]),
             unnest($6::text[]), unnest($7::bigint[]), unnest($8::uuid[]), unnest($9::uuid[]), unnest($10::bigint[]),
             unnest($11::uuid[]), unnest($12::uuid[]), unnest($13::uuid[]), unnest($14::bigint[]), unnest($15::uuid[])
         ), changed as (
           update ledger_owner set lots = coalesce(nullif(now.lots, '')::json, ledger_owner.lots),
             notes = coalesce(nullif(now.notes, '')::json, ledger_owner.notes), remaining = now.remaining::bigint[],
             ends_next_ms = now.ends_next_ms,
             last_out = coalesce(now.last_out, ledger_owner.last_out), last_in = coalesce(now.last_in, ledger_owner.last_in)
           from (select unnest($16::tid[]) as place, unnest(string_to_array($17, chr(31))) as lots,
                   unnest(string_to_array($18, chr(31))) as remaining, unnest($19::bigint[]) as ends_next_ms,
                   unnest($20::uuid[]) as last_out, unnest($21::uuid[]) as last_in,
                   unnest(string_to_array($22, chr(31))) as notes) as now
           where ledger_owner.ctid = now.place
           returning 1
         ), answered as (
           insert into ledger_answer (answered_at, request_key, body_hash, answer)
           select $1, unnest($23::uuid[]), unnest($24::uuid[]), unnest(string_to_array($25, chr(31)))
         )
         select ledger_owner_moved() from changed having count(*) <> cardinality($16::tid[])`,
};

/** Lots that are empty and past their end move out of their owner's row when it is next written. */
const closeLots: Statement = {
  name: 'ledger-close-lots',
  text: `insert into ledger_lot_closed (owner_id, lot_id, unit, kind, granted_at, expires_at, origin_owner_id, origin_lot_id)
         select unnest($1::uuid[]), unnest($2::uuid[]), unnest($3::text[]), unnest($4::text[]), unnest($5::timestamptz[]),
           unnest($6::timestamptz[]), unnest($7::uuid[]), unnest($8::uuid[])`,
};

const noteEndings: Statement = {
  name: 'ledger-note-endings',
  text: 'insert into ledger_ending (owner_id, ends_ms) select unnest($1::uuid[]), unnest($2::bigint[])',
};

const dropEndings: Statement = {
  name: 'ledger-drop-endings',
  text: `delete from ledger_ending using unnest($1::uuid[], $2::bigint[]) as over (owner_id, ends_ms)
         where ledger_ending.owner_id = over.owner_id and ledger_ending.ends_ms = over.ends_ms`,
};

export interface StoredAnswer {
  readonly requestKey: string;
  readonly bodyHash: string;
  /** JSON, as it was answered. */
  readonly answer: string;
}

/** The stored answers of those requests that were answered before; the others are new. */
export function answersTo(conversation: Conversation, keys: readonly AnswerKeys[]): Promise<readonly StoredAnswer[]> {
  return conversation.ask<StoredAnswer>(loadAnswers, [
    uuidArray(keys.map(({ key }) => key)),
    uuidArray(keys.map(({ formerKey }) => formerKey)),
  ]);
}

/** A movement with the request that caused it. */
export interface Entry {
  readonly scope: string;
  readonly requestId: string;
  readonly movement: Movement;
}

/** What a batch has to write. */
export interface Decisions {
  /** All owners it has locked. */
  readonly held: ReadonlyMap<string, Held>;
  readonly book: WorkingBook;
  readonly entries: readonly Entry[];
  readonly answers: readonly StoredAnswer[];
}

/**
 * Writes journal, owners and answers in one statement; needs others only if lots leave their owner's row or ends have changed.
 * Sent without waiting.
 */
export function save(
  conversation: Conversation,
  now: Temporal.Instant,
  newId: () => string,
  { held, book, entries, answers }: Decisions,
): void {
  const ids = entries.map(newId);
  const chain = chained(held, entries, ids);
  const owners = [...book.changedOwners()].map((changed) => writtenOwner(changed, held));
  conversation.tell(saveAll, [
    instantText(now),
    uuidArray(ids),
    plainArray(entries.map((entry) => entry.scope)),
    textArray(entries.map((entry) => entry.requestId)),
    plainArray(entries.map(({ movement }) => movement.reason)),
    plainArray(entries.map(({ movement }) => movement.unit)),
    plainArray(entries.map(({ movement }) => movement.amount)),
    idsIfAny(entries.map(({ movement }) => movement.from?.ownerId ?? null)),
    idsIfAny(entries.map(({ movement }) => movement.from?.lotId ?? null)),
    amountsIfAny(entries.map(({ movement }) => movement.from?.after ?? null)),
    idsIfAny(chain.fromPrevious),
    idsIfAny(entries.map(({ movement }) => movement.to?.ownerId ?? null)),
    idsIfAny(entries.map(({ movement }) => movement.to?.lotId ?? null)),
    amountsIfAny(entries.map(({ movement }) => movement.to?.after ?? null)),
    idsIfAny(chain.toPrevious),
    plainArray(owners.map((owner) => `"${owner.held.place}"`)),
    textsIfAny(owners.map((owner) => owner.lots)),
    jsonTexts(owners.map((owner) => owner.remaining)),
    plainArray(owners.map((owner) => owner.endsNextMs)),
    idsIfAny(owners.map((owner) => owner.held.newOut)),
    idsIfAny(owners.map((owner) => owner.held.newIn)),
    textsIfAny(owners.map((owner) => owner.notes)),
    uuidArray(answers.map((answer) => answer.requestKey)),
    uuidArray(answers.map((answer) => answer.bodyHash)),
    jsonTexts(answers.map((answer) => answer.answer)),
  ]);
  close(
    conversation,
    owners.flatMap((owner) => owner.held.closing),
  );
  keepEndings(
    conversation,
    owners.flatMap((owner) => owner.endings ?? []),
  );
}

/**
 * A column in which everything is null is sent as an empty array: `unnest` beside longer arrays fills it up with nulls. Many
 * columns are like that: use has no receiving side, and hardly any command opens a lot.
 */
function idsIfAny(ids: readonly (string | null)[]): Buffer {
  return uuidArray(ids.some((id) => id !== null) ? ids : []);
}

function amountsIfAny(amounts: readonly (number | null)[]): string {
  return plainArray(amounts.some((amount) => amount !== null) ? amounts : []);
}

function textsIfAny(texts: readonly string[]): string | null {
  return texts.some((text) => text !== '') ? jsonTexts(texts) : null;
}

/** The predecessors of each entry on both its sides. Each then becomes the newest entry of both its owners. */
function chained(
  held: ReadonlyMap<string, Held>,
  entries: readonly Entry[],
  ids: readonly string[],
): { fromPrevious: (string | null)[]; toPrevious: (string | null)[] } {
  const fromPrevious: (string | null)[] = [];
  const toPrevious: (string | null)[] = [];
  let i = 0;
  for (const { movement } of entries) {
    const id = ids[i++] ?? null;
    const from = movement.from && heldBy(held, movement.from);
    const to = movement.to && heldBy(held, movement.to);
    fromPrevious.push(from && (from.newOut ?? from.lastOut));
    toPrevious.push(to && (to.newIn ?? to.lastIn));
    if (from) from.newOut = id;
    if (to) to.newIn = id;
  }
  return { fromPrevious, toPrevious };
}

function keepEndings(conversation: Conversation, endings: readonly Endings[]): void {
  for (const [statement, which] of [
    [noteEndings, 'added'],
    [dropEndings, 'gone'],
  ] as const) {
    const rows = endings.flatMap(({ ownerId, [which]: moments }) => moments.map((ms) => ({ ownerId, ms })));
    if (rows.length === 0) continue;
    conversation.tell(statement, [uuidArray(rows.map((row) => row.ownerId)), plainArray(rows.map((row) => row.ms))]);
  }
}

function close(conversation: Conversation, lots: readonly Lot[]): void {
  if (lots.length === 0) return;
  conversation.tell(closeLots, [
    uuidArray(lots.map((lot) => lot.ownerId)),
    uuidArray(lots.map((lot) => lot.lotId)),
    plainArray(lots.map((lot) => lot.unit)),
    plainArray(lots.map((lot) => lot.kind)),
    plainArray(lots.map((lot) => instantText(lot.grantedAt))),
    plainArray(lots.map((lot) => instantText(lot.expiresAt))),
    uuidArray(lots.map((lot) => lot.origin?.ownerId ?? null)),
    uuidArray(lots.map((lot) => lot.origin?.lotId ?? null)),
  ]);
}
