import type { Temporal } from 'temporal-polyfill';
import { followId } from '../base/ids.ts';
import { uuidArray } from '../infra/db/uuid-array.ts';
import type { ChangedOwner, Lot, Notes } from './book.ts';
import type { Conversation, Statement } from './conversation.ts';
import { readLots, type WrittenLots, writeLots, writeRemaining } from './written-lots.ts';

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
  /** The newest entries that took from this owner and that brought to it, as they were. */
  readonly lastOut: string | null;
  readonly lastIn: string | null;
  /** Those that the batch has entered since. */
  newOut: string | null;
  newIn: string | null;
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
  let newest = '';
  for (const { lastOut, lastIn } of rows) {
    if (lastOut !== null && lastOut > newest) newest = lastOut;
    if (lastIn !== null && lastIn > newest) newest = lastIn;
  }
  followId(newest);
  return new Map(rows.map((row) => [row.ownerId, heldOf(row, now.epochMilliseconds)]));
}

function heldOf(row: OwnerRow, nowMs: number): Held {
  const { place, endsNextMs, lastOut, lastIn } = row;
  const lots = readLots(row.ownerId, row);
  const notes: Notes | undefined = row.notes === NOTHING ? undefined : JSON.parse(row.notes);
  const hasClosed = (lot: Lot) => lot.remaining === 0 && lot.expiresAt.epochMilliseconds <= nowMs;
  // Nearly nobody has any: then the list is as it was read.
  const isOpen = !lots.some(hasClosed);
  const open = isOpen ? lots : lots.filter((lot) => !hasClosed(lot));
  const closing = isOpen ? [] : lots.filter(hasClosed);
  return { place, lots: open, closing, endsNextMs, notes, lastOut, lastIn, newOut: null, newIn: null };
}

/** No notes, as the database writes it. */
const NOTHING = '{}';

/** An owner's row as a batch leaves it. */
export interface WrittenOwner extends WrittenLots {
  /** As JSON; empty where they have not changed. */
  readonly notes: string;
  readonly held: Held;
  readonly endsNextMs: number | null;
  readonly endings: Endings | undefined;
}

/** What is to be written of an owner whose lots or notes have changed. */
export function writtenOwner(changed: ChangedOwner, all: ReadonlyMap<string, Held>): WrittenOwner {
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

/** Throws for an owner that the batch has not locked. */
export function heldBy(held: ReadonlyMap<string, Held>, { ownerId }: { ownerId: string }): Held {
  const found = held.get(ownerId);
  if (found === undefined) throw new Error(`owner ${ownerId} has changed, and is not locked`);
  return found;
}

/** When something of an owner ends that did not before, and when nothing does any more. */
export interface Endings {
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
  return { ownerId, added: has.filter((ms) => !had.includes(ms)), gone: had.filter((ms) => !has.includes(ms)) };
}

/** Each moment once, at which something ends. An owner has few. */
function endsOf(lots: readonly Lot[]): readonly number[] {
  const ends: number[] = [];
  for (const { remaining, expiresAt } of lots) {
    if (remaining > 0 && !ends.includes(expiresAt.epochMilliseconds)) ends.push(expiresAt.epochMilliseconds);
  }
  return ends;
}
