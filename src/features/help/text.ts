import type { FaqFunction, FaqTopic } from '../../base/faq.ts';
import type { Language, Words } from '../../base/language.ts';

/** What help says around the operator's answers. */
export const words = {
  title: { ja: () => 'いつでもヘルプ', en: () => 'Help anytime' } satisfies Words,
  ask: {
    ja: () => 'お困りのことを、そのまま送ってください。下から選ぶこともできます。自動でお答えします。',
    en: () => 'Send your question in your own words, or choose below. The answers are automatic.',
  } satisfies Words,
  chooseTopic: { ja: () => 'お困りのことを選んでください。', en: () => 'Please choose what you need.' } satisfies Words,
  found: {
    ja: (title) => `こちらの答えはいかがですか：${title}`,
    en: (title) => `This may answer it: ${title}`,
  } satisfies Words<[string]>,
  yours: { ja: () => 'お客さまの場合', en: () => 'In your case' } satisfies Words,
  didThisHelp: { ja: () => '役に立ちましたか？', en: () => 'Did this help?' } satisfies Words,
  yes: { ja: () => 'はい', en: () => 'Yes' } satisfies Words,
  no: { ja: () => 'いいえ', en: () => 'No' } satisfies Words,
  more: { ja: () => 'くわしく', en: () => 'More' } satisfies Words,
  other: { ja: () => 'ほかの質問', en: () => 'Other questions' } satisfies Words,
  staff: { ja: () => '担当者と話したい', en: () => 'Talk to our staff' } satisfies Words,
  back: { ja: () => 'メニュー', en: () => 'Menu' } satisfies Words,
  call: { ja: () => '電話をかける', en: () => 'Call' } satisfies Words,
  all: { ja: () => 'すべての質問を見る', en: () => 'See all questions' } satisfies Words,
  thanks: {
    ja: () => 'ありがとうございます。ほかにもあれば、そのまま送ってください。',
    en: () => 'Thank you. If there is anything else, just send it.',
  } satisfies Words,
  sorry: {
    ja: (phone, hours) =>
      `お役に立てず、申し訳ありません。このまま担当者とお話しになるか、別の言い方で送ってみてください。お電話は ${phone}（${hours}）です。`,
    en: (phone, hours) =>
      `We are sorry. Talk to our staff right here, or try other words. By phone: ${phone} (${hours} Japan time).`,
  } satisfies Words<[string, string]>,
  needs: {
    contractor: {
      ja: () => '契約者連携をすると、お客さまの状況もお答えできます。',
      en: () => 'Link your contract, and we can also answer for your own case.',
    },
    user: {
      ja: () => '利用者連携をすると、お客さまの状況もお答えできます。',
      en: () => 'Link your phone, and we can also answer for your own case.',
    },
    any: {
      ja: () => '利用者連携か契約者連携をすると、お客さまの状況もお答えできます。',
      en: () => 'Link your phone or your contract, and we can also answer for your own case.',
    },
  } satisfies Record<string, Words>,
};

/** The words of the page for anybody. */
export const pageWords = {
  thanks: {
    ja: () => 'ありがとうございます。今後の参考にいたします。',
    en: () => 'Thank you. It helps us to write better answers.',
  } satisfies Words,
  sorry: {
    ja: (phone, hours) =>
      `お役に立てず、申し訳ありません。下の「さがす」で、別の言い方でもお試しください。お急ぎのときは ${phone}（${hours}）へお電話ください。`,
    en: (phone, hours) =>
      `We are sorry. Please search below with other words. If it is urgent, call ${phone} (${hours} Japan time).`,
  } satisfies Words<[string, string]>,
  question: { ja: () => 'お困りのこと', en: () => 'Your question' } satisfies Words,
  example: { ja: () => '例：ギガの残りを見たい', en: () => 'For example: how much data is left' } satisfies Words,
  search: { ja: () => 'さがす', en: () => 'Search' } satisfies Words,
  results: { ja: (question) => `「${question}」の答え`, en: (question) => `Answers to “${question}”` } satisfies Words<
    [string]
  >,
  none: {
    ja: () => 'ぴったりの答えが見つかりませんでした。別の言い方で、もう一度お試しください。',
    en: () => 'No answer fits. Please try again with other words.',
  } satisfies Words,
  noneFits: { ja: () => '見つからないとき', en: () => 'If none of this helps' } satisfies Words,
  callUs: {
    ja: (phone, hours) => `LINEのトークで「担当者と話したい」と送るか、お電話ください。${phone}（${hours}）`,
    en: (phone, hours) => `Send “talk to staff” in the talk on LINE, or call ${phone} (${hours} Japan time).`,
  } satisfies Words<[string, string]>,
  records: {
    ja: () => '担当者とのトークの記録',
    en: () => 'Your conversations with our staff',
  } satisfies Words,
  similar: { ja: () => '近い質問', en: () => 'Related questions' } satisfies Words,
};

