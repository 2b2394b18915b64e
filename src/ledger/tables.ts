import type { Temporal } from 'temporal-polyfill';
import { instantText } from '../base/instant-text.ts';
import { jsonTexts, plainArray, textArray } from '../infra/db/array-text.ts';
import { uuidArray } from '../infra/db/uuid-array.ts';
import type { AnswerKeys } from './body-hash.ts';
import type { Lot, Movement, WorkingBook } from './book.ts';
import type { Conversation, Statement } from './conversation.ts';

// The statements of a batch. All take arrays, so a batch of one and a batch of a thousand are the same few statements.

/**
 * In id order, so that two batches never hold what the other waits for. Owners never seen before are made; one that
 * somebody else made a moment ago is locked by its update.
 */
const lockOwners: Statement = {
  name: 'ledger-lock-owners',
  text: `with locked as materialized (
           select owner_id from ledger_owner where owner_id = any($1::uuid[]) order by owner_id for update
         )
         insert into ledger_owner (owner_id)
         select id from unnest($1::uuid[]) as asked (id)
         where (select count(*) from locked) < cardinality($1::uuid[]) and id not in (select owner_id from locked)
         order by id
         on conflict (owner_id) do update set owner_id = excluded.owner_id`,
};

const loadLots: Statement = {
  name: 'ledger-load-lots',
  text: `select owner_id as "ownerId", lot_id as "lotId", ctid as place, unit, kind, remaining,
                granted_at as "grantedAt", expires_at as "expiresAt",
                origin_owner_id as "originOwnerId", origin_lot_id as "originLotId"
         from ledger_lot
         where owner_id = any($1::uuid[]) and (remaining > 0 or expires_at > $2)`,
};

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
 * A lot is found by where its row lies: the row stays there as long as we hold its owner's lock, and going there is half the
 * work of finding it by its key. Should it have been changed all the same, it is not there any more, and the batch is run
 * again. Arrays are taken apart in the `select` itself, row by row; in `from` each would first be stored whole.
 */
const saveAll: Statement = {
  name: 'ledger-save',
  text: `with journal as (
           insert into ledger_entry (at, entry_id, request_scope, request_id, reason, unit, amount,
             from_owner_id, from_lot_id, from_lot_after, to_owner_id, to_lot_id, to_lot_after)
           select $1, unnest($2::uuid[]), unnest($3::text[]), unnest($4::text[]), unnest($5::text[]),
             unnest($6::text[]), unnest($7::bigint[]), unnest($8::uuid[]), unnest($9::uuid[]), unnest($10::bigint[]),
             unnest($11::uuid[]), unnest($12::uuid[]), unnest($13::bigint[])
         ), opened as (
           insert into ledger_lot (owner_id, lot_id, unit, kind, remaining, granted_at, expires_at,
             origin_owner_id, origin_lot_id)
           select unnest($14::uuid[]), unnest($15::uuid[]), unnest($16::text[]), unnest($17::text[]),
             unnest($18::bigint[]), unnest($19::timestamptz[]), unnest($20::timestamptz[]), unnest($21::uuid[]),
             unnest($22::uuid[])
         ), changed as (
           update ledger_lot set remaining = now.remaining
           from (select unnest($23::tid[]) as place, unnest($24::bigint[]) as remaining) as now
           where ledger_lot.ctid = now.place
           returning 1
         ), answered as (
           insert into ledger_answer (answered_at, request_key, body_hash, answer)
           select $1, unnest($25::uuid[]), unnest($26::uuid[]), unnest(string_to_array($27, chr(31)))
         )
         select ledger_lots_moved() from changed having count(*) <> cardinality($23::tid[])`,
};

/** Apart from `saveAll`, which then need not carry a moment for every lot that moved. */
const saveEnds: Statement = {
  name: 'ledger-save-ends',
  text: `update ledger_lot set expires_at = now.expires_at
         from unnest($1::uuid[], $2::uuid[], $3::timestamptz[]) as now (owner_id, lot_id, expires_at)
         where ledger_lot.owner_id = now.owner_id and ledger_lot.lot_id = now.lot_id`,
};

