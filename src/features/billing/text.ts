import type { Language, Words } from '../../base/language.ts';
import { button } from '../../infra/line/flex.ts';
import { buttonData } from '../../infra/line/talk.ts';
import type { NoticeKind } from '../official-account/index.ts';
import type { PlanChangeRefusal } from './rules/plan-change.ts';
import type { TopUpRefusal } from './rules/top-up.ts';

type One = Words<[string]>;

/** What billing tells without asking. */
export const noticeKinds: readonly NoticeKind[] = [
  {
    kind: 'bill',
    for: 'contractor',
    when: { ja: () => 'ご請求額が確定したとき', en: () => 'When a bill is closed' },
    short: { ja: () => 'ご請求', en: () => 'Bills' },
  },
  {
    kind: 'top-up',
    for: 'both',
    when: { ja: () => 'データを追加購入したとき', en: () => 'When data is bought' },
    short: { ja: () => '追加購入', en: () => 'Top-ups' },
  },
  {
    kind: 'plan',
    for: 'contractor',
    when: { ja: () => 'プランやオプションが変わるとき', en: () => 'When plan or options change' },
    short: { ja: () => 'プラン', en: () => 'Plan' },
  },
];

/** The way out at the end of a notice. */
export function stopButton(kind: string, language: Language) {
  return button(talkText.stop[language](), buttonData('notices', 'off', { kind }), 'link');
}

/** What billing says in the talk, in both languages. */
export const talkText = {
  stop: { ja: () => 'この通知を止める', en: () => 'Stop these notices' } satisfies Words,
  subscription: { ja: () => '回線', en: () => 'For' } satisfies Words,
  canBuy: {
    ja: (whose, times) => `${whose}：今月はあと${times}回、追加購入できます。`,
    en: (whose, times) => `${whose}: you can buy data ${times} more times this month.`,
  } satisfies Words<[string, string]>,
  toppedUp: {
    ja: (amount) => `データを${amount}追加しました`,
    en: (amount) => `${amount} of data added`,
  } satisfies One,
  toppedUpForYou: {
    ja: (amount) => `契約者の方が、データを${amount}追加しました`,
    en: (amount) => `The contractor added ${amount} of data`,
  } satisfies One,
  usable: { ja: () => '使える期限', en: () => 'Use it' } satisfies Words,
  leftNow: { ja: () => 'いまの残り', en: () => 'Left now' } satisfies Words,
  price: { ja: () => '料金（税込）', en: () => 'Price with tax' } satisfies Words,
  onBillOf: {
    ja: (month) => `${month}分のご請求に加わります。`,
    en: (month) => `It goes onto the bill of ${month}.`,
  } satisfies One,
  seeBalance: { ja: () => 'データ残量を見る', en: () => 'See my data' } satisfies Words,

  billClosed: {
    ja: (month) => `${month}分のご請求額が確定しました`,
    en: (month) => `The bill of ${month} is closed`,
  } satisfies One,
  billTotal: { ja: () => 'ご請求額（税込）', en: () => 'To pay, with tax' } satisfies Words,
  seeBill: { ja: () => '明細を見る', en: () => 'See the bill' } satisfies Words,
  billTitle: { ja: () => 'ご請求', en: () => 'Your bills' } satisfies Words,
  billsLead: {
    ja: () => 'ご請求の明細は、マイページでご覧いただけます。',
    en: () => 'Your bills are on My Page.',
  } satisfies Words,
  openBills: { ja: () => 'ご請求のページを開く', en: () => 'Open my bills' } satisfies Words,
  onlyContractor: {
    ja: () => 'ご請求は、契約者の方だけがご覧いただけます。',
    en: () => 'Only the contractor can see bills.',
  } satisfies Words,
  planLead: {
    ja: () => 'プランとオプションは、マイページで変更できます。翌月1日から変わります。',
    en: () => 'Plan and options are changed on My Page, from the 1st of next month on.',
  } satisfies Words,
  planTitle: { ja: () => 'プラン・オプション', en: () => 'Plan and options' } satisfies Words,
  openPlan: { ja: () => '変更のページを開く', en: () => 'Open the page' } satisfies Words,
  onlyContractorPlan: {
    ja: () => 'プランの変更は、契約者の方ができます。契約者の方にお願いしてください。',
    en: () => 'The contractor can change the plan. Please ask them.',
  } satisfies Words,

  planNews: {
    asked: { ja: () => 'プランとオプションの変更を受け付けました', en: () => 'Your plan will change' },
    'taken-back': {
      ja: () => 'プランとオプションの変更を取り消しました',
      en: () => 'The change of your plan was taken back',
    },
    applied: { ja: () => '今日から新しいプランです', en: () => 'Your new plan counts from today' },
  } satisfies Record<string, Words>,
  plan: { ja: () => 'プラン', en: () => 'Plan' } satisfies Words,
  options: { ja: () => 'オプション', en: () => 'Options' } satisfies Words,
  noOptions: { ja: () => 'なし', en: () => 'none' } satisfies Words,
  monthly: { ja: () => '月額（税込）', en: () => 'A month, with tax' } satisfies Words,
  fromDay: {
    ja: (day) => `${day}から変わります。それまでは取り消せます。`,
    en: (day) => `It counts from ${day}. Until then it can be taken back.`,
  } satisfies One,
  seePlan: { ja: () => '内容を見る', en: () => 'See the details' } satisfies Words,

  buyTitle: { ja: () => 'データの追加購入', en: () => 'Buy data' } satisfies Words,
  buyLead: {
    ja: () => 'すぐに使えるようになり、料金は今月分のご請求に加わります。',
    en: () => "It can be used at once, and goes onto this month's bill.",
  } satisfies Words,
  buy: { ja: () => '追加購入のページを開く', en: () => 'Open the page' } satisfies Words,
  askContractor: {
    ja: () => 'データの追加購入は、契約者の方ができます。契約者の方にお願いしてください。',
    en: () => 'The contractor can buy data. Please ask them.',
  } satisfies Words,
  onlyContractorTitle: { ja: () => '契約者の方の機能です', en: () => 'For the contractor' } satisfies Words,
  linkAsContractor: { ja: () => '契約者連携をする', en: () => 'Link my contract' } satisfies Words,
};

