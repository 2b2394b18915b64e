import type { Temporal } from 'temporal-polyfill';
import type { GiftWay } from '../../base/operator.ts';
import type { Month } from '../../base/operator-month.ts';
import type { GiftState } from './rules/refusals.ts';
import type { ReturnReason } from './rules/return.ts';

/** A subscription on either side of a gift. */
export interface PartyFacts {
  readonly subscriptionId: string;
  readonly contractorId: string;
  readonly planCode: string;
  readonly isInService: boolean;
  /** Has run dry, and waits for something to arrive (`isSlowedSql`). */
  readonly isSlowed: boolean;
  /** LINE accounts linked to it as its user, longest linked first. */
  readonly linkedTo: readonly string[];
}

/** A gift as stored; its state moves on within a batch. */
export interface GiftRow {
  readonly giftId: string;
  readonly senderSubscriptionId: string;
  readonly senderLineUserId: string;
  receiverSubscriptionId: string | null;
  receiverLineUserId: string | null;
  readonly amountBytes: number;
  readonly way: GiftWay | 'direct';
  readonly month: Month;
  readonly claimTokenHash: string | null;
  readonly giftCodeHash: string | null;
  state: GiftState;
  readonly offeredAt: Temporal.Instant;
  readonly expiresAt: Temporal.Instant;
  endedAt: Temporal.Instant | null;
  /** When the receiver of a gift by phone number declined it: it waits on, and its sender is not told. */
  declinedAt: Temporal.Instant | null;
}

/** What a person is to be told, in facts; `messages.ts` finds the words. */
export type Notice = NoticeAbout & {
  readonly giftId: string;
  /** A LINE account. */
  readonly to: string;
  readonly amountBytes: number;
  /** The other side's LINE account; null where its name is not told. */
  readonly other: string | null;
};

type NoticeAbout =
  | { readonly about: 'offered-to-you'; readonly expiresAt: Temporal.Instant }
  | { readonly about: 'you-received'; readonly usableUntil: Temporal.Instant; readonly balanceBytes: number }
  | { readonly about: 'was-received'; readonly usableUntil: Temporal.Instant; readonly balanceBytes: number }
  | {
      readonly about: 'came-back';
      readonly reason: Exclude<ReturnReason, 'taken-back'>;
      readonly backBytes: number;
      readonly balanceBytes: number;
    };

/** Loaded for a batch, changed by its decisions, saved afterwards. */
export interface GiftBatch {
  readonly parties: ReadonlyMap<string, PartyFacts>;
  readonly gifts: Map<string, GiftRow>;
  /** Whether the ledger did not agree with itself when it was last looked at. */
  readonly isPaused: boolean;
  readonly changes: {
    readonly made: Set<string>;
    readonly moved: Set<string>;
    /** The person who declined or took back, by gift. */
    readonly returnedBy: Map<string, string>;
    readonly notices: Notice[];
  };
}

export function newBatch(parties: readonly PartyFacts[], gifts: readonly GiftRow[], isPaused: boolean): GiftBatch {
  return {
    parties: new Map(parties.map((party) => [party.subscriptionId, party])),
    gifts: new Map(gifts.map((gift) => [gift.giftId, gift])),
    isPaused,
    changes: { made: new Set(), moved: new Set(), returnedBy: new Map(), notices: [] },
  };
}
