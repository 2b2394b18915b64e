import { catalogue } from '../../../base/language.ts';

const ja = {
  title: 'ポイント',
  back: 'お客さまのページへ',
  balance: 'いまのポイント',
  ends: '使える最後の日',
  history: 'これまでのポイント',
  on: '日付',
  what: '内容',
  none: 'まだありません。',
  give: 'ポイントを付ける',
  lead: (limit: string) =>
    `30日間に合わせて${limit}ポイントまでは、すぐに付きます。それより多いときは、別の責任者か管理者の承認を待ちます。`,
  points: 'ポイント数',
  reason: '理由',
  reasonHint: 'お客さまが、ポイントの履歴とトークで読みます。5文字以上。',
  submit: '付ける',
  done: 'ポイントを付けました。',
  notPoints: 'ポイント数は、1から1,000,000までの数字で入力してください。',
  noReason: '理由を5文字以上で入力してください。',
  asked: (points: string) => `${points}ポイントを付ける`,
  customer: 'お客さま',
  see: 'ポイントを見る',
  refused: 'ポイントを付けられませんでした。',
};

const en: typeof ja = {
  title: 'Points',
  back: 'Back to the customer',
  balance: 'Points now',
  ends: 'Last day',
  history: 'What happened',
  on: 'Day',
  what: 'What',
  none: 'Nothing yet.',
  give: 'Give points',
  lead: (limit) => `Up to ${limit} points in 30 days are given at once. More waits for another supervisor or an admin.`,
  points: 'Points',
  reason: 'Reason',
  reasonHint: 'The customer reads it, in the history and in the talk. Five characters at least.',
  submit: 'Give',
  done: 'The points were given.',
  notPoints: 'Enter a number of points from 1 to 1,000,000.',
  noReason: 'Enter a reason of five characters at least.',
  asked: (points) => `Give ${points} points`,
  customer: 'Customer',
  see: 'See their points',
  refused: 'The points could not be given.',
};

/** What staff read about a customer's points. */
export const goodwillText = catalogue(ja, en);