/** Why data is not sold, and what to do. A code without words does not compile. */
export const topUpRefusalText: Record<TopUpRefusal, One> = {
  'not-found': {
    ja: () => 'この回線の追加購入はできません。',
    en: () => 'Data cannot be bought for this subscription.',
  },
  'not-in-service': {
    ja: () => 'この回線はいまご利用いただけないため、追加購入できません。',
    en: () => 'This subscription is not in service, so no data can be bought for it.',
  },
  'pack-not-sold': {
    ja: () => 'この商品はお取り扱いしていません。もう一度お選びください。',
    en: () => 'This pack is not sold. Please choose again.',
  },
  'limit-reached': {
    ja: (limit) => `追加購入は、1つの回線につき月に${limit}回までです。翌月1日からまた購入できます。`,
    en: (limit) =>
      `At most ${limit} packs can be bought for a subscription in a month. You can buy again from the 1st.`,
  },
};

/** Why a change of plan and options is not taken. */
export const planRefusalText: Record<PlanChangeRefusal, Words> = {
  'not-found': { ja: () => 'この回線の変更はできません。', en: () => 'This subscription cannot be changed.' },
  'not-in-service': {
    ja: () => 'この回線はいまご利用いただけないため、変更できません。',
    en: () => 'This subscription is not in service, so it cannot be changed.',
  },
  leaving: {
    ja: () => 'この回線は今月末で解約の予定のため、変更できません。解約を取り消すと変更できます。',
    en: () => 'This subscription ends with the month. Take the cancellation back first to change it.',
  },
  'plan-not-sold': {
    ja: () => 'このプランはお取り扱いしていません。もう一度お選びください。',
    en: () => 'This plan is not sold. Please choose again.',
  },
  'calls-come-or-go': {
    ja: () => '通話付きのプランとデータ専用のプランのあいだでは、変更できません。新しい回線をお申し込みください。',
    en: () => 'A plan with calls and one for data only cannot be exchanged. Please apply for a new subscription.',
  },
  'option-not-for-plan': {
    ja: () => '選んだプランでは使えないオプションがあります。もう一度お選びください。',
    en: () => 'An option does not go with this plan. Please choose again.',
  },
  'nothing-changes': {
    ja: () => 'いまのご契約と同じ内容です。変えたいところを選んでください。',
    en: () => 'This is what you have now. Please choose what to change.',
  },
};
