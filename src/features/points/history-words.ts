import type { Language } from '../../base/language.ts';
import type { Operator } from '../../base/operator.ts';
import { pageText } from './page-text.ts';
import { pointText } from './text.ts';
import type { HistoryItem } from './view-store.ts';
import { stickerName } from './words.ts';

/** What happened to points, as the customer and staff read it. */
export function historyWords({ kind, detail }: HistoryItem, operator: Operator, language: Language): string {
  const t = pageText(language);
  const pointWords = pointText(language);
  const month = pointWords.monthName(detail.month ?? '');
  const name = stickerName(detail.stickerCode, operator, language);
  switch (kind) {
    case 'granted':
      return t.granted(month);
    case 'goodwill':
      return detail.reason ?? '';
    case 'invitation':
      return pointWords.invitationParts[detail.part ?? 'inviting'];
    case 'bill':
      return t.bill(month);
    case 'bill-returned':
      return t.billReturned(month);
    case 'sticker':
      return t.sticker(name);
    case 'sticker-returned':
      return t.stickerReturned(name);
    case 'expired':
    case 'ending':
      return t.expired;
  }
}

/** With its sign, as in a bank book: +36, −100. */
export function signed(points: number): string {
  return `${points > 0 ? '+' : '−'}${Math.abs(points).toLocaleString('en')}`;
}
