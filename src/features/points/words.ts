import { Temporal } from 'temporal-polyfill';
import type { Language } from '../../base/language.ts';
import type { Operator } from '../../base/operator.ts';
import { lastDayBefore } from '../../base/operator-month.ts';
import { formatDay } from '../../infra/ui/format.ts';
import type { PointEventDetail, PointEventKind } from './facts.ts';
import { invitationWords, monthName, pointsWord, text } from './text.ts';

/** The last day on which something with this exclusive end can be used, as people read it. */
export function lastDayWords(end: Temporal.Instant, zone: string, language: Language): string {
  return formatDay(lastDayBefore(end, zone), language);
}

/** The name of a sticker set; of one that the catalogue no longer has, its code. */
export function stickerName(code: string | undefined, operator: Operator, language: Language): string {
  return operator.stickers.find((set) => set.code === code)?.name[language] ?? code ?? '';
}

/** What is announced of an event, in one or two sentences; null for what is not. */
export function announcement(
  event: {
    kind: PointEventKind;
    points: number;
    balance: number;
    detail: PointEventDetail;
    end: Temporal.Instant | null;
  },
  operator: Operator,
  language: Language,
): string | null {
  const { kind, detail, end } = event;
  const points = pointsWord[language](Math.abs(event.points));
  const month = monthName[language](detail.month ?? '');
  const endedOn = lastDayWords(Temporal.Instant.fromEpochMilliseconds(detail.endsMs ?? 0), operator.timeZone, language);
  const left = end
    ? text.nowHave[language](pointsWord[language](event.balance), lastDayWords(end, operator.timeZone, language))
    : '';
  const withBalance = (sentence: string) => (left === '' ? sentence : `${sentence}\n${left}`);
  switch (kind) {
    case 'granted':
      return withBalance(text.granted[language](month, points));
    case 'goodwill':
      return withBalance(text.goodwill[language](points, detail.reason ?? ''));
    case 'invitation':
      return withBalance(text.invitation[language](points, invitationWords[detail.part ?? 'inviting'][language]()));
    case 'bill-returned':
      return withBalance(text.billReturned[language](month, points));
    case 'ending':
      return text.ending[language](pointsWord[language](event.balance), endedOn);
    case 'expired':
      return text.expired[language](points, endedOn);
    case 'bill':
    case 'sticker':
    case 'sticker-returned':
      return null;
  }
}
