import type { Language } from '../../base/language.ts';
import { whoWords } from './messages.ts';
import { giftText } from './text.ts';
import type { GiftView } from './view-store.ts';

/** Who a gift is for, as its sender may know it: whoever claimed it, a person of the contract, else the way alone. */
export function receiverWords(gift: GiftView, language: Language): string {
  const t = giftText(language);
  if (gift.state !== 'claimed' && gift.way !== 'same-contract') {
    if (gift.way === 'share-link') return t.toLink;
    if (gift.way === 'gift-code') return t.toCode;
    if (gift.way === 'phone-number') return t.toNumber;
  }
  return whoWords(gift.receiverName, language);
}
