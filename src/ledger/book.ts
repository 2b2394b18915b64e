import type { Temporal } from 'temporal-polyfill';

export type Unit = 'byte' | 'point';

/** What an owner has of one kind with one lifetime. A value: a movement makes a new one, so ask the book again. */
export interface Lot {
  readonly ownerId: string;
  readonly lotId: string;
  readonly unit: Unit;
  readonly kind: string;
  readonly remaining: number;
  readonly grantedAt: Temporal.Instant;
  /** Exclusive. */
  readonly expiresAt: Temporal.Instant;
  /** For an amount set aside: where it came from and goes back to. */
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
  /** What the command in hand moves from now on is entered under this request: one of the many that it is made of. */
  enterAs(requestId: string): void;
  /**
   * What a family has noted with an owner (something JSON can hold): a few figures that it would else look for somewhere else
   * for each command. Whoever asks says what was kept under this name.
   */
  note<Kept extends object>(ownerId: string, name: string): Kept | undefined;
  keepNote(ownerId: string, name: string, note: object): void;
  /** The lot ends at another moment from now on. Nothing moves, so the journal says nothing of it. */
  prolong(lot: Lot, expiresAt: Temporal.Instant): void;
}

/** One movement, both sides with the balance after it. A null side is a named source or sink, told by the reason. */
export interface Movement {
  readonly reason: string;
  readonly unit: Unit;
  readonly amount: number;
  readonly from: Side | null;
  readonly to: Side | null;
  /** What it is entered under; without one, under the command's own request. */
  readonly requestId?: string;
}

export interface Side {
  readonly ownerId: string;
  readonly lotId: string;
  readonly after: number;
}

/** What families have noted with an owner, by name. */
export type Notes = Readonly<Record<string, object>>;

/** The book as the batch holds it: what the rules see, and what is to be saved. */
export interface WorkingBook extends Book {
  /** From now on only these owners may be touched: those the command in hand has named. */
  restrictTo(ownerIds: readonly string[]): void;
  /** Everything moved so far, in order. */
  readonly movements: readonly Movement[];
  /** Everybody whose lots are no longer what was loaded. */
  changedOwners(): Iterable<ChangedOwner>;
}

export interface ChangedOwner {
  readonly ownerId: string;
  /** All it has, as it stands now, in id order. */
  readonly lots: readonly Lot[];
  /** Whether a lot is new or ends at another moment; else only amounts have changed. */
  readonly isReshaped: boolean;
  /** All that is noted with it; undefined where that has not changed. */
  readonly notes: Notes | undefined;
}
