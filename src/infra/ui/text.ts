import { catalogue, counted } from '../../base/language.ts';
import type { BucketKind } from '../../base/operator.ts';

const ja = {
  skip: '本文へ移動',
  menu: 'メニュー',
  otherLanguage: 'English',
  errorPrefix: 'エラー：',
  errorTitle: '入力内容をご確認ください',
  back: '戻る',
  cancel: 'やめる',
  copy: 'コピーする',
  copied: 'コピーしました',
  required: '必須',
  lineLogin: 'LINEでログイン',
  nav: {
    home: 'トップ',
    data: 'データ',
    bills: 'ご請求',
    'top-up': '追加購入',
    plan: 'プラン・オプション',
    gifts: 'プレゼント',
    points: 'ポイント',
    invitations: 'お友だち紹介',
    contract: '契約者情報',
    links: 'LINE連携',
    'age-proof': '年齢確認',
    security: 'ログインと安全',
    leave: '解約・MNP転出',
    'code-help': '利用コードが使えないとき',
    help: 'ヘルプ',
  },
  kinds: { 'carry-over': '前月繰越', gift: 'プレゼント', base: '基本データ量', 'top-up': '追加購入' } satisfies Record<
    BucketKind,
    string
  >,
  until: (day: string) => `${day}まで`,
  remaining: '残り',
  usagePerDay: '1日ごとの使用量',
  usageSummary: (days: number, total: string) => `直近${days}日間の使用量は合計${total}です。`,
  usagePerMonth: '月ごとの使用量',
  usageOfMonths: (months: number, total: string) => `直近${months}か月の使用量は合計${total}です。`,
  month: '月',
  usageTable: '数字で見る',
  noFigures: 'この期間の数字はまだありません。',
  day: '日付',
  used: '使用量',
  mostInADay: (amount: string) => `最大 ${amount}`,
  step: (at: number, of: number) => `${of}ステップ中${at}番目`,
  whatIsLost: 'できなくなること',
  notAffiliated: 'このサービスはLINEヤフー株式会社とは関係ありません。',
  addFriend: '友だちに追加する',
  addFriendQr: '公式アカウントを友だちに追加するQRコード',
  lineId: 'ID',
};

const en: typeof ja = {
  skip: 'Skip to the content',
  menu: 'Menu',
  otherLanguage: '日本語',
  errorPrefix: 'Error: ',
  errorTitle: 'Please check what you entered',
  back: 'Back',
  cancel: 'Go back',
  copy: 'Copy',
  copied: 'Copied',
  required: 'required',
  lineLogin: 'Log in with LINE',
  nav: {
    home: 'Home',
    data: 'Data',
    bills: 'Bills',
    'top-up': 'Buy data',
    plan: 'Plan and options',
    gifts: 'Gifts',
    points: 'Points',
    invitations: 'Invite a friend',
    contract: 'Contract',
    links: 'LINE links',
    'age-proof': 'Age proof',
    security: 'Security',
    leave: 'Leaving',
    'code-help': 'When a link code does not work',
    help: 'Help',
  },
  kinds: { 'carry-over': 'Carried over', gift: 'Gifts', base: 'Monthly data', 'top-up': 'Top-ups' },
  until: (day) => `until ${day}`,
  remaining: 'left',
  usagePerDay: 'Use per day',
  usageSummary: (days, total) => `${total} used in the last ${counted(days, 'day')}.`,
  usagePerMonth: 'Use per month',
  usageOfMonths: (months, total) => `${total} used in the last ${counted(months, 'month')}.`,
  month: 'Month',
  usageTable: 'Show as numbers',
  noFigures: 'There are no figures for this time yet.',
  day: 'Day',
  used: 'Used',
  mostInADay: (amount) => `most: ${amount}`,
  step: (at, of) => `Step ${at} of ${of}`,
  whatIsLost: 'What you will lose',
  notAffiliated: 'This service is not affiliated with LY Corporation.',
  addFriend: 'Add as a friend',
  addFriendQr: 'QR code that adds the official account as a friend',
  lineId: 'ID',
};

export type NavKey = keyof typeof ja.nav;

/** What the frame of a page and its common components say. What a feature says stands in that feature's own `text.ts`. */
export const uiText = catalogue(ja, en);

const jaErrors = {
  'not-found': {
    title: 'ページが見つかりません',
    body: 'アドレスが違うか、期限が過ぎた可能性があります。トップからお進みください。',
  },
  forbidden: {
    title: '操作を受け付けられませんでした',
    body: '安全のため、ほかのサイトからの送信は受け付けていません。もう一度ページを開いてお試しください。',
  },
  'bad-request': {
    title: '内容を読み取れませんでした',
    body: '前のページに戻って、もう一度お試しください。',
  },
  'too-large': { title: '内容が大きすぎます', body: '入力を短くして、もう一度お試しください。' },
  busy: {
    title: 'ただいま混み合っています',
    body: 'データやご契約はそのまま守られています。少し待ってから、もう一度お試しください。',
  },
  failed: {
    title: 'うまく表示できませんでした',
    body: 'こちらの不具合です。申し訳ありません。少し待ってから、もう一度お試しください。',
  },
  home: 'トップへ',
  reference: (requestId: string) => `お問い合わせ番号：${requestId}`,
};

const enErrors: typeof jaErrors = {
  'not-found': {
    title: 'Page not found',
    body: 'The address may be wrong, or it may have expired. Please start from the top page.',
  },
  forbidden: {
    title: 'We could not accept this',
    body: 'To keep you safe we do not accept forms sent from other sites. Please open the page again and retry.',
  },
  'bad-request': { title: 'We could not read this', body: 'Please go back one page and try again.' },
  'too-large': { title: 'That is too much', body: 'Please shorten what you entered and try again.' },
  busy: {
    title: 'We are busy right now',
    body: 'Your data and contract are safe. Please wait a moment and try again.',
  },
  failed: {
    title: 'Something went wrong',
    body: 'This is a fault on our side, sorry. Please wait a moment and try again.',
  },
  home: 'To the top page',
  reference: (requestId) => `Reference: ${requestId}`,
};

/** The pages of failures. */
export const errorText = catalogue(jaErrors, enErrors);
