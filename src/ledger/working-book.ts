import type { Lot, Movement, Side, Sink, Source, WorkingBook } from './book.ts';

/**
 * A working copy over loaded lots. Nothing leaves it but by being read: throwing it away undoes everything.
 *
 * @param lots what the owners have, in any order.
 * @param newId makes ids of new lots; later ids sort later.
 */
export function createBook(lots: Iterable<Lot>, newId: () => string): WorkingBook {
  const byOwner: Map<string, readonly Lot[]> = inIdOrder(lots);

  const openedIds = new Set<string>();
  const prolonged = new Map<string, Pick<Lot, 'ownerId' | 'lotId'>>();
  /** Lots that are new or have moved, as they stand now. */
  const touched = new Map<string, Lot>();
  const movements: Movement[] = [];
  let isAllowed: ((ownerId: string) => boolean) | undefined;
  let requestId: string | undefined;

  function lotsOf(ownerId: string): readonly Lot[] {
    if (isAllowed !== undefined && !isAllowed(ownerId)) {
      throw new Error(`owner ${ownerId} is not among those the command named, so it is not locked`);
    }
    return byOwner.get(ownerId) ?? [];
  }

  function find({ ownerId, lotId }: Pick<Lot, 'ownerId' | 'lotId'>): Lot {
    const found = lotsOf(ownerId).find((lot) => lot.lotId === lotId);
    if (found === undefined) throw new Error(`owner ${ownerId} has no lot ${lotId}`);
    return found;
  }

  /** Replaces the list, so that whoever walks over the old one is not disturbed. */
  function replace(lot: Lot): void {
    const owned = lotsOf(lot.ownerId);
    const at = owned.findIndex((one) => one.lotId === lot.lotId);
    byOwner.set(lot.ownerId, owned.with(at, lot));
  }

  function change(lot: Lot, by: number): Side {
    const after = lot.remaining + by;
    if (after < 0) throw new RangeError(`lot ${lot.lotId} has ${lot.remaining} ${lot.unit}, ${-by} cannot be taken`);
    if (!Number.isSafeInteger(after)) throw new RangeError(`lot ${lot.lotId} would exceed the safe whole numbers`);
    const changed = { ...lot, remaining: after };
    replace(changed);
    touched.set(lot.lotId, changed);
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
      const lot: Lot = { ...asked, lotId: newId(), remaining: 0 };
      byOwner.set(lot.ownerId, [...lotsOf(lot.ownerId), lot].sort(byId));
      openedIds.add(lot.lotId);
      touched.set(lot.lotId, lot);
      return lot;
    },
    move(from, to, amount, reason) {
      const [giving, taking] = [find(from), find(to)];
      if (giving.lotId === taking.lotId) throw new Error(`lot ${giving.lotId} cannot move to itself`);
      if (giving.unit !== taking.unit) throw new Error(`${giving.unit} cannot become ${taking.unit}`);
      if (reason === '') throw new Error('a movement needs a reason');
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
      const longer = { ...find(lot), expiresAt };
      const { ownerId, lotId } = longer;
      replace(longer);
      if (touched.has(lotId)) touched.set(lotId, longer);
      if (!openedIds.has(lotId)) prolonged.set(lotId, { ownerId, lotId });
    },
    prolonged: () => [...prolonged.values()].map(current),
    opened: () => [...touched.values()].filter((lot) => openedIds.has(lot.lotId)),
    changed: () => [...touched.values()].filter((lot) => !openedIds.has(lot.lotId)),
  };

  /** Past the restriction: what is to be saved belongs to every command of the batch. */
  function current({ ownerId, lotId }: Pick<Lot, 'ownerId' | 'lotId'>): Lot {
    const lot = byOwner.get(ownerId)?.find((one) => one.lotId === lotId);
    if (lot === undefined) throw new Error(`lot ${lotId} was touched but is not in the book`);
    return lot;
  }
}

/** Most commands name two or three owners; a set is for those that are made of many. */
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
