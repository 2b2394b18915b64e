import type { Words } from '../../../base/language.ts';

type One = Words<[string]>;

/** What the pages of top-ups say, in both languages. */
export const topUpText = {
  title: { ja: () => 'データの追加購入', en: () => 'Buy data' } satisfies Words,
  lead: {
    ja: () => '購入するとすぐに使えます。速度制限中のときは、すぐに元の速さに戻ります。',
    en: () => 'Data can be used as soon as it is bought. If you are slowed, full speed is back at once.',
  } satisfies Words,
  nobody: {
    ja: () => '追加購入できる回線がありません。',
    en: () => 'There is no subscription in service to buy data for.',
  } satisfies Words,
  subscription: { ja: () => 'どの回線に追加しますか？', en: () => 'For which subscription?' } satisfies Words,
  bought: {
    ja: (count, limit) => `今月の購入 ${count}回（${limit}回まで）`,
    en: (count, limit) => `${count} of ${limit} bought this month`,
  } satisfies Words<[string, string]>,
  pack: { ja: () => 'どれだけ追加しますか？', en: () => 'How much?' } satisfies Words,
  choosePack: { ja: () => '追加するデータ量を選んでください。', en: () => 'Please choose an amount.' } satisfies Words,
  chooseSubscription: { ja: () => '回線を選んでください。', en: () => 'Please choose a subscription.' } satisfies Words,
  toConfirm: { ja: () => '確認へ進む', en: () => 'Continue' } satisfies Words,
  confirmTitle: { ja: () => '購入内容の確認', en: () => 'Check and buy' } satisfies Words,
  amount: { ja: () => '追加するデータ量', en: () => 'Data' } satisfies Words,
  price: { ja: () => '料金（税込）', en: () => 'Price with tax' } satisfies Words,
  usable: { ja: () => '使える期限', en: () => 'Use it' } satisfies Words,
  bill: { ja: () => 'お支払い', en: () => 'Payment' } satisfies Words,
  onBill: {
    ja: (month, day) => `${month}分のご請求（${day}に確定）に加わります`,
    en: (month, day) => `On the bill of ${month}, closed on ${day}`,
  } satisfies Words<[string, string]>,
  forWhom: { ja: () => '回線', en: () => 'Subscription' } satisfies Words,
  final: {
    ja: () => '購入したあとの取り消しはできません。',
    en: () => 'A purchase cannot be taken back.',
  } satisfies Words,
  buy: { ja: (price) => `${price}で購入する`, en: (price) => `Buy for ${price}` } satisfies One,
  doneTitle: { ja: () => 'データを追加しました', en: () => 'Data added' } satisfies Words,
  leftNow: { ja: () => 'いまの残り', en: () => 'Left now' } satisfies Words,
  item: { ja: () => '購入内容', en: () => 'Bought' } satisfies Words,
  toData: { ja: () => 'データ残量を見る', en: () => 'See what is left' } satisfies Words,
  again: { ja: () => '続けて購入する', en: () => 'Buy more' } satisfies Words,
  reused: {
    ja: () => 'この画面からの購入はすでに受け付けています。データ残量をご確認ください。',
    en: () => 'This purchase has already been made. Please check what is left.',
  } satisfies Words,
};