interface LotRow extends Required<Omit<Lot, 'origin'>> {
  readonly originOwnerId: string | null;
  readonly originLotId: string | null;
}

export interface StoredAnswer {
  readonly requestKey: string;
  readonly bodyHash: string;
  /** JSON, as it was answered. */
  readonly answer: string;
}

/** Locks owners until the transaction ends; those never seen before are made. */
export function lock(conversation: Conversation, ownerIds: readonly string[]): Promise<unknown> {
  return conversation.ask(lockOwners, [uuidArray(ownerIds)]);
}

/** The lots of these owners that hold something or have not ended yet. */
export async function lotsOf(
  conversation: Conversation,
  ownerIds: readonly string[],
  now: Temporal.Instant,
): Promise<Lot[]> {
  const rows = await conversation.ask<LotRow>(loadLots, [uuidArray(ownerIds), instantText(now)]);
  return rows.map(lotOf);
}

/** Named one by one: to copy "all the rest" of a row takes five times as long, and a batch has a thousand. */
function lotOf(row: LotRow): Lot {
  const { ownerId, lotId, place, unit, kind, remaining, grantedAt, expiresAt, originOwnerId, originLotId } = row;
  const lot = { ownerId, lotId, place, unit, kind, remaining, grantedAt, expiresAt };
  if (originOwnerId === null || originLotId === null) return lot;
  return { ...lot, origin: { ownerId: originOwnerId, lotId: originLotId } };
}

/** Those of these requests that were answered before; what is missing is new. */
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

/** Journal, lots and answers in one statement, and a second where lots end at another moment; sent without waiting. */
export function save(
  conversation: Conversation,
  now: Temporal.Instant,
  newId: () => string,
  { book, entries, answers }: { book: WorkingBook; entries: readonly Entry[]; answers: readonly StoredAnswer[] },
): void {
  const opened = book.opened();
  const changed = book.changed();
  conversation.tell(saveAll, [
    instantText(now),
    uuidArray(entries.map(newId)),
    textArray(entries.map((entry) => entry.scope)),
    textArray(entries.map((entry) => entry.requestId)),
    textArray(entries.map(({ movement }) => movement.reason)),
    plainArray(entries.map(({ movement }) => movement.unit)),
    plainArray(entries.map(({ movement }) => movement.amount)),
    uuidArray(entries.map(({ movement }) => movement.from?.ownerId ?? null)),
    uuidArray(entries.map(({ movement }) => movement.from?.lotId ?? null)),
    plainArray(entries.map(({ movement }) => movement.from?.after ?? null)),
    uuidArray(entries.map(({ movement }) => movement.to?.ownerId ?? null)),
    uuidArray(entries.map(({ movement }) => movement.to?.lotId ?? null)),
    plainArray(entries.map(({ movement }) => movement.to?.after ?? null)),
    uuidArray(opened.map((lot) => lot.ownerId)),
    uuidArray(opened.map((lot) => lot.lotId)),
    plainArray(opened.map((lot) => lot.unit)),
    textArray(opened.map((lot) => lot.kind)),
    plainArray(opened.map((lot) => lot.remaining)),
    plainArray(opened.map((lot) => instantText(lot.grantedAt))),
    plainArray(opened.map((lot) => instantText(lot.expiresAt))),
    uuidArray(opened.map((lot) => lot.origin?.ownerId ?? null)),
    uuidArray(opened.map((lot) => lot.origin?.lotId ?? null)),
    textArray(changed.map((lot) => lot.place ?? null)),
    plainArray(changed.map((lot) => lot.remaining)),
    uuidArray(answers.map((answer) => answer.requestKey)),
    uuidArray(answers.map((answer) => answer.bodyHash)),
    jsonTexts(answers.map((answer) => answer.answer)),
  ]);
  const prolonged = book.prolonged();
  if (prolonged.length === 0) return;
  conversation.tell(saveEnds, [
    uuidArray(prolonged.map((lot) => lot.ownerId)),
    uuidArray(prolonged.map((lot) => lot.lotId)),
    plainArray(prolonged.map((lot) => lot.expiresAt.toString())),
  ]);
}
