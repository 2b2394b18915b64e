import { catalogue, type Language } from '../../base/language.ts';
import { button } from '../../infra/line/flex.ts';
import { buttonData } from '../../infra/line/talk.ts';
import type { NoticeKind } from '../official-account/index.ts';
import type { PlanChangeRefusal } from './rules/plan-change.ts';
import type { TopUpRefusal } from './rules/top-up.ts';

/** What billing tells without asking. */
export const noticeKinds: readonly NoticeKind[] = [
  {
    kind: 'bill',
    for: 'contractor',
    when: { ja: 'ご請求額が確定したとき', en: 'When a bill is closed' },
    short: { ja: 'ご請求', en: 'Bills' },
  },
  {
    kind: 'top-up',
    for: 'both',
    when: { ja: 'データを追加購入したとき', en: 'When data is bought' },
    short: { ja: '追加購入', en: 'Top-ups' },
  },
  {
    kind: 'plan',
    for: 'contractor',
    when: { ja: 'プランやオプションが変わるとき', en: 'When plan or options change' },
    short: { ja: 'プラン', en: 'Plan' },
  },
];

/** The way out at the end of a notice. */
export function stopButton(kind: string, language: Language) {
  return button(talkText(language).stop, buttonData('notices', 'off', { kind }), 'link');
}

const ja = {
  stop: 'この通知を止める',
  subscription: '回線',
  canBuy: (whose: string, times: string) => `${whose}：今月はあと${times}回、追加購入できます。`,
  toppedUp: (amount: string) => `データを${amount}追加しました`,
  toppedUpForYou: (amount: string) => `契約者の方が、データを${amount}追加しました`,
  usable: '使える期限',
  leftNow: 'いまの残り',
  price: '料金（税込）',
  onBillOf: (month: string) => `${month}分のご請求に加わります。`,
  seeBalance: 'データ残量を見る',

  billClosed: (month: string) => `${month}分のご請求額が確定しました`,
  billTotal: 'ご請求額（税込）',
  billPoints: 'ポイントで支払った分',
  seeBill: '明細を見る',
  billTitle: 'ご請求',
  billsLead: 'ご請求の明細は、マイページでご覧いただけます。',
  openBills: 'ご請求のページを開く',
  onlyContractor: 'ご請求は、契約者の方だけがご覧いただけます。',
  planLead: 'プランとオプションは、マイページで変更できます。翌月1日から変わります。',
  planTitle: 'プラン・オプション',
  openPlan: '変更のページを開く',
  onlyContractorPlan: 'プランの変更は、契約者の方ができます。契約者の方にお願いしてください。',

  planNews: {
    asked: 'プランとオプションの変更を受け付けました',
    'taken-back': 'プランとオプションの変更を取り消しました',
    applied: '今日から新しいプランです',
  },
  plan: 'プラン',
  options: 'オプション',
  noOptions: 'なし',
  monthly: '月額（税込）',
  fromDay: (day: string) => `${day}から変わります。それまでは取り消せます。`,
  seePlan: '内容を見る',

  buyTitle: 'データの追加購入',
  buyLead: 'すぐに使えるようになり、料金は今月分のご請求に加わります。',
  buy: '追加購入のページを開く',
  askContractor: 'データの追加購入は、契約者の方ができます。契約者の方にお願いしてください。',
  onlyContractorTitle: '契約者の方の機能です',
  linkAsContractor: '契約者連携をする',

  /** Why data is not sold, and what to do. A code without words does not compile. */
  topUpRefusals: {
    'not-found': (_x: string) => 'この回線の追加購入はできません。',
    'not-in-service': (_x: string) => 'この回線はいまご利用いただけないため、追加購入できません。',
    'pack-not-sold': (_x: string) => 'この商品はお取り扱いしていません。もう一度お選びください。',
    'limit-reached': (limit: string) =>
      `追加購入は、1つの回線につき月に${limit}回までです。翌月1日からまた購入できます。`,
  } satisfies Record<TopUpRefusal, (a: string) => string>,

  /** Why a change of plan and options is not taken. */
  planRefusals: {
    'not-found': 'この回線の変更はできません。',
    'not-in-service': 'この回線はいまご利用いただけないため、変更できません。',
    leaving: 'この回線は今月末で解約の予定のため、変更できません。解約を取り消すと変更できます。',
    'plan-not-sold': 'このプランはお取り扱いしていません。もう一度お選びください。',
    'calls-come-or-go':
      '通話付きのプランとデータ専用のプランのあいだでは、変更できません。新しい回線をお申し込みください。',
    'option-not-for-plan': '選んだプランでは使えないオプションがあります。もう一度お選びください。',
    'nothing-changes': 'いまのご契約と同じ内容です。変えたいところを選んでください。',
  } satisfies Record<PlanChangeRefusal, string>,
};

const en: typeof ja = {
  stop: 'Stop these notices',
  subscription: 'For',
  canBuy: (whose, times) => `${whose}: you can buy data ${times} more times this month.`,
  toppedUp: (amount) => `${amount} of data added`,
  toppedUpForYou: (amount) => `The contractor added ${amount} of data`,
  usable: 'Use it',
  leftNow: 'Left now',
  price: 'Price with tax',
  onBillOf: (month) => `It goes onto the bill of ${month}.`,
  seeBalance: 'See my data',

  billClosed: (month) => `The bill of ${month} is closed`,
  billTotal: 'To pay, with tax',
  billPoints: 'Paid with points',
  seeBill: 'See the bill',
  billTitle: 'Your bills',
  billsLead: 'Your bills are on My Page.',
  openBills: 'Open my bills',
  onlyContractor: 'Only the contractor can see bills.',
  planLead: 'Plan and options are changed on My Page, from the 1st of next month on.',
  planTitle: 'Plan and options',
  openPlan: 'Open the page',
  onlyContractorPlan: 'The contractor can change the plan. Please ask them.',

  planNews: {
    asked: 'Your plan will change',
    'taken-back': 'The change of your plan was taken back',
    applied: 'Your new plan counts from today',
  },
  plan: 'Plan',
  options: 'Options',
  noOptions: 'none',
  monthly: 'A month, with tax',
  fromDay: (day) => `It counts from ${day}. Until then it can be taken back.`,
  seePlan: 'See the details',

  buyTitle: 'Buy data',
  buyLead: "It can be used at once, and goes onto this month's bill.",
  buy: 'Open the page',
  askContractor: 'The contractor can buy data. Please ask them.',
  onlyContractorTitle: 'For the contractor',
  linkAsContractor: 'Link my contract',

  topUpRefusals: {
    'not-found': () => 'Data cannot be bought for this subscription.',
    'not-in-service': () => 'This subscription is not in service, so no data can be bought for it.',
    'pack-not-sold': () => 'This pack is not sold. Please choose again.',
    'limit-reached': (limit) =>
      `At most ${limit} packs can be bought for a subscription in a month. You can buy again from the 1st.`,
  },

  planRefusals: {
    'not-found': 'This subscription cannot be changed.',
    'not-in-service': 'This subscription is not in service, so it cannot be changed.',
    leaving: 'This subscription ends with the month. Take the cancellation back first to change it.',
    'plan-not-sold': 'This plan is not sold. Please choose again.',
    'calls-come-or-go':
      'A plan with calls and one for data only cannot be exchanged. Please apply for a new subscription.',
    'option-not-for-plan': 'An option does not go with this plan. Please choose again.',
    'nothing-changes': 'This is what you have now. Please choose what to change.',
  },
};

/** What billing says in the talk, in both languages. */
export const talkText = catalogue(ja, en);
