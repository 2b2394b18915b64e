import type { Temporal } from 'temporal-polyfill';
import type { Language } from '../../base/language.ts';
import type { DatedChange } from '../contractors/index.ts';
import type { InvitationPart } from './commands.ts';
import type { BillSetting } from './rules/bill-use.ts';
import type { LinkSpan } from './rules/month-grant.ts';

/** A subscription that was in service in a month. */
export interface FeeRow {
  readonly contractorId: string;
  readonly month: string;
  /** The plan now; which one counted in the month follows from its changes. */
  readonly planCode: string;
  readonly planChanges: readonly DatedChange<string>[];
  readonly opensAt: Temporal.Instant;
}

export interface LinkRow extends LinkSpan {
  readonly contractorId: string;
}

/** What a month's bill took and gave back. */
export interface BillRow {
  readonly contractorId: string;
  readonly month: string;
  used: number;
  returned: number;
}

export interface StickerOrderRow {
  readonly orderId: string;
  readonly contractorId: string;
  readonly lineUserId: string;
  readonly stickerCode: string;
  readonly productId: string;
  readonly pricePoints: number;
  readonly orderedAt: Temporal.Instant;
  state: 'waiting' | 'delivered' | 'returned';
  lastError: string | null;
}

export type PointEventKind =
  | 'granted'
  | 'goodwill'
  | 'invitation'
  | 'bill'
  | 'bill-returned'
  | 'sticker'
  | 'sticker-returned'
  | 'expired'
  | 'ending';

/** What an event is about, beyond its kind and amount. */
export interface PointEventDetail {
  readonly month?: string;
  readonly reason?: string;
  readonly part?: InvitationPart;
  readonly stickerCode?: string;
  /** When what is announced ends, exclusive, epoch milliseconds. */
  readonly endsMs?: number;
}

export interface PointEvent {
  readonly contractorId: string;
  readonly kind: PointEventKind;
  readonly points: number;
  readonly balanceAfter: number;
  /** With contractor and kind it names the event: it is there once. */
  readonly about: string;
  readonly detail: PointEventDetail;
  readonly isTold: boolean;
}

/** Loaded for a batch, changed by its decisions, saved afterwards. */
export interface PointFacts {
  /** Contractors that exist, of those named by goodwill and invitations. */
  readonly known: ReadonlySet<string>;
  /** By `monthKey`: months that are granted already. Grows within a batch. */
  readonly granted: Set<string>;
  readonly links: ReadonlyMap<string, readonly LinkRow[]>;
  /** By `monthKey`. */
  readonly fees: ReadonlyMap<string, readonly FeeRow[]>;
  readonly settings: ReadonlyMap<string, BillSetting>;
  /** By `monthKey`. */
  readonly bills: Map<string, BillRow>;
  /** Every order of the contractors and LINE accounts concerned that was not returned, and those to be settled. */
  readonly orders: Map<string, StickerOrderRow>;
  readonly languages: ReadonlyMap<string, Language>;
  /** Whether the ledger did not agree with itself when it was last looked at; false where nothing asks. */
  readonly isPaused: boolean;
  readonly changes: {
    readonly events: PointEvent[];
    /** Keys of `bills`. */
    readonly bills: Set<string>;
    readonly made: Set<string>;
    /** Orders that were settled. */
    readonly settled: Set<string>;
    readonly goodwill: { readonly contractorId: string; readonly points: number; readonly staff: string }[];
  };
}

export function monthKey(of: { contractorId: string; month: string }): string {
  return `${of.contractorId} ${of.month}`;
}
