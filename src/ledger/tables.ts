import { Temporal } from 'temporal-polyfill';
import { instantText } from '../base/instant-text.ts';
import { jsonTexts, plainArray, textArray } from '../infra/db/array-text.ts';
import { uuidArray } from '../infra/db/uuid-array.ts';
import type { Lot, Movement, Unit, WorkingBook } from './book.ts';
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
  text: `select owner_id as "ownerId", lot_id as "lotId", unit, kind, remaining::float8,
                date_part('epoch', granted_at) * 1000000 as "grantedMicros",
                date_part('epoch', expires_at) * 1000000 as "expiresMicros",
                origin_owner_id as "originOwnerId", origin_lot_id as "originLotId"
         from ledger_lot
         where owner_id = any($1::uuid[]) and (remaining > 0 or expires_at > $2)`,
};

const loadAnswers: Statement = {
  name: 'ledger-load-answers',
  text: `select replace(request_key::text, '-', '') as "requestKey", replace(body_hash::text, '-', '') as "bodyHash",
                answer
         from ledger_answer where request_key = any($1::uuid[])`,
};

const saveAll: Statement = {
  name: 'ledger-save',
  text: `with journal as (
           insert into ledger_entry (at, entry_id, request_scope, request_id, reason, unit, amount,
             from_owner_id, from_lot_id, from_lot_after, to_owner_id, to_lot_id, to_lot_after)
           select $1, * from unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::bigint[],
             $8::uuid[], $9::uuid[], $10::bigint[], $11::uuid[], $12::uuid[], $13::bigint[])
         ), opened as (
           insert into ledger_lot (owner_id, lot_id, unit, kind, remaining, granted_at, expires_at,
             origin_owner_id, origin_lot_id)
           select * from unnest($14::uuid[], $15::uuid[], $16::text[], $17::text[], $18::bigint[],
             $19::timestamptz[], $20::timestamptz[], $21::uuid[], $22::uuid[])
         ), changed as (
           update ledger_lot set remaining = now.remaining
           from unnest($23::uuid[], $24::uuid[], $25::bigint[]) as now (owner_id, lot_id, remaining)
           where ledger_lot.owner_id = now.owner_id and ledger_lot.lot_id = now.lot_id
         )
         insert into ledger_answer (answered_at, request_key, body_hash, answer)
         select $1, * from unnest($26::uuid[], $27::uuid[], string_to_array($28, chr(31)))`,
};

/** Apart from `saveAll`, which then need not carry a moment for every lot that moved. */
const saveEnds: Statement = {
  name: 'ledger-save-ends',
  text: `update ledger_lot set expires_at = now.expires_at
         from unnest($1::uuid[], $2::uuid[], $3::timestamptz[]) as now (owner_id, lot_id, expires_at)
         where ledger_lot.owner_id = now.owner_id and ledger_lot.lot_id = now.lot_id`,
};

interface LotRow {
  ownerId: string;
  lotId: string;
  unit: Unit;
  kind: string;
  remaining: number;
  grantedMicros: number;
  expiresMicros: number;
  originOwnerId: string | null;
  originLotId: string | null;
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
  const rows = await conversation.ask<LotRow>(loadLots, [uuidArray(ownerIds), now.toString()]);
  // Most lots share a few moments (a month's start and end), and making an instant costs more than finding it.
  const instants = new Map<number, Temporal.Instant>();
  const instant = (micros: number) => {
    const known = instants.get(micros) ?? Temporal.Instant.fromEpochNanoseconds(BigInt(micros) * 1_000n);
    instants.set(micros, known);
    return known;
  };
  return rows.map(({ grantedMicros, expiresMicros, originOwnerId, originLotId, ...lot }) => ({
    ...lot,
    grantedAt: instant(grantedMicros),
    expiresAt: instant(expiresMicros),
    ...(originOwnerId !== null && originLotId !== null && { origin: { ownerId: originOwnerId, lotId: originLotId } }),
  }));
}

/** Those of these requests that were answered before; what is missing is new. */
export function answersTo(
  conversation: Conversation,
  requestKeys: readonly string[],
): Promise<readonly StoredAnswer[]> {
  return conversation.ask<StoredAnswer>(loadAnswers, [uuidArray(requestKeys)]);
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
    now.toString(),
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
    uuidArray(changed.map((lot) => lot.ownerId)),
    uuidArray(changed.map((lot) => lot.lotId)),
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
