import type { Temporal } from 'temporal-polyfill';
import { followId } from '../base/ids.ts';
import { uuidArray } from '../infra/db/uuid-array.ts';
import type { ChangedOwner, Lot, Notes } from './book.ts';
import type { Conversation, Statement } from './conversation.ts';
import { readLots, type WrittenLots, writeLots, writeRemaining } from './written-lots.ts';

/**
 * Locks owners in id order, so that two batches never wait for each other. An owner seen for the first time is inserted; if
 * another process inserts it at the same moment, the conflicting update locks that row. A locked row shows what the last
 * holder of the lock left.
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

/**
 * Locks owners until the transaction ends, and inserts those seen for the first time. Ids that this process makes from then on
 * are above those of the owners' entries.
 */
export async function lock(conversation: Conversation, ownerIds: readonly string[]): Promise<void> {
  const [row] = await conversation.ask<{ newest: string | null }>(lockOnly, [uuidArray(ownerIds)]);
  if (row?.newest) followId(row.newest);
}

/** An owner's row as a batch holds it. */
export interface Held {
  /** Where the row lies (`ctid`); it cannot move while we hold its lock. */
  readonly place: string;
  /** Lots that hold something or have not ended. */
  readonly lots: readonly Lot[];
  /** The others, empty and past their end: they leave the row when it is written. */
  readonly closing: readonly Lot[];
  /** The earliest end of a lot that holds something. */
  readonly endsNextMs: number | null;
  readonly notes: Notes | undefined;
  /** The newest entries that took from this owner and brought to it, when it was loaded. */
  readonly lastOut: string | null;
  readonly lastIn: string | null;
  /** The same for entries that this batch has made since. */
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

/** Locks owners as `lock` does, and answers what each of them has. */
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
  // Hardly any owner has closed lots; the others keep the list as it was read.
  const isOpen = !lots.some(hasClosed);
  const open = isOpen ? lots : lots.filter((lot) => !hasClosed(lot));
  const closing = isOpen ? [] : lots.filter(hasClosed);
  return { place, lots: open, closing, endsNextMs, notes, lastOut, lastIn, newOut: null, newIn: null };
}

/** How the database writes that there are no notes. */
const NOTHING = '{}';

/** What a batch writes into an owner's row. */
export interface WrittenOwner extends WrittenLots {
  /** As JSON; empty if they have not changed. */
  readonly notes: string;
  readonly held: Held;
  readonly endsNextMs: number | null;
  readonly endings: Endings | undefined;
}

/** What to write for an owner whose lots or notes have changed. */
export function writtenOwner(changed: ChangedOwner, all: ReadonlyMap<string, Held>): WrittenOwner {
  const { ownerId, lots, isReshaped } = changed;
  const held = heldBy(all, changed);
  const notes = changed.notes === undefined ? '' : JSON.stringify(changed.notes);
  const endings = endingsOf(ownerId, held.lots, lots);
  const endsNextMs = endings === undefined ? held.endsNextMs : endsNext(lots);
  // The descriptions of the lots are written only if they have changed; amounts alone keep the order in which they were read.
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

/** The book sorts lots by id; a row that a bulk has written may have another order. */
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

/** Moments at which something of an owner now ends and did not before, and the other way round. */
export interface Endings {
  readonly ownerId: string;
  readonly added: readonly number[];
  readonly gone: readonly number[];
}

/** Undefined if nothing has changed, as for nearly all owners. */
function endingsOf(ownerId: string, before: readonly Lot[], after: readonly Lot[]): Endings | undefined {
  const isSame = (lot: Lot, i: number) =>
    before[i]?.expiresAt === lot.expiresAt && (before[i]?.remaining ?? 0) > 0 === lot.remaining > 0;
  if (before.length === after.length && after.every(isSame)) return undefined;
  const [had, has] = [endsOf(before), endsOf(after)];
  return { ownerId, added: has.filter((ms) => !had.includes(ms)), gone: had.filter((ms) => !has.includes(ms)) };
}

/** The moments at which something ends, each once. An owner has few. */
function endsOf(lots: readonly Lot[]): readonly number[] {
  const ends: number[] = [];
  for (const { remaining, expiresAt } of lots) {
    if (remaining > 0 && !ends.includes(expiresAt.epochMilliseconds)) ends.push(expiresAt.epochMilliseconds);
  }
  return ends;
}
