import type { Words } from '../../base/language.ts';
import { bubble, button } from '../../infra/line/flex.ts';
import type { OutgoingMessage } from '../../infra/line/outbox.ts';
import type { Subscription } from '../contractors/index.ts';
import { type Calendar, subscriptionName, untilDay } from '../data/index.ts';
import type { LeaveRequest } from './leave-store.ts';
import type { Person } from './people-store.ts';

/** What happened to a subscription on its way out. */
export interface LeaveNews {
  readonly about: 'ends' | 'number' | 'stays' | 'ended' | 'lapsed';
  readonly leave: LeaveRequest;
  readonly subscription: Subscription;
}

/** Which subscription, what happens, until when. No reservation number: talks are kept. */
export function leaveMessage(
  { about, leave, subscription }: LeaveNews,
  { lineUserId, language }: Person,
  { calendar, publicUrl, isContractor }: { calendar: Calendar; publicUrl: string; isContractor: boolean },
): OutgoingMessage {
  const name = subscriptionName(subscription, language);
  const title = titles[about][language]();
  const body = [name, says[about][language](untilDay(leave.endsAt, calendar, language))];
  return {
    lineUserId,
    dedupeKey: `leave:${leave.leaveId}:${about}:${lineUserId}`,
    messages: [
      bubble({
        title,
        altText: [title, ...body].join('\n'),
        body,
        ...(isContractor ? { buttons: [button(seePage[language](), `${publicUrl}/leave?via=line`, 'primary')] } : {}),
      }),
    ],
  };
}

const seePage = { ja: () => '手続きを見る', en: () => 'See the details' } satisfies Words;

const titles: Record<LeaveNews['about'], Words> = {
  ends: { ja: () => '解約を受け付けました', en: () => 'This subscription will end' },
  number: { ja: () => 'MNP予約番号を発行しました', en: () => 'A reservation number was issued' },
  stays: { ja: () => '解約の手続きを取り消しました', en: () => 'This subscription goes on' },
  ended: { ja: () => 'ご利用が終わりました', en: () => 'This subscription has ended' },
  lapsed: { ja: () => 'MNP予約番号の期限が切れました', en: () => 'The reservation number is no longer valid' },
};

const says: Record<LeaveNews['about'], Words<[string]>> = {
  ends: {
    ja: (until) => `${until}使えます。それまでは、契約者の方がマイページで取り消せます。`,
    en: (until) => `It can be used ${until}. Until then the contractor can take this back on My Page.`,
  },
  number: {
    ja: (until) =>
      `${until}有効です。番号はマイページでご確認ください。お心当たりがないときは、すぐに取り消してください。`,
    en: (until) => `It is valid ${until}. The number is on My Page. If this was not you, take it back at once.`,
  },
  stays: { ja: () => 'これまでどおりお使いいただけます。', en: () => 'You can use it as before.' },
  ended: {
    ja: () => 'この回線のデータ、利用コード、LINE連携は使えなくなりました。ご利用ありがとうございました。',
    en: () => 'Its data, link code and links can no longer be used. Thank you for having been with us.',
  },
  lapsed: { ja: () => '契約はそのまま続いています。', en: () => 'The contract goes on as it is.' },
};
