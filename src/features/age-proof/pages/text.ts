import type { Language } from '../../../base/language.ts';

/** The words of the pages on which people agree, and see what they agreed to. */
interface PageText {
  consentTitle: string;
  steps: [string, string];
  who: (partner: string) => string;
  asks: string;
  told: string;
  purpose: string;
  until: (days: number) => string;
  untilTerm: string;
  notTold: string;
  canWithdraw: string;
  proveTitle: string;
  codeLabel: string;
  codeHint: string;
  useCode: string;
  chooseLegend: string;
  chooseThis: string;
  chooseFirst: string;
  otherTitle: string;
  withLine: string;
  withLogin: string;
  decline: string;
  subscription: string;
  ending: (lastFour: string) => string;
  agree: string;
  agreeTitle: (partner: string) => string;
  another: string;
  gone: string;
  expiredTitle: string;
  expired: string;
  until2: (moment: string) => string;
  title: string;
  lead: string;
  none: string;
  standing: string;
  ended: string;
  givenAt: string;
  endsAt: string;
  withdrawnAt: string;
  endedByPartnerAt: string;
  answersTitle: string;
  answersNone: string;
  answersCaption: string;
  answersHead: [string, string, string, string];
  asked: (age: number) => string;
  askedData: string;
  answers: Record<'true' | 'false' | 'not_available', string>;
  withdraw: string;
  withdrawTitle: (partner: string) => string;
  withdrawLoses: string[];
  withdrawn: string;
  contractTitle: string;
  contractHint: string;
  forbid: string;
  allow: string;
  forbidden: string;
  changed: string;
}

const ja: PageText = {
  consentTitle: '年齢確認',
  steps: ['回線の確認', '同意'],
  who: (partner) => `${partner}からの問い合わせ`,
  asks: 'たずねる相手',
  told: 'お答えする内容',
  purpose: '目的',
  untilTerm: '同意の期間',
  until: (days) => `${days}日間（いつでも取り消せます）`,
  notTold: '生年月日、お名前、電話番号はお伝えしません。',
  canWithdraw: '同意は、トークで「年齢確認」と送るか、マイページの「年齢確認」から、いつでも取り消せます。',
  proveTitle: 'どの回線についてお答えしますか？',
  codeLabel: '利用コード（16桁）',
  codeHint: 'ご契約者のマイページ「契約者情報」に表示されます。ハイフンや空白は入っていてもかまいません。',
  useCode: '利用コードで進む',
  chooseLegend: '回線を選ぶ',
  chooseThis: 'この回線で進む',
  chooseFirst: '回線を1つ選んでください。',
  otherTitle: '利用コードがお手元にないとき',
  withLine: '連携済みのLINEで確認する',
  withLogin: 'ご契約者のログインIDで確認する',
  decline: '同意しない',
  subscription: '対象の回線',
  ending: (lastFour) => `電話番号の末尾 ${lastFour}`,
  agree: '同意する',
  agreeTitle: (partner) => `${partner}にお答えしてもよろしいですか？`,
  another: '別の回線を選ぶ',
  gone: 'この回線については、いまお答えできません。別の回線を選んでください。',
  expiredTitle: 'このページは開けません',
  expired: '時間がたったか、別のブラウザーで開かれました。元のアプリやサイトに戻って、もう一度はじめてください。',
  until2: (moment) => `${moment}以降に、もう一度お試しください。`,
  title: '年齢確認',
  lead: 'ほかのサービスからの問い合わせに、「はい」か「いいえ」だけをお答えした記録です。',
  none: '同意しているサービスはありません。LINEで年齢確認をするときは、LINEの「設定」→「年齢確認」からはじめてください。',
  standing: '同意しているサービス',
  ended: '終わった同意',
  givenAt: '同意した日時',
  endsAt: '期限',
  withdrawnAt: '取り消した日時',
  endedByPartnerAt: '相手が終えた日時',
  answersTitle: 'お答えした内容',
  answersNone: 'まだ何もお答えしていません。',
  answersCaption: '新しい順',
  answersHead: ['日時', '相手', '問い合わせ', '回答'],
  asked: (age) => `${age}歳以上か`,
  askedData: 'データ残量の区分',
  answers: { true: 'はい', false: 'いいえ', not_available: '不明' },
  withdraw: '取り消す',
  withdrawTitle: (partner) => `${partner}への同意を取り消しますか？`,
  withdrawLoses: [
    'このサービスには、このあと何もお答えしません',
    '年齢確認が必要な機能（LINEのID検索など）が使えなくなることがあります',
  ],
  withdrawn: '同意を取り消しました。',
  contractTitle: '契約にもとづいて問い合わせるサービス',
  contractHint: '法令や契約にもとづいて問い合わせるサービスです。今後お答えしないようにすることができます。',
  forbid: '今後は答えない',
  allow: 'ふたたび答える',
  forbidden: 'お答えしません',
  changed: '変更しました。',
};

