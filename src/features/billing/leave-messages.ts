import { catalogue } from '../../base/language.ts';
import { bubble, button } from '../../infra/line/flex.ts';
import type { OutgoingMessage } from '../../infra/line/outbox/outbox.ts';
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
  const t = leaveText(language);
  const name = subscriptionName(subscription, language);
  const title = t.titles[about];
  const body = [name, t.says[about](untilDay(leave.endsAt, calendar, language))];
  return {
    lineUserId,
    dedupeKey: `leave:${leave.leaveId}:${about}:${lineUserId}`,
    messages: [
      bubble({
        title,
        altText: [title, ...body].join('\n'),
        body,
        ...(isContractor ? { buttons: [button(t.seePage, `${publicUrl}/leave?via=line`, 'primary')] } : {}),
      }),
    ],
  };
}

const ja = {
  seePage: '手続きを見る',

  titles: {
    ends: '解約を受け付けました',
    number: 'MNP予約番号を発行しました',
    stays: '解約の手続きを取り消しました',
    ended: 'ご利用が終わりました',
    lapsed: 'MNP予約番号の期限が切れました',
  } satisfies Record<LeaveNews['about'], string>,

  says: {
    ends: (until: string) => `${until}使えます。それまでは、契約者の方がマイページで取り消せます。`,
    number: (until: string) =>
      `${until}有効です。番号はマイページでご確認ください。お心当たりがないときは、すぐに取り消してください。`,
    stays: (_x: string) => 'これまでどおりお使いいただけます。',
    ended: (_x: string) => 'この回線のデータ、利用コード、LINE連携は使えなくなりました。ご利用ありがとうございました。',
    lapsed: (_x: string) => '契約はそのまま続いています。',
  } satisfies Record<LeaveNews['about'], (a: string) => string>,
};

const en: typeof ja = {
  seePage: 'See the details',

  titles: {
    ends: 'This subscription will end',
    number: 'A reservation number was issued',
    stays: 'This subscription goes on',
    ended: 'This subscription has ended',
    lapsed: 'The reservation number is no longer valid',
  },

  says: {
    ends: (until) => `It can be used ${until}. Until then the contractor can take this back on My Page.`,
    number: (until) => `It is valid ${until}. The number is on My Page. If this was not you, take it back at once.`,
    stays: () => 'You can use it as before.',
    ended: () => 'Its data, link code and links can no longer be used. Thank you for having been with us.',
    lapsed: () => 'The contract goes on as it is.',
  },
};

const leaveText = catalogue(ja, en);
