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

const returnJa = {
  title: '請求に使ったポイントを戻す',
  open: '請求に使ったポイントを戻す',
  lead: '請求を訂正して、使ったポイントが多すぎたときに戻します。請求の金額は変わりません（訂正は「請求明細の取り込み」から）。別の責任者か管理者の承認を待ちます。',
  none: 'ポイントを使った請求はありません。',
  month: 'どの請求から',
  bill: (month: string, points: string) => `${month}分（${points}ポイントまで）`,
  points: '戻すポイント数',
  reasonHint:
    '承認する人が読み、記録に残ります。お客さまには、どの請求のポイントが戻ったかだけをお知らせします。5文字以上。',
  submit: '承認を頼む',
  tooMany: '戻すポイント数は、1から、その請求に使ってまだ戻していない数までの整数にしてください。',
  asked: (month: string, points: string) => `${month}分の請求に使った${points}ポイントを戻す`,
};

const returnEn: typeof returnJa = {
  title: 'Give points back from a bill',
  open: 'Give points back from a bill',
  lead: 'For a bill that was corrected and had taken too many points. No amount of a bill changes by it (corrections go in under “Bill items”). It waits for another supervisor or an admin.',
  none: 'No bill has taken points.',
  month: 'From which bill',
  bill: (month, points) => `${month} (${points} points at most)`,
  points: 'Points to give back',
  reasonHint:
    'Read by whoever approves, and kept on record. The customer is told only from which bill points came back. Five characters at least.',
  submit: 'Ask for approval',
  tooMany: 'Enter a whole number from 1 up to the points that this bill took and that have not come back yet.',
  asked: (month, points) => `Give back ${points} points from the bill for ${month}`,
};

/** What staff read where a corrected bill's points go back. */
export const billReturnText = catalogue(returnJa, returnEn);
