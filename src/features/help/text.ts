import type { FaqFunction, FaqTopic } from '../../base/faq.ts';
import { catalogue } from '../../base/language.ts';

const ja = {
  title: 'いつでもヘルプ',
  ask: 'お困りのことを、そのまま送ってください。下から選ぶこともできます。自動でお答えします。',
  chooseTopic: 'お困りのことを選んでください。',
  found: (title: string) => `こちらの答えはいかがですか：${title}`,
  yours: 'お客さまの場合',
  didThisHelp: '役に立ちましたか？',
  yes: 'はい',
  no: 'いいえ',
  more: 'くわしく',
  other: 'ほかの質問',
  staff: '担当者と話したい',
  back: 'メニュー',
  call: '電話をかける',
  all: 'すべての質問を見る',
  thanks: 'ありがとうございます。ほかにもあれば、そのまま送ってください。',
  sorry: (phone: string, hours: string) =>
    `お役に立てず、申し訳ありません。このまま担当者とお話しになるか、別の言い方で送ってみてください。お電話は ${phone}（${hours}）です。`,
  needs: {
    contractor: '契約者連携をすると、お客さまの状況もお答えできます。',
    user: '利用者連携をすると、お客さまの状況もお答えできます。',
    any: '利用者連携か契約者連携をすると、お客さまの状況もお答えできます。',
  },

  /** The words of the page for anybody. */
  page: {
    thanks: 'ありがとうございます。今後の参考にいたします。',
    sorry: (phone: string, hours: string) =>
      `お役に立てず、申し訳ありません。下の「さがす」で、別の言い方でもお試しください。お急ぎのときは ${phone}（${hours}）へお電話ください。`,
    question: 'お困りのこと',
    example: '例：ギガの残りを見たい',
    search: 'さがす',
    results: (question: string) => `「${question}」の答え`,
    none: 'ぴったりの答えが見つかりませんでした。別の言い方で、もう一度お試しください。',
    noneFits: '見つからないとき',
    callUs: (phone: string, hours: string) =>
      `LINEのトークで「担当者と話したい」と送るか、お電話ください。${phone}（${hours}）`,
    records: '担当者とのトークの記録',
    similar: '近い質問',
  },

  /** At most 20 characters: they also stand on buttons. */
  topics: {
    linking: 'LINEとの連携',
    'link-code': '利用コード',
    data: 'データ残量・速度',
    gifts: 'データプレゼント',
    points: 'ポイント',
    bill: '料金・お支払い',
    plan: 'プラン・追加購入',
    sim: 'SIM・電波・紛失',
    age: '年齢確認・ID検索',
    application: '申し込み・乗り換え',
    contract: '契約の変更・解約',
    security: 'ログイン・安全',
    account: 'このアカウント',
  } satisfies Record<FaqTopic, string>,

  functions: {
    'link-contractor': '契約者連携',
    'link-user': '利用者連携',
    unlink: '連携を解除する',
    data: 'データ残量確認',
    gifts: 'データプレゼント',
    'top-up': 'データの追加購入',
    notices: 'お知らせの設定',
    apply: '新規申し込み',
    menu: 'メニューを開く',
    staff: '担当者と話す',
  } satisfies Record<Exclude<FaqFunction, 'call'>, string>,

  /** How a page of ours is called on a button; pages without a name here are called My Page. */
  pages: {
    '/': 'マイページ',
    '/apply': '申し込みのページ',
    '/orders': 'お申し込みの状況',
    '/login': 'ログインのページ',
    '/data': 'データの使用量',
    '/bills': 'ご請求',
    '/payment': 'お支払い方法',
    '/invitations': 'お友だち紹介',
    '/points': 'ポイント',
    '/plan': 'プラン・オプション',
    '/contract': '契約者情報',
    '/links': 'LINE連携',
    '/age-proof': '年齢確認',
    '/leave': '解約・MNP転出',
    '/security': 'ログインと安全',
    '/conversations': 'トークの記録',
    '/code-help': '使えない理由の一覧',
  },
};

const en: typeof ja = {
  title: 'Help anytime',
  ask: 'Send your question in your own words, or choose below. The answers are automatic.',
  chooseTopic: 'Please choose what you need.',
  found: (title) => `This may answer it: ${title}`,
  yours: 'In your case',
  didThisHelp: 'Did this help?',
  yes: 'Yes',
  no: 'No',
  more: 'More',
  other: 'Other questions',
  staff: 'Talk to our staff',
  back: 'Menu',
  call: 'Call',
  all: 'See all questions',
  thanks: 'Thank you. If there is anything else, just send it.',
  sorry: (phone, hours) =>
    `We are sorry. Talk to our staff right here, or try other words. By phone: ${phone} (${hours} Japan time).`,
  needs: {
    contractor: 'Link your contract, and we can also answer for your own case.',
    user: 'Link your phone, and we can also answer for your own case.',
    any: 'Link your phone or your contract, and we can also answer for your own case.',
  },

  page: {
    thanks: 'Thank you. It helps us to write better answers.',
    sorry: (phone, hours) =>
      `We are sorry. Please search below with other words. If it is urgent, call ${phone} (${hours} Japan time).`,
    question: 'Your question',
    example: 'For example: how much data is left',
    search: 'Search',
    results: (question) => `Answers to “${question}”`,
    none: 'No answer fits. Please try again with other words.',
    noneFits: 'If none of this helps',
    callUs: (phone, hours) => `Send “talk to staff” in the talk on LINE, or call ${phone} (${hours} Japan time).`,
    records: 'Your conversations with our staff',
    similar: 'Related questions',
  },

  topics: {
    linking: 'Linking with LINE',
    'link-code': 'Link code',
    data: 'Data and speed',
    gifts: 'Giving data',
    points: 'Points',
    bill: 'Bills and payment',
    plan: 'Plans and top-ups',
    sim: 'SIM, signal, loss',
    age: 'Age proof',
    application: 'Applying',
    contract: 'Contract, leaving',
    security: 'Sign-in, security',
    account: 'This account',
  },

  functions: {
    'link-contractor': 'Link contract',
    'link-user': 'Link my phone',
    unlink: 'Undo a link',
    data: 'Data left',
    gifts: 'Give data',
    'top-up': 'Buy data',
    notices: 'Notices',
    apply: 'New application',
    menu: 'Open the menu',
    staff: 'Talk to our staff',
  },

  pages: {
    '/': 'My Page',
    '/apply': 'Apply on the web',
    '/orders': 'How far it is',
    '/login': 'Sign in',
    '/data': 'Data usage',
    '/bills': 'Bills',
    '/payment': 'Payment method',
    '/invitations': 'Invite a friend',
    '/points': 'Points',
    '/plan': 'Plan and options',
    '/contract': 'Contract',
    '/links': 'LINE links',
    '/age-proof': 'Age proof',
    '/leave': 'Leaving',
    '/security': 'Security',
    '/conversations': 'Your conversations',
    '/code-help': 'All the causes',
  },
};

/** What help says around the operator's answers. */
export const helpText = catalogue(ja, en);
