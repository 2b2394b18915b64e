import { firstBroken, type Rule } from '../../../base/refusal.ts';

export interface StickerOrderFacts {
  /** The ledger did not agree with itself when it was last looked at. */
  readonly isPaused: boolean;
  /** Whether the LINE account that is to get the set is linked to the contractor. */
  readonly isLinked: boolean;
  readonly balance: number;
  /** The set as the catalogue has it; undefined for one that it does not have. */
  readonly set: { readonly pricePoints: number; readonly isOpen: boolean } | undefined;
  /** Orders of this contractor that wait for LINE. */
  readonly waiting: number;
  readonly mostWaiting: number;
  /** Whether the LINE account has the set from us, or is about to. */
  readonly isTheirs: boolean;
}

/** Why a sticker set is not ordered, in this order. */
export const stickerRefusals = [
  {
    code: 'paused',
    says: 'Nothing is ordered while the ledger does not agree with itself.',
    broken: (facts) => facts.isPaused,
  },
  {
    code: 'not-linked',
    says: 'Stickers go to a LINE account that is linked to the contractor.',
    broken: (facts) => !facts.isLinked,
  },
  {
    code: 'not-enough-points',
    says: 'The points that are there cover the price.',
    broken: (facts) => facts.set !== undefined && facts.balance < facts.set.pricePoints,
  },
  {
    code: 'not-for-sale',
    says: 'The set is in the catalogue and open.',
    broken: (facts) => !facts.set?.isOpen,
  },
  {
    code: 'too-many-waiting',
    says: 'So many sets may wait to be delivered at once (3 unless set otherwise).',
    broken: (facts) => facts.waiting >= facts.mostWaiting,
  },
  {
    code: 'already-theirs',
    says: 'A LINE account gets a set once.',
    broken: (facts) => facts.isTheirs,
  },
] as const satisfies readonly Rule<StickerOrderFacts, string>[];

export type StickerRefusal = (typeof stickerRefusals)[number]['code'];

/** Why a sticker set cannot be ordered: the first rule broken, or undefined. */
export function stickerRefusal(facts: StickerOrderFacts): StickerRefusal | undefined {
  return firstBroken<StickerOrderFacts, StickerRefusal>(stickerRefusals, facts);
}
