import { Temporal } from 'temporal-polyfill';
import type { Language } from '../../base/language.ts';
import type { Operator } from '../../base/operator.ts';
import { lastDayBefore } from '../../base/operator-month.ts';
import { formatDay } from '../../infra/ui/format.ts';
import type { PointEventDetail, PointEventKind } from './facts.ts';
import { pointText } from './text.ts';

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
  const t = pointText(language);
  const { kind, detail, end } = event;
  const points = t.amount(Math.abs(event.points));
  const month = t.monthName(detail.month ?? '');
  const endedOn = lastDayWords(Temporal.Instant.fromEpochMilliseconds(detail.endsMs ?? 0), operator.timeZone, language);
  const left = end ? t.nowHave(t.amount(event.balance), lastDayWords(end, operator.timeZone, language)) : '';
  const withBalance = (sentence: string) => (left === '' ? sentence : `${sentence}\n${left}`);
  switch (kind) {
    case 'granted':
      return withBalance(t.granted(month, points));
    case 'goodwill':
      return withBalance(t.goodwill(points, detail.reason ?? ''));
    case 'invitation':
      return withBalance(t.invitation(points, t.invitationParts[detail.part ?? 'inviting']));
    case 'bill-returned':
      return withBalance(t.billReturned(month, points));
    case 'ending':
      return t.ending(t.amount(event.balance), endedOn);
    case 'expired':
      return t.expired(points, endedOn);
    case 'bill':
    case 'sticker':
    case 'sticker-returned':
      return null;
  }
}
