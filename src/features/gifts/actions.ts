import { newId } from '../../base/ids.ts';
import type { GiftWay } from '../../base/operator.ts';
import type { Ledger, Submitted } from '../../ledger/family.ts';
import { type ClaimTokens, claimTokenHash } from './claim-token.ts';
import type { GiftAnswer } from './commands.ts';
import type { GiftRow } from './facts.ts';
import type { GiftFamily } from './family.ts';
import type { GiftCodes } from './gift-code.ts';
import type { ReturnReason } from './rules/return.ts';

/**
 * The use cases of gifts. Each takes a `requestId` that names the tap or the call it comes from: a repeat has one effect
 * and the same answer.
 */
export interface GiftActions {
  /** Sets an amount aside, for somebody named or for whoever has the share link or the code. */
  offerGift(asked: {
    requestId: string;
    senderSubscriptionId: string;
    senderLineUserId: string;
    amountBytes: number;
    way: GiftWay;
    receiverSubscriptionId: string | null;
    /** Only with the way `phone-number`, see `offerToNumber`. */
    receiverNumberHash?: string;
  }): Promise<Submitted<GiftAnswer>>;
  /** Given and received in one. */
  giveDirectly(asked: {
    requestId: string;
    senderSubscriptionId: string;
    receiverSubscriptionId: string;
    amountBytes: number;
  }): Promise<Submitted<GiftAnswer>>;
  claimGift(asked: {
    requestId: string;
    gift: Pick<GiftRow, 'giftId' | 'senderSubscriptionId'>;
    receiverSubscriptionId: string;
    receiverLineUserId: string;
  }): Promise<Submitted<GiftAnswer>>;
  /** Declined, taken back or expired. Whether the person may is the caller's question: ask the store by person. */
  returnGift(asked: {
    requestId: string;
    gift: Pick<GiftRow, 'giftId' | 'senderSubscriptionId' | 'receiverSubscriptionId'>;
    reason: ReturnReason;
    /** The person who declined or took it back; null when its time was up. */
    byLineUserId: string | null;
  }): Promise<Submitted<GiftAnswer>>;
}

export function createGiftActions(deps: {
  ledger: Ledger;
  family: GiftFamily;
  tokens: ClaimTokens;
  codes: GiftCodes;
}): GiftActions {
  const { ledger, family, tokens, codes } = deps;
  return {
    async offerGift({ receiverNumberHash = null, ...asked }) {
      const isCode = asked.way === 'gift-code';
      const giftId = isCode ? await codes.freshGiftId() : newId();
      // A code that was typed right opens the same page as a link.
      const token = isCode || asked.way === 'share-link' ? claimTokenHash(tokens.tokenOf(giftId)) : null;
      const giftCodeHash = isCode ? codes.hashOf(codes.codeOf(giftId)) : null;
      return ledger.submit(family, {
        kind: 'offer',
        giftId,
        claimTokenHash: token,
        giftCodeHash,
        receiverNumberHash,
        ...asked,
      });
    },
    giveDirectly: (asked) => ledger.submit(family, { kind: 'direct', giftId: newId(), ...asked }),
    claimGift: ({ gift, ...asked }) =>
      ledger.submit(family, {
        kind: 'claim',
        giftId: gift.giftId,
        senderSubscriptionId: gift.senderSubscriptionId,
        ...asked,
      }),
    returnGift: ({ gift, ...asked }) =>
      ledger.submit(family, {
        kind: 'return',
        giftId: gift.giftId,
        senderSubscriptionId: gift.senderSubscriptionId,
        receiverSubscriptionId: gift.receiverSubscriptionId,
        ...asked,
      }),
  };
}
