import { catalogue } from '../../../base/language.ts';
import type { AllowanceState } from '../rules/allowance.ts';

const ja = {
  title: '今月LINEで送れるメッセージ',
  alarms: {
    short: '今月LINEで送れるメッセージが残りわずかです。',
    'used-up': '今月LINEで送れるメッセージがなくなりました。お客さまへのお知らせが届いていません。',
  },
  says: {
    unlimited: 'このアカウントに上限はありません。',
    enough: '足りています。トークへの返信は数に入りません。',
    short:
      '残りわずかです。なくなると、こちらからのお知らせが届きません（トークへの返信は届きます）。LINE公式アカウントの料金プランか追加メッセージを確認してください。',
    'used-up':
      'なくなりました。こちらからのお知らせは届きません（トークへの返信は届きます）。LINE公式アカウントの料金プランか追加メッセージを変更してください。',
  } satisfies Record<AllowanceState, string>,
  limit: '上限',
  used: '送った数',
  left: '残り',
  seenAt: 'LINEに確かめた日時',
  lastsUntil: (day: string) => `今月このままの調子で送ると、${day}になくなります。`,
  count: (messages: number) => `${messages.toLocaleString('ja')}通`,
  refused: (messages: number) =>
    `上限のために届かなかったお知らせが${messages.toLocaleString('ja')}通あります（3日以内の分）。`,
  again: 'まとめて送り直す',
  page: {
    title: 'まとめて送り直しますか？',
    lead: (messages: number) =>
      `上限のために届かなかったお知らせ${messages.toLocaleString('ja')}通を、新しいメッセージとして送ります。3日より前のものは送りません。`,
    still: '上限はまだそのままです。プランを変えてから送らないと、また届きません。',
    reason: '理由',
    reasonHint: '例：追加メッセージを有効にしたため',
    missing: '理由を5文字以上で入力してください。',
    submit: 'まとめて送り直す',
    done: 'まとめて送り直しました。',
  },
};

const en: typeof ja = {
  title: 'Messages LINE lets us send this month',
  alarms: {
    short: 'Few of the messages LINE lets us send this month are left.',
    'used-up': 'The messages LINE lets us send this month are used up. Customers do not get their notices.',
  },
  says: {
    unlimited: 'This account has no limit.',
    enough: 'There are enough. Answers in the talk do not count.',
    short:
      'Few are left. Without any, our notices do not arrive (answers in the talk do). See the plan or additional messages of the LINE official account.',
    'used-up':
      'None are left. Our notices do not arrive (answers in the talk do). Change the plan or additional messages of the LINE official account.',
  },
  limit: 'Limit',
  used: 'Sent',
  left: 'Left',
  seenAt: 'LINE was asked',
  lastsUntil: (day) => `At this month’s pace the last one goes on ${day}.`,
  count: (messages) => messages.toLocaleString('en'),
  refused: (messages) =>
    `${messages.toLocaleString('en')} notices of the last three days did not arrive because of the limit.`,
  again: 'Send them all again',
  page: {
    title: 'Send them all again?',
    lead: (messages) =>
      `${messages.toLocaleString('en')} notices that did not arrive because of the limit go out as new messages. What is older than three days does not.`,
    still: 'The limit is still what it was. Before the plan is changed they will not arrive either.',
    reason: 'Reason',
    reasonHint: 'For example: additional messages are switched on',
    missing: 'Type a reason of at least five characters.',
    submit: 'Send them all again',
    done: 'They are all sent again.',
  },
};

export const allowanceText = catalogue(ja, en);
