import { catalogue } from '../../base/language.ts';

const ja = {
  title: 'データ残量',
  left: '残り',
  leftOfWhom: (whose: string, left: string) => `${whose}：${left}`,
  leftOf: (amount: string) => `残り${amount}です。`,
  nothingLeft: '今月使えるデータ量がなくなりました。月末まで速度がゆっくりになります。',
  throttled: (kbps: string, until: string) => `速度制限中（${kbps}kbps・${until}）`,
  liftedBy: 'データを追加購入するか、プレゼントを受け取ると、すぐに元の速さに戻ります。',
  reserved: '通信用に確保中',
  reservedWhy: (amount: string) => `ただいまの通信のために${amount}を確保しています。使わなかった分は残量に戻ります。`,
  today: '今日の使用量',
  month: '今月の使用量',
  chart: 'グラフを見る',
  buy: 'データを追加購入',
  askContractor: '追加購入は、契約者の方にお願いしてください。',
  gift: 'データプレゼント',
  all: '契約の全回線',
  ofWhom: (name: string, lastFour: string) => `${name}（末尾${lastFour}）`,
  severalTitle: (count: string) => `${count}回線のデータ残量`,
  more: (count: string) => `ほか${count}回線はマイページでご覧いただけます。`,
  states: {
    'not-open': '開通前',
    ended: '解約済み',
  },
  ends: (day: string) => `この回線は${day}で終わります。残っているデータも、そのあとは使えません。`,
  notOpen: (day: string) => `この回線は${day}から使えます。`,
  ended: 'この回線の契約は終わっています。',

  notLinkedTitle: '利用者連携をすると残量がわかります',
  notLinkedWhy:
    'どの回線の残量かを確かめるため、はじめに利用者連携をお願いします。契約者から受け取った利用コード（16桁）を入力するだけです。',
  link: '利用者連携をする',
  linkAsContractor: '契約者連携',

  monthsTitle: '月ごとの使用量',
  monthsLink: '月ごとの使用量を見る',

  buckets: '種類ごとの残り',
  kind: '種類',
  until: '使える期限',
  order: '上から順に使われます。',
  whichOne: '回線を選ぶ',
  nobodyTitle: '表示できる回線がありません',
};

const en: typeof ja = {
  title: 'Your data',
  left: 'Left',
  leftOfWhom: (whose, left) => `${whose}: ${left}`,
  leftOf: (amount) => `${amount} left.`,
  nothingLeft: 'There is no data left this month. Until its end the speed is reduced.',
  throttled: (kbps, until) => `Slowed to ${kbps} kbps ${until}`,
  liftedBy: 'A top-up or a gift brings the full speed back at once.',
  reserved: 'Held for use right now',
  reservedWhy: (amount) => `${amount} is held for what the phone is doing right now. What it does not use comes back.`,
  today: 'Used today',
  month: 'Used this month',
  chart: 'See the chart',
  buy: 'Buy data',
  askContractor: 'The contractor can buy more data: please ask them.',
  gift: 'Give data',
  all: 'All of my contract',
  ofWhom: (name, lastFour) => `${name} (…${lastFour})`,
  severalTitle: (count) => `Data of ${count} subscriptions`,
  more: (count) => `More on My Page: ${count}.`,
  states: {
    'not-open': 'not open yet',
    ended: 'ended',
  },
  ends: (day) => `This subscription ends with ${day}. What is left cannot be used after that.`,
  notOpen: (day) => `This subscription starts on ${day}.`,
  ended: 'This subscription has ended.',

  notLinkedTitle: 'Link your phone to see your data',
  notLinkedWhy:
    'We need to know which subscription is yours. All it takes is the 16-digit link code that the contractor has.',
  link: 'Link my phone',
  linkAsContractor: 'Link my contract',

  monthsTitle: 'Use by month',
  monthsLink: 'See the use by month',

  buckets: 'What is left, by kind',
  kind: 'Kind',
  until: 'Use it',
  order: 'It is used from the top down.',
  whichOne: 'Choose a subscription',
  nobodyTitle: 'There is no subscription to show',
};

/** What data says, in both languages. Amounts and days come as words. */
export const dataText = catalogue(ja, en);
