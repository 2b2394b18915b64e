import type { Words } from '../../../base/language.ts';

/** What staff read about a customer's points. */
export const goodwillText = {
  title: { ja: () => 'ポイント', en: () => 'Points' } satisfies Words,
  back: { ja: () => 'お客さまのページへ', en: () => 'Back to the customer' } satisfies Words,
  balance: { ja: () => 'いまのポイント', en: () => 'Points now' } satisfies Words,
  ends: { ja: () => '使える最後の日', en: () => 'Last day' } satisfies Words,
  history: { ja: () => 'これまでのポイント', en: () => 'What happened' } satisfies Words,
  on: { ja: () => '日付', en: () => 'Day' } satisfies Words,
  what: { ja: () => '内容', en: () => 'What' } satisfies Words,
  none: { ja: () => 'まだありません。', en: () => 'Nothing yet.' } satisfies Words,
  give: { ja: () => 'ポイントを付ける', en: () => 'Give points' } satisfies Words,
  lead: {
    ja: (limit) =>
      `30日間に合わせて${limit}ポイントまでは、すぐに付きます。それより多いときは、別の責任者か管理者の承認を待ちます。`,
    en: (limit) => `Up to ${limit} points in 30 days are given at once. More waits for another supervisor or an admin.`,
  } satisfies Words<[string]>,
  points: { ja: () => 'ポイント数', en: () => 'Points' } satisfies Words,
  reason: { ja: () => '理由', en: () => 'Reason' } satisfies Words,
  reasonHint: {
    ja: () => 'お客さまが、ポイントの履歴とトークで読みます。5文字以上。',
    en: () => 'The customer reads it, in the history and in the talk. Five characters at least.',
  } satisfies Words,
  submit: { ja: () => '付ける', en: () => 'Give' } satisfies Words,
  done: { ja: () => 'ポイントを付けました。', en: () => 'The points were given.' } satisfies Words,
  notPoints: {
    ja: () => 'ポイント数は、1から1,000,000までの数字で入力してください。',
    en: () => 'Enter a number of points from 1 to 1,000,000.',
  } satisfies Words,
  noReason: {
    ja: () => '理由を5文字以上で入力してください。',
    en: () => 'Enter a reason of five characters at least.',
  } satisfies Words,
  asked: { ja: (points) => `${points}ポイントを付ける`, en: (points) => `Give ${points} points` } satisfies Words<
    [string]
  >,
  customer: { ja: () => 'お客さま', en: () => 'Customer' } satisfies Words,
  refused: { ja: () => 'ポイントを付けられませんでした。', en: () => 'The points could not be given.' } satisfies Words,
};
