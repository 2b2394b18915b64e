import type { GiftWay } from '../../base/operator.ts';
import type { GiftRefusal } from './rules/refusals.ts';
import type { ReturnReason, ReturnRefusal } from './rules/return.ts';

/** Sets an amount aside for somebody. The id is made before, so that the ledger knows the owner of what is set aside. */
export interface OfferCommand {
  readonly kind: 'offer';
  readonly requestId: string;
  readonly giftId: string;
  readonly senderSubscriptionId: string;
  readonly senderLineUserId: string;
  readonly amountBytes: number;
  readonly way: GiftWay;
  /** Known from the start for a person of the same contract, and where a phone number is somebody's. */
  readonly receiverSubscriptionId: string | null;
  /** SHA-256 (hex) of the claim page's token. */
  readonly claimTokenHash: string | null;
  /** Keyed hash (hex) of the code to read out. */
  readonly giftCodeHash: string | null;
  /** Keyed hash (hex) of the phone number it is for: what was asked, whoever has the number at the time. */
  readonly receiverNumberHash: string | null;
}

/** Given and received in one, between two subscriptions that are both linked. */
export interface DirectCommand {
  readonly kind: 'direct';
  readonly requestId: string;
  readonly giftId: string;
  readonly senderSubscriptionId: string;
  readonly receiverSubscriptionId: string;
  readonly amountBytes: number;
}

export interface ClaimCommand {
  readonly kind: 'claim';
  readonly requestId: string;
  readonly giftId: string;
  readonly senderSubscriptionId: string;
  readonly receiverSubscriptionId: string;
  readonly receiverLineUserId: string;
}

/** Declined by the receiver, taken back by the sender, or its time is up. */
export interface ReturnCommand {
  readonly kind: 'return';
  readonly requestId: string;
  readonly giftId: string;
  readonly senderSubscriptionId: string;
  /** Who was to receive it, when the sender named somebody. */
  readonly receiverSubscriptionId: string | null;
  readonly reason: ReturnReason;
  /** Who declined or took it back; null when its time was up. */
  readonly byLineUserId: string | null;
}

export type GiftCommand = OfferCommand | DirectCommand | ClaimCommand | ReturnCommand;

/** What a sender who is refused wants to know. */
export type Figures = {
  readonly giveableBytes: number;
  readonly givenThisMonthBytes: number;
};

export type GiftAnswer =
  | { readonly result: 'offered'; readonly giftId: string; readonly amountBytes: number; readonly expiresAt: string }
  | {
      readonly result: 'claimed';
      readonly giftId: string;
      readonly amountBytes: number;
      /** When the receiver can last use it (exclusive), ISO 8601. */
      readonly usableUntil: string;
    }
  | {
      readonly result: 'returned';
      readonly giftId: string;
      readonly amountBytes: number;
      /** Less than the amount when what it came from had ended. */
      readonly backBytes: number;
    }
  | { readonly result: 'refused'; readonly code: GiftRefusal; readonly figures: Figures | null }
  | { readonly result: 'not-returned'; readonly code: ReturnRefusal | 'unknown-gift' };
