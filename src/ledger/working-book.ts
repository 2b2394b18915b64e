import type { Temporal } from 'temporal-polyfill';
import { instantAtMs } from '../base/instant-text.ts';
import { isPlainName } from '../base/plain-name.ts';
import type { ChangedOwner, Lot, Movement, Notes, Side, Sink, Source, WorkingBook } from './book.ts';

/**
 * A working copy of loaded lots. It changes nothing outside itself, so throwing it away undoes everything.
 *
 * @param lots what the owners have, in any order.
 * @param newId makes ids of new lots; later ids sort later.
 * @param notedOf the notes of an owner, as they were loaded.
 */
export function createBook(
  lots: Iterable<Lot>,
  newId: () => string,
  notedOf: (ownerId: string) => Notes | undefined = () => undefined,
): WorkingBook {
  const byOwner: Map<string, readonly Lot[]> = inIdOrder(lots);

  /** Owners that have changed; true if a lot is new or has another end. */
  const reshaped = new Map<string, boolean>();
  /** The notes of owners whose notes have changed. */
  const notes = new Map<string, Notes>();
  const movements: Movement[] = [];
  let isAllowed: ((ownerId: string) => boolean) | undefined;
  let requestId: string | undefined;

  function mustBeNamed(ownerId: string): void {
    if (isAllowed === undefined || isAllowed(ownerId)) return;
    throw new Error(`owner ${ownerId} is not among those the command named, so it is not locked`);
  }

  function lotsOf(ownerId: string): readonly Lot[] {
    mustBeNamed(ownerId);
    return byOwner.get(ownerId) ?? [];
  }

  function notesOf(ownerId: string): Notes | undefined {
    mustBeNamed(ownerId);
    return notes.get(ownerId) ?? notedOf(ownerId);
  }

  function find({ ownerId, lotId }: Pick<Lot, 'ownerId' | 'lotId'>): Lot {
    const found = lotsOf(ownerId).find((lot) => lot.lotId === lotId);
    if (found === undefined) throw new Error(`owner ${ownerId} has no lot ${lotId}`);
    return found;
  }

  /** Replaces the whole list, so that a rule that iterates over the old one is not disturbed. */
  function replace(lot: Lot, isReshaped: boolean): void {
    const owned = lotsOf(lot.ownerId);
    const at = owned.findIndex((one) => one.lotId === lot.lotId);
    own(lot.ownerId, owned.with(at, lot), isReshaped);
  }

  function own(ownerId: string, lots: readonly Lot[], isReshaped: boolean): void {
    byOwner.set(ownerId, lots);
    if (isReshaped || !reshaped.has(ownerId)) reshaped.set(ownerId, isReshaped);
  }

  function change(lot: Lot, by: number): Side {
    const after = lot.remaining + by;
    if (after < 0) throw new RangeError(`lot ${lot.lotId} has ${lot.remaining} ${lot.unit}, ${-by} cannot be taken`);
    if (!Number.isSafeInteger(after)) throw new RangeError(`lot ${lot.lotId} would exceed the safe whole numbers`);
    const changed = { ...lot, remaining: after };
    replace(changed, false);
    return { ownerId: lot.ownerId, lotId: lot.lotId, after };
  }

  function enter(movement: Movement): void {
    movements.push(requestId === undefined ? movement : { ...movement, requestId });
  }

  function whole(amount: number): number {
    if (!Number.isSafeInteger(amount) || amount <= 0) throw new RangeError(`not a whole amount above zero: ${amount}`);
    return amount;
  }

  return {
    movements,
    restrictTo(ownerIds) {
      isAllowed = among(ownerIds);
      requestId = undefined;
    },
    enterAs(request) {
      requestId = request;
    },
    lotsOf,
    lot: (ownerId, lotId) => lotsOf(ownerId).find((lot) => lot.lotId === lotId),
    open(asked) {
      const { grantedAt, expiresAt } = asked;
      const lot: Lot = {
        ...asked,
        grantedAt: toTheMillisecond(grantedAt),
        expiresAt: toTheMillisecond(expiresAt),
        lotId: newId(),
        remaining: 0,
      };
      own(lot.ownerId, [...lotsOf(lot.ownerId), lot].sort(byId), true);
      return lot;
    },
    move(from, to, amount, reason) {
      const [giving, taking] = [find(from), find(to)];
      if (giving.lotId === taking.lotId) throw new Error(`lot ${giving.lotId} cannot move to itself`);
      if (giving.unit !== taking.unit) throw new Error(`${giving.unit} cannot become ${taking.unit}`);
      if (!isPlainName(reason)) throw new Error(`not the name of a reason: ${reason}`);
      // Both ends are checked before either changes: a rule that catches the error leaves the book whole.
      whole(taking.remaining + whole(amount));
      enter({ reason, unit: giving.unit, amount, from: change(giving, -amount), to: change(taking, amount) });
    },
    bring(source: Source, to, amount) {
      const taking = find(to);
      enter({ reason: source, unit: taking.unit, amount, from: null, to: change(taking, whole(amount)) });
    },
    take(from, sink: Sink, amount) {
      const giving = find(from);
      enter({ reason: sink, unit: giving.unit, amount, from: change(giving, -whole(amount)), to: null });
    },
    prolong(lot, expiresAt) {
      replace({ ...find(lot), expiresAt: toTheMillisecond(expiresAt) }, true);
    },
    note<Kept extends object>(ownerId: string, name: string) {
      // The caller knows the type that was kept under this name; the book does not.
      return notesOf(ownerId)?.[name] as Kept | undefined;
    },
    keepNote(ownerId, name, note) {
      notes.set(ownerId, { ...notesOf(ownerId), [name]: note });
      own(ownerId, lotsOf(ownerId), false);
    },
    *changedOwners(): Iterable<ChangedOwner> {
      for (const [ownerId, isReshaped] of reshaped) {
        yield { ownerId, lots: byOwner.get(ownerId) ?? [], isReshaped, notes: notes.get(ownerId) };
      }
    },
  };
}

/** Lots are stored to the millisecond, so a later command of this batch sees what a later batch would. */
function toTheMillisecond(at: Temporal.Instant): Temporal.Instant {
  return instantAtMs(at.epochMilliseconds);
}

/** Most commands name two or three owners; a set is worth it only for commands made of many parts. */
function among(ownerIds: readonly string[]): (ownerId: string) => boolean {
  if (ownerIds.length <= FEW) return (ownerId) => ownerIds.includes(ownerId);
  const owners = new Set(ownerIds);
  return (ownerId) => owners.has(ownerId);
}

const FEW = 8;

function inIdOrder(lots: Iterable<Lot>): Map<string, Lot[]> {
  const byOwner = new Map<string, Lot[]>();
  for (const lot of lots) {
    const owned = byOwner.get(lot.ownerId);
    if (owned === undefined) byOwner.set(lot.ownerId, [lot]);
    else owned.push(lot);
  }
  for (const owned of byOwner.values()) if (owned.length > 1) owned.sort(byId);
  return byOwner;
}

function byId(a: Lot, b: Lot): number {
  return a.lotId < b.lotId ? -1 : a.lotId > b.lotId ? 1 : 0;
}
