import type { Month } from '../../base/operator-month.ts';
import type { StickerRefusal } from './rules/sticker-order.ts';

interface OfContractor {
  readonly requestId: string;
  readonly contractorId: string;
}

/** A month's points, once for each contractor and month. */
export interface GrantCommand extends OfContractor {
  readonly kind: 'grant';
  readonly month: Month;
}

/** Points that staff give, with a reason that the person reads. */
export interface GoodwillCommand extends OfContractor {
  readonly kind: 'goodwill';
  readonly points: number;
  readonly reason: string;
  readonly staff: string;
}

/** Points for an invitation that came to something, for either side. */
export interface InvitationCommand extends OfContractor {
  readonly kind: 'invitation';
  readonly points: number;
  readonly part: InvitationPart;
}

/** Who invited, or who was. */
export type InvitationPart = 'inviting' | 'invited';

/** Uses points on a month's bill as the contractor set it. */
export interface BillCommand extends OfContractor {
  readonly kind: 'bill';
  readonly month: Month;
  /** What of the bill may be paid with points. */
  readonly spendableYen: number;
}

/** Gives points back that a month's bill took and should not have. */
export interface BillReturnCommand extends OfContractor {
  readonly kind: 'bill-return';
  readonly month: Month;
  readonly points: number;
}

export interface OrderStickerCommand extends OfContractor {
  readonly kind: 'order-sticker';
  /** Made by us; owns what is set aside. */
  readonly orderId: string;
  readonly lineUserId: string;
  readonly stickerCode: string;
}

/** LINE has delivered the set, or will not. */
export interface SettleStickerCommand extends OfContractor {
  readonly kind: 'settle-sticker';
  readonly orderId: string;
  readonly outcome: 'delivered' | 'returned';
  /** LINE's words, for staff. */
  readonly why: string | null;
}

/** Takes out of the book what has ended. */
export interface ExpireCommand extends OfContractor {
  readonly kind: 'expire';
}

export type PointCommand =
  | GrantCommand
  | GoodwillCommand
  | InvitationCommand
  | BillCommand
  | BillReturnCommand
  | OrderStickerCommand
  | SettleStickerCommand
  | ExpireCommand;

export type PointRefusal = StickerRefusal | 'unknown-contractor' | 'not-an-amount' | 'more-than-was-used';

export type PointAnswer =
  /** Points came or went, or none did. */
  | { readonly result: 'done'; readonly points: number; readonly balance: number }
  | { readonly result: 'ordered'; readonly orderId: string; readonly balance: number }
  /** `isNews` when this settled the order, and nothing had before. */
  | { readonly result: 'settled'; readonly state: 'delivered' | 'returned'; readonly isNews: boolean }
  | { readonly result: 'refused'; readonly code: PointRefusal };
