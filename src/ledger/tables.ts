import type { Temporal } from 'temporal-polyfill';
import { followId } from '../base/ids.ts';
import { instantText } from '../base/instant-text.ts';
import { jsonTexts, plainArray, textArray } from '../infra/db/array-text.ts';
import { uuidArray } from '../infra/db/uuid-array.ts';
import type { AnswerKeys } from './body-hash.ts';
import type { ChangedOwner, Lot, Movement, Notes, WorkingBook } from './book.ts';
import type { Conversation, Statement } from './conversation.ts';
import { readLots, type WrittenLots, writeLots, writeRemaining } from './written-lots.ts';

// The statements of a batch. All take arrays, so a batch of one and a batch of a thousand are the same few statements.

/**
 * In id order, so that two batches never hold what the other waits for. Owners never seen before are made; one that
 * somebody else made a moment ago is locked by its update. What a locked row holds is what the last holder of the lock left.
 */
const lockOwners = (answered: string) => `with locked as materialized (
    select ${['owner_id', 'ctid as place', ...HELD].join()} from ledger_owner where owner_id = any($1::uuid[]) order by owner_id for update
  ), made as (
    insert into ledger_owner as made (owner_id)
    select id from unnest($1::uuid[]) as asked (id)
    where (select count(*) from locked) < cardinality($1::uuid[]) and id not in (select owner_id from locked)
    order by id
    on conflict (owner_id) do update set owner_id = excluded.owner_id
    returning ${['owner_id', 'made.ctid as place', ...HELD].join()}
  )
  select ${answered} from (select * from locked union all select * from made) as held`;

const HELD = ['lots', 'ends_next_ms', 'notes', 'remaining', 'last_out', 'last_in'];

const lockOnly: Statement = {
  name: 'ledger-lock-owners',
  text: lockOwners('max(greatest(last_out, last_in)::text) as newest'),
};

