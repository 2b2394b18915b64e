import type { Language } from '../../base/language.ts';
import type { Operator } from '../../base/operator.ts';
import { pageText } from './page-text.ts';
import { invitationWords, monthName } from './text.ts';
import type { HistoryItem } from './view-store.ts';
import { stickerName } from './words.ts';

/** What happened to points, as the customer and staff read it. */
export function historyWords({ kind, detail }: HistoryItem, operator: Operator, language: Language): string {
  const month = monthName[language](detail.month ?? '');
  const name = stickerName(detail.stickerCode, operator, language);
  switch (kind) {
    case 'granted':
      return pageText.granted[language](month);
    case 'goodwill':
      return detail.reason ?? '';
    case 'invitation':
      return invitationWords[detail.part ?? 'inviting'][language]();
    case 'bill':
      return pageText.bill[language](month);
    case 'bill-returned':
      return pageText.billReturned[language](month);
    case 'sticker':
      return pageText.sticker[language](name);
    case 'sticker-returned':
      return pageText.stickerReturned[language](name);
    case 'expired':
    case 'ending':
      return pageText.expired[language]();
  }
}

/** With its sign, as in a bank book: +36, −100. */
export function signed(points: number): string {
  return `${points > 0 ? '+' : '−'}${Math.abs(points).toLocaleString('en')}`;
}
