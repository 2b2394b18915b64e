import type { Temporal } from 'temporal-polyfill';

export type Unit = 'byte' | 'point';

/** An amount of one unit, kind and lifetime that an owner has. A value: a movement makes a new one, so ask the book again. */
export interface Lot {
  readonly ownerId: string;
  readonly lotId: string;
  readonly unit: Unit;
  readonly kind: string;
  readonly remaining: number;
  readonly grantedAt: Temporal.Instant;
  /** Exclusive. */
  readonly expiresAt: Temporal.Instant;
  /** Of an amount that is set aside: the lot it came from and goes back to. */
  readonly origin?: { readonly ownerId: string; readonly lotId: string };
}

/** Where amounts enter and leave the book. A bill takes points, and gives them back when it is corrected. */
export type Source = 'plan-grant' | 'purchase' | 'adjustment' | 'point-grant' | 'goodwill' | 'bill';
export type Sink = 'usage' | 'expiry' | 'adjustment' | 'bill' | 'sticker';

/**
 * The working copy of a batch: the lots of every owner it touches, and the movements made on them.
 * A lot never goes below zero: trying to is a bug in a rule and throws. So does touching an owner the command did not
 * name, for that owner's lock may not be held. A lot handed in only names the lot; its `remaining` is not read.
 */
export interface Book {
  /** Lots of an owner that have something left or have not ended, in id order. */
  lotsOf(ownerId: string): readonly Lot[];
  lot(ownerId: string, lotId: string): Lot | undefined;
  /** A new, empty lot; amounts are moved into it. */
  open(lot: Omit<Lot, 'remaining' | 'lotId'>): Lot;
  /** From one lot to another. */
  move(from: Lot, to: Lot, amount: number, reason: string): void;
  /** From a named source into a lot. */
  bring(source: Source, to: Lot, amount: number): void;
  /** From a lot into a named sink. */
  take(from: Lot, sink: Sink, amount: number): void;
  /** From now on the command's movements are entered under this request id: that of one of its parts. */
  enterAs(requestId: string): void;
  /**
   * A note that a family keeps in an owner's row (a JSON object): a few figures that each command would otherwise have to look
   * up elsewhere. `Kept` must be the type that was kept under this name.
   */
  note<Kept extends object>(ownerId: string, name: string): Kept | undefined;
  keepNote(ownerId: string, name: string, note: object): void;
  /** Gives the lot another end. Nothing moves, so there is no journal entry. */
  prolong(lot: Lot, expiresAt: Temporal.Instant): void;
}

/** One movement, with the balance after it on both sides. A null side is a source or sink; `reason` says which. */
export interface Movement {
  readonly reason: string;
  readonly unit: Unit;
  readonly amount: number;
  readonly from: Side | null;
  readonly to: Side | null;
  /** The request id it is entered under; by default the command's own. */
  readonly requestId?: string;
}

export interface Side {
  readonly ownerId: string;
  readonly lotId: string;
  readonly after: number;
}

/** The notes that families keep with an owner, by name. */
export type Notes = Readonly<Record<string, object>>;

/** The book as the batch uses it: what rules see, and what has to be saved afterwards. */
export interface WorkingBook extends Book {
  /** From now on only these owners may be touched: those that the next command has named. */
  restrictTo(ownerIds: readonly string[]): void;
  /** Everything moved so far, in order. */
  readonly movements: readonly Movement[];
  /** Every owner whose lots or notes differ from what was loaded. */
  changedOwners(): Iterable<ChangedOwner>;
}

export interface ChangedOwner {
  readonly ownerId: string;
  /** All its lots as they are now, in id order. */
  readonly lots: readonly Lot[];
  /** Whether a lot is new or has another end; otherwise only amounts or notes have changed. */
  readonly isReshaped: boolean;
  /** All its notes; undefined if they have not changed. */
  readonly notes: Notes | undefined;
}