const loadOwners: Statement = {
  name: 'ledger-load-owners',
  text: lockOwners(
    'owner_id as "ownerId", place::text, lots::text, ends_next_ms as "endsNextMs", notes::text, remaining::text, last_out as "lastOut", last_in as "lastIn"',
  ),
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
 * An owner is found by where its row lies: the row stays there as long as we hold its lock, and going there is half the work of
 * finding it by its key. Should it have been changed all the same, it is not there any more, and the batch is run again. Arrays
 * are taken apart in the `select` itself, row by row; in `from` each would first be stored whole.
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
             ends_next_ms = now.ends_next_ms, last_out = now.last_out, last_in = now.last_in
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
         select ledger_lots_moved() from changed having count(*) <> cardinality($16::tid[])`,
};

/** What is empty and has ended leaves its owner's row the next time that is written. */
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

/** Locks owners until the transaction ends; those never seen before are made. Ids made from then on come after their entries'. */
export async function lock(conversation: Conversation, ownerIds: readonly string[]): Promise<void> {
  const [row] = await conversation.ask<{ newest: string | null }>(lockOnly, [uuidArray(ownerIds)]);
  if (row?.newest) followId(row.newest);
}

/** An owner's row as a batch holds it. */
export interface Held {
  /** Where the row lies, which is so as long as it is locked. */
  readonly place: string;
  /** The lots that hold something or have not ended yet. */
  readonly lots: readonly Lot[];
  /** The others: empty, and at their end. */
  readonly closing: readonly Lot[];
  /** When the first of what holds something ends. */
  readonly endsNextMs: number | null;
  readonly notes: Notes | undefined;
  /** The newest entries that took from this owner and that brought to it. */
  lastOut: string | null;
  lastIn: string | null;
}

interface OwnerRow extends WrittenLots {
  readonly ownerId: string;
  readonly place: string;
  readonly endsNextMs: number | null;
  readonly notes: string;
  readonly lastOut: string | null;
  readonly lastIn: string | null;
}

/** The same, and answers what each of them has. */
export async function lockAndLoad(
  conversation: Conversation,
  ownerIds: readonly string[],
  now: Temporal.Instant,
): Promise<ReadonlyMap<string, Held>> {
  const rows = await conversation.ask<OwnerRow>(loadOwners, [uuidArray(ownerIds)]);
  for (const { lastOut, lastIn } of rows) {
    if (lastOut !== null) followId(lastOut);
    if (lastIn !== null) followId(lastIn);
  }
  return new Map(rows.map((row) => [row.ownerId, heldOf(row, now.epochMilliseconds)]));
}

function heldOf(row: OwnerRow, nowMs: number): Held {
  const { place, endsNextMs, lastOut, lastIn } = row;
  const lots = readLots(row.ownerId, row);
  const notes: Notes | undefined = row.notes === NOTHING ? undefined : JSON.parse(row.notes);
  const hasClosed = (lot: Lot) => lot.remaining === 0 && lot.expiresAt.epochMilliseconds <= nowMs;
  // Nearly nobody has any: then the list is as it was read.
  if (!lots.some(hasClosed)) return { place, lots, closing: [], endsNextMs, notes, lastOut, lastIn };
  const [open, closing] = [lots.filter((lot) => !hasClosed(lot)), lots.filter(hasClosed)];
  return { place, lots: open, closing, endsNextMs, notes, lastOut, lastIn };
}

/** No notes, as the database writes it. */
const NOTHING = '{}';

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

/** What a batch has decided. */
export interface Decisions {
  /** Everybody it has locked. */
  readonly held: ReadonlyMap<string, Held>;
  readonly book: WorkingBook;
  readonly entries: readonly Entry[];
  readonly answers: readonly StoredAnswer[];
}

/** Journal, owners and answers in one statement; others where lots leave their owner's row, or what ends when has changed. Sent without waiting. */
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
    textArray(entries.map((entry) => entry.scope)),
    textArray(entries.map((entry) => entry.requestId)),
    textArray(entries.map(({ movement }) => movement.reason)),
    plainArray(entries.map(({ movement }) => movement.unit)),
    plainArray(entries.map(({ movement }) => movement.amount)),
    uuidArray(entries.map(({ movement }) => movement.from?.ownerId ?? null)),
    uuidArray(entries.map(({ movement }) => movement.from?.lotId ?? null)),
    plainArray(entries.map(({ movement }) => movement.from?.after ?? null)),
    uuidArray(chain.fromPrevious),
    uuidArray(entries.map(({ movement }) => movement.to?.ownerId ?? null)),
    uuidArray(entries.map(({ movement }) => movement.to?.lotId ?? null)),
    plainArray(entries.map(({ movement }) => movement.to?.after ?? null)),
    uuidArray(chain.toPrevious),
    textArray(owners.map((owner) => owner.held.place)),
    jsonTexts(owners.map((owner) => owner.lots)),
    jsonTexts(owners.map((owner) => owner.remaining)),
    plainArray(owners.map((owner) => owner.endsNextMs)),
    uuidArray(owners.map((owner) => owner.held.lastOut)),
    uuidArray(owners.map((owner) => owner.held.lastIn)),
    jsonTexts(owners.map((owner) => owner.notes)),
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

/** Each entry's predecessors on both its sides; from then on it is the newest of both owners itself. */
function chained(
  held: ReadonlyMap<string, Held>,
  entries: readonly Entry[],
  ids: readonly string[],
): { fromPrevious: (string | null)[]; toPrevious: (string | null)[] } {
  const fromPrevious: (string | null)[] = [];
  const toPrevious: (string | null)[] = [];
  for (const [i, { movement }] of entries.entries()) {
    const id = ids[i] ?? null;
    const [from, to] = [movement.from && heldBy(held, movement.from), movement.to && heldBy(held, movement.to)];
    fromPrevious.push(from?.lastOut ?? null);
    toPrevious.push(to?.lastIn ?? null);
    if (from) from.lastOut = id;
    if (to) to.lastIn = id;
  }
  return { fromPrevious, toPrevious };
}

interface WrittenOwner extends WrittenLots {
  /** As JSON; empty where they have not changed. */
  readonly notes: string;
  readonly held: Held;
  readonly endsNextMs: number | null;
  readonly endings: Endings | undefined;
}

function writtenOwner(changed: ChangedOwner, all: ReadonlyMap<string, Held>): WrittenOwner {
  const { ownerId, lots, isReshaped } = changed;
  const held = heldBy(all, changed);
  const notes = changed.notes === undefined ? '' : JSON.stringify(changed.notes);
  const endings = endingsOf(ownerId, held.lots, lots);
  const endsNextMs = endings === undefined ? held.endsNextMs : endsNext(lots);
  // What the lots are is only written where that has changed; what they hold, in the order in which they were read.
  if (!isReshaped && held.closing.length === 0) {
    return { held, notes, endsNextMs, endings, lots: '', remaining: writeRemaining(inOrderOf(held.lots, lots)) };
  }
  const written = writeLots(lots);
  return { held, notes, endsNextMs, endings, lots: written.lots, remaining: written.remaining };
}

function endsNext(lots: readonly Lot[]): number | null {
  let next: number | null = null;
  for (const { remaining, expiresAt } of lots) {
    const ms = expiresAt.epochMilliseconds;
    if (remaining > 0 && (next === null || ms < next)) next = ms;
  }
  return next;
}

/** Rows written by a bulk may be in another order than the book, which sorts by id. */
function inOrderOf(order: readonly Lot[], lots: readonly Lot[]): readonly Lot[] {
  if (order.every(({ lotId }, i) => lots[i]?.lotId === lotId)) return lots;
  const byId = new Map(lots.map((lot) => [lot.lotId, lot]));
  return order.map(({ lotId }) => byId.get(lotId)).filter((lot) => lot !== undefined);
}

function heldBy(held: ReadonlyMap<string, Held>, { ownerId }: { ownerId: string }): Held {
  const found = held.get(ownerId);
  if (found === undefined) throw new Error(`owner ${ownerId} has changed, and is not locked`);
  return found;
}

/** When something of an owner ends that did not before, and when nothing does any more. */
interface Endings {
  readonly ownerId: string;
  readonly added: readonly number[];
  readonly gone: readonly number[];
}

/** Undefined where nothing has changed, as of nearly everybody. */
function endingsOf(ownerId: string, before: readonly Lot[], after: readonly Lot[]): Endings | undefined {
  const isSame = (lot: Lot, i: number) =>
    before[i]?.expiresAt === lot.expiresAt && (before[i]?.remaining ?? 0) > 0 === lot.remaining > 0;
  if (before.length === after.length && after.every(isSame)) return undefined;
  const [had, has] = [endsOf(before), endsOf(after)];
  return { ownerId, added: [...has].filter((ms) => !had.has(ms)), gone: [...had].filter((ms) => !has.has(ms)) };
}

function endsOf(lots: readonly Lot[]): ReadonlySet<number> {
  return new Set(lots.filter(({ remaining }) => remaining > 0).map(({ expiresAt }) => expiresAt.epochMilliseconds));
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
