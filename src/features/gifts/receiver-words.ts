import type { Language } from '../../base/language.ts';
import { whoWords } from './messages.ts';
import { text } from './text.ts';
import type { GiftView } from './view-store.ts';

/** Who a gift is for, as its sender may know it: whoever claimed it, a person of the contract, else the way alone. */
export function receiverWords(gift: GiftView, language: Language): string {
  if (gift.state !== 'claimed' && gift.way !== 'same-contract') {
    if (gift.way === 'share-link') return text.toLink[language]();
    if (gift.way === 'gift-code') return text.toCode[language]();
    if (gift.way === 'phone-number') return text.toNumber[language]();
  }
  return whoWords(gift.receiverName, language);
}
