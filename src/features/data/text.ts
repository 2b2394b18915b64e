import type { Words } from '../../base/language.ts';

type One = Words<[string]>;

/** What data says, in both languages. Amounts and days come as words. */
export const text = {
  title: { ja: () => 'データ残量', en: () => 'Your data' } satisfies Words,
  left: { ja: () => '残り', en: () => 'Left' } satisfies Words,
  leftOfWhom: {
    ja: (whose, left) => `${whose}：${left}`,
    en: (whose, left) => `${whose}: ${left}`,
  } satisfies Words<[string, string]>,
  leftOf: { ja: (amount) => `残り${amount}です。`, en: (amount) => `${amount} left.` } satisfies One,
  nothingLeft: {
    ja: () => '今月使えるデータ量がなくなりました。月末まで速度がゆっくりになります。',
    en: () => 'There is no data left this month. Until its end the speed is reduced.',
  } satisfies Words,
  throttled: {
    ja: (kbps, until) => `速度制限中（${kbps}kbps・${until}）`,
    en: (kbps, until) => `Slowed to ${kbps} kbps ${until}`,
  } satisfies Words<[string, string]>,
  liftedBy: {
    ja: () => 'データを追加購入するか、プレゼントを受け取ると、すぐに元の速さに戻ります。',
    en: () => 'A top-up or a gift brings the full speed back at once.',
  } satisfies Words,
  reserved: { ja: () => '通信用に確保中', en: () => 'Held for use right now' } satisfies Words,
  reservedWhy: {
    ja: (amount) => `ただいまの通信のために${amount}を確保しています。使わなかった分は残量に戻ります。`,
    en: (amount) => `${amount} is held for what the phone is doing right now. What it does not use comes back.`,
  } satisfies One,
  today: { ja: () => '今日の使用量', en: () => 'Used today' } satisfies Words,
  month: { ja: () => '今月の使用量', en: () => 'Used this month' } satisfies Words,
  chart: { ja: () => 'グラフを見る', en: () => 'See the chart' } satisfies Words,
  buy: { ja: () => 'データを追加購入', en: () => 'Buy data' } satisfies Words,
  askContractor: {
    ja: () => '追加購入は、契約者の方にお願いしてください。',
    en: () => 'The contractor can buy more data: please ask them.',
  } satisfies Words,
  gift: { ja: () => 'データプレゼント', en: () => 'Give data' } satisfies Words,
  all: { ja: () => '契約の全回線', en: () => 'All of my contract' } satisfies Words,
  ofWhom: {
    ja: (name, lastFour) => `${name}（末尾${lastFour}）`,
    en: (name, lastFour) => `${name} (…${lastFour})`,
  } satisfies Words<[string, string]>,
  severalTitle: {
    ja: (count) => `${count}回線のデータ残量`,
    en: (count) => `Data of ${count} subscriptions`,
  } satisfies One,
  more: {
    ja: (count) => `ほか${count}回線はマイページでご覧いただけます。`,
    en: (count) => `More on My Page: ${count}.`,
  } satisfies One,
  states: {
    'not-open': { ja: () => '開通前', en: () => 'not open yet' },
    ended: { ja: () => '解約済み', en: () => 'ended' },
  } satisfies Record<'not-open' | 'ended', Words>,
  ends: {
    ja: (day) => `この回線は${day}で終わります。残っているデータも、そのあとは使えません。`,
    en: (day) => `This subscription ends with ${day}. What is left cannot be used after that.`,
  } satisfies One,
  notOpen: {
    ja: (day) => `この回線は${day}から使えます。`,
    en: (day) => `This subscription starts on ${day}.`,
  } satisfies One,
  ended: {
    ja: () => 'この回線の契約は終わっています。',
    en: () => 'This subscription has ended.',
  } satisfies Words,

  notLinkedTitle: {
    ja: () => '利用者連携をすると残量がわかります',
    en: () => 'Link your phone to see your data',
  } satisfies Words,
  notLinkedWhy: {
    ja: () =>
      'どの回線の残量かを確かめるため、はじめに利用者連携をお願いします。契約者から受け取った利用コード（16桁）を入力するだけです。',
    en: () =>
      'We need to know which subscription is yours. All it takes is the 16-digit link code that the contractor has.',
  } satisfies Words,
  link: { ja: () => '利用者連携をする', en: () => 'Link my phone' } satisfies Words,
  linkAsContractor: { ja: () => '契約者連携', en: () => 'Link my contract' } satisfies Words,

  monthsTitle: { ja: () => '月ごとの使用量', en: () => 'Use by month' } satisfies Words,
  monthsLink: { ja: () => '月ごとの使用量を見る', en: () => 'See the use by month' } satisfies Words,

  buckets: { ja: () => '種類ごとの残り', en: () => 'What is left, by kind' } satisfies Words,
  kind: { ja: () => '種類', en: () => 'Kind' } satisfies Words,
  until: { ja: () => '使える期限', en: () => 'Use it' } satisfies Words,
  order: {
    ja: () => '上から順に使われます。',
    en: () => 'It is used from the top down.',
  } satisfies Words,
  whichOne: { ja: () => '回線を選ぶ', en: () => 'Choose a subscription' } satisfies Words,
  nobodyTitle: { ja: () => '表示できる回線がありません', en: () => 'There is no subscription to show' } satisfies Words,
};