const en: PageText = {
  consentTitle: 'Age verification',
  steps: ['Subscription', 'Consent'],
  who: (partner) => `A question from ${partner}`,
  asks: 'Who asks',
  told: 'What is told',
  purpose: 'What for',
  untilTerm: 'For how long',
  until: (days) => `${days} days (you can withdraw at any time)`,
  notTold: 'Your birth date, name and phone number are not told.',
  canWithdraw: 'Withdraw at any time: send "age proof" in the talk, or use "Age proof" on My Page.',
  proveTitle: 'About which subscription?',
  codeLabel: 'Link code (16 digits)',
  codeHint: 'The contractor finds it on My Page under "Contract". Hyphens and blanks make no difference.',
  useCode: 'Go on with the link code',
  chooseLegend: 'Choose the subscription',
  chooseThis: 'Go on with this one',
  chooseFirst: 'Please choose a subscription.',
  otherTitle: 'Without a link code at hand',
  withLine: 'Use your linked LINE account',
  withLogin: "Use the contractor's login ID",
  decline: 'I do not agree',
  subscription: 'Subscription',
  ending: (lastFour) => `number ending ${lastFour}`,
  agree: 'I agree',
  agreeTitle: (partner) => `May we answer ${partner}?`,
  another: 'Choose another subscription',
  gone: 'We cannot answer for this subscription now. Please choose another one.',
  expiredTitle: 'This page cannot be opened',
  expired:
    'It took too long, or the page was opened in another browser. Please go back to the app or site and start again.',
  until2: (moment) => `Please try again after ${moment}.`,
  title: 'Age proof',
  lead: 'What other services asked about you, and were answered with yes or no only.',
  none: 'There is no service you agreed to. To prove your age to LINE, start from Settings → Age verification in LINE.',
  standing: 'Services you agreed to',
  ended: 'Consents that have ended',
  givenAt: 'Agreed',
  endsAt: 'Until',
  withdrawnAt: 'Withdrawn',
  endedByPartnerAt: 'Ended by them',
  answersTitle: 'What was told',
  answersNone: 'Nothing has been told yet.',
  answersCaption: 'Latest first',
  answersHead: ['When', 'To whom', 'Question', 'Answer'],
  asked: (age) => `${age} or older?`,
  askedData: 'Range of the data left',
  answers: { true: 'Yes', false: 'No', not_available: 'Not known' },
  withdraw: 'Withdraw',
  withdrawTitle: (partner) => `Withdraw your consent to ${partner}?`,
  withdrawLoses: [
    'this service is told nothing from then on',
    'functions that need the age proof (such as ID search in LINE) may stop working',
  ],
  withdrawn: 'Your consent is withdrawn.',
  contractTitle: 'Services that ask under a contract',
  contractHint: 'They ask because a law or a contract says so. You can forbid us to answer them.',
  forbid: 'Do not answer any more',
  allow: 'Answer again',
  forbidden: 'Not answered',
  changed: 'Changed.',
};

export function pageText(language: Language): PageText {
  return language === 'ja' ? ja : en;
}