/** At most 20 characters: they also stand on buttons. */
export const topicLabels: Record<FaqTopic, Record<Language, string>> = {
  linking: { ja: 'LINEとの連携', en: 'Linking with LINE' },
  'link-code': { ja: '利用コード', en: 'Link code' },
  data: { ja: 'データ残量・速度', en: 'Data and speed' },
  gifts: { ja: 'データプレゼント', en: 'Giving data' },
  points: { ja: 'ポイント', en: 'Points' },
  bill: { ja: '料金・お支払い', en: 'Bills and payment' },
  plan: { ja: 'プラン・追加購入', en: 'Plans and top-ups' },
  sim: { ja: 'SIM・電波・紛失', en: 'SIM, signal, loss' },
  age: { ja: '年齢確認・ID検索', en: 'Age check' },
  application: { ja: '申し込み・乗り換え', en: 'Applying' },
  contract: { ja: '契約の変更・解約', en: 'Contract, leaving' },
  security: { ja: 'ログイン・安全', en: 'Sign-in, security' },
  account: { ja: 'このアカウント', en: 'This account' },
};

export const functionLabels: Record<Exclude<FaqFunction, 'call'>, Record<Language, string>> = {
  'link-contractor': { ja: '契約者連携', en: 'Link contract' },
  'link-user': { ja: '利用者連携', en: 'Link my phone' },
  unlink: { ja: '連携を解除する', en: 'Undo a link' },
  data: { ja: 'データ残量確認', en: 'Data left' },
  gifts: { ja: 'データプレゼント', en: 'Give data' },
  'top-up': { ja: 'データの追加購入', en: 'Buy data' },
  notices: { ja: 'お知らせの設定', en: 'Notices' },
  apply: { ja: '新規申し込み', en: 'New application' },
  menu: { ja: 'メニューを開く', en: 'Open the menu' },
  staff: { ja: '担当者と話す', en: 'Talk to our staff' },
};

/** How a page of ours is called on a button; pages without a name here are called My Page. */
export const pageLabels: Readonly<Record<string, Record<Language, string>>> = {
  '/': { ja: 'マイページ', en: 'My Page' },
  '/apply': { ja: '申し込みのページ', en: 'Apply on the web' },
  '/orders': { ja: 'お申し込みの状況', en: 'How far it is' },
  '/login': { ja: 'ログインのページ', en: 'Sign in' },
  '/data': { ja: 'データの使用量', en: 'Data usage' },
  '/bills': { ja: 'ご請求', en: 'Bills' },
  '/payment': { ja: 'お支払い方法', en: 'Payment method' },
  '/invitations': { ja: 'お友だち紹介', en: 'Invite a friend' },
  '/points': { ja: 'ポイント', en: 'Points' },
  '/plan': { ja: 'プラン・オプション', en: 'Plan and options' },
  '/contract': { ja: '契約者情報', en: 'Contract' },
  '/links': { ja: 'LINE連携', en: 'LINE links' },
  '/age-proof': { ja: '年齢確認', en: 'Age proof' },
  '/leave': { ja: '解約・MNP転出', en: 'Leaving' },
  '/security': { ja: 'ログインと安全', en: 'Security' },
  '/conversations': { ja: 'トークの記録', en: 'Your conversations' },
  '/code-help': { ja: '使えない理由の一覧', en: 'All the causes' },
};
