import type { Language } from '../../../base/language.ts';
import type { AddFault } from '../partners.ts';
import type { PartnerGrant } from '../rules/partner.ts';

/** The words of the console's pages about partners. */
interface ConsoleText {
  title: string;
  hint: string;
  lead: string;
  none: string;
  caption: string;
  head: [string, string, string, string, string];
  add: string;
  addTitle: string;
  standing: string;
  suspended: string;
  perMinute: (count: number) => string;
  grants: Record<PartnerGrant, string>;
  id: string;
  idHint: string;
  nameJa: string;
  nameEn: string;
  ways: string;
  redirectUris: string;
  redirectUrisHint: string;
  told: string;
  toldAge: string;
  toldVolume: string;
  toldEvents: string;
  match: string;
  matchHint: string;
  purpose: string;
  ages: string;
  agesHint: string;
  anyAge: string;
  limit: string;
  days: string;
  keys: string;
  keysHint: string;
  save: string;
  saved: string;
  issuer: string;
  auth: string;
  authBy: Record<'secret' | 'private_key_jwt', string>;
  state: string;
  since: string;
  agreed: string;
  change: string;
  secretTitle: string;
  secretOnce: string;
  secret: string;
  done: string;
  renew: string;
  renewTitle: (name: string) => string;
  renewLoses: string[];
  suspend: string;
  suspendTitle: (name: string) => string;
  suspendLoses: string[];
  resume: string;
  events: {
    title: string;
    hint: string;
    waiting: string;
    since: (moment: string) => string;
    delivered: string;
    failed: string;
  };
  answersTitle: string;
  answersHint: string;
  answersHead: [string, string, string, string];
  answersNone: string;
  kinds: Record<'age' | 'data-volume', string>;
  faults: Record<AddFault, string>;
}

const ja: ConsoleText = {
  title: '問い合わせの提携先',
  hint: '年齢確認などを問い合わせる会社と、その条件',
  lead: 'お客さまについて問い合わせることができる会社です。だれについての問い合わせかは、ここには表示されません。',
  none: '提携先はまだありません。',
  caption: '提携先',
  head: ['会社', '方法', '状態', '1分あたりの上限', '7日間の回答'],
  add: '提携先を追加する',
  addTitle: '提携先の追加',
  standing: '有効',
  suspended: '停止中',
  perMinute: (count) => `${count}回`,
  grants: {
    code: 'ブラウザーで本人の同意を得る',
    'client-credentials': '契約にもとづき、同意なしで問い合わせる',
    ciba: 'トークで本人にたずねる',
  },
  id: 'ID（client_id）',
  idHint: '英小文字・数字・ハイフン、2〜63文字。あとから変えられません。',
  nameJa: '会社名（日本語）',
  nameEn: '会社名（英語）',
  ways: '問い合わせの方法',
  redirectUris: '戻り先のアドレス',
  redirectUrisHint: 'https://からすべて。複数は空白で区切ります。',
  told: 'お答えできる内容',
  toldAge: '年齢（はい／いいえ）とフィルタリングの有無',
  toldVolume: 'データ残量の区分',
  toldEvents: 'データ量を50・75・90・100％使ったことの知らせ',
  match: '本人との一致の度合いも答える',
  matchHint: '番号の持ち主が本人かどうかを確かめる必要のある会社だけに。',
  purpose: '目的',
  ages: '問い合わせてよい年齢',
  agesHint: '空白で区切ります（例：18 20）。空欄はどの年齢でも可。',
  anyAge: 'どの年齢でも',
  limit: '1分あたりの問い合わせの上限',
  days: '同意の有効日数（1〜365）',
  keys: '公開鍵（JWKS）',
  keysHint: '会社が自分の鍵で署名するとき。空欄なら秘密の文字列を発行します。',
  save: '保存する',
  saved: '保存しました。',
  issuer: '発行者（issuer）',
  auth: '認証',
  authBy: { secret: '秘密の文字列（secret）', private_key_jwt: '会社の鍵による署名' },
  state: '状態',
  since: '登録日時',
  agreed: '取り決めた条件',
  change: '条件を変える',
  secretTitle: '秘密の文字列',
  secretOnce: '表示されるのは今回だけです。会社に安全な方法で渡してください。',
  secret: 'client_secret',
  done: '提携先の一覧へ',
  renew: '秘密の文字列を再発行する',
  renewTitle: (name) => `${name}の秘密の文字列を再発行しますか？`,
  renewLoses: ['いまの秘密の文字列はすぐに使えなくなります。'],
  suspend: '停止する',
  suspendTitle: (name) => `${name}を停止しますか？`,
  suspendLoses: [
    'この会社からの問い合わせには、すぐに何も答えなくなります。',
    'お客さまの同意は残り、再開すると使えます。',
  ],
  resume: '再開する',
  events: {
    title: '提携先への知らせ',
    hint: '直近30日間。届かない知らせは、間をあけて6回まで送り直します。待っている間、あとの知らせも待ちます。',
    waiting: '届くのを待っているもの',
    since: (moment) => `いちばん古いものは${moment}から`,
    delivered: '届いたもの',
    failed: '届かなかったもの',
  },
  answersTitle: '回答の数',
  answersHint: 'だれについての回答かは表示しません。',
  answersHead: ['内容', '回答', '24時間', '30日間'],
  answersNone: '30日間、回答はありません。',
  kinds: { age: '年齢', 'data-volume': 'データ残量' },
  faults: {
    'partner-id-malformed': 'IDは英小文字・数字・ハイフンで2〜63文字にしてください。',
    'partner-id-taken': 'このIDは使われています。',
    'no-grant': '問い合わせの方法を1つ以上選んでください。',
    'redirect-uri-missing': 'ブラウザーで同意を得るには、戻り先のアドレスが必要です。',
    'redirect-uri-unsafe': '戻り先は https:// からはじまるアドレスを、# なしで入力してください。',
    'scope-unknown': 'お答えできる内容を1つ以上選んでください。',
    'purpose-unknown': '目的を選んでください。',
    'age-out-of-range': '年齢は0から120までの数字を空白で区切ってください。',
    'limit-out-of-range': '上限は1から6,000までの数字にしてください。',
    'consent-days-out-of-range': '有効日数は1から365までの数字にしてください。',
    'keys-missing': '公開鍵はJSON（{"keys": [...]}）で入力してください。',
  },
};

const en: ConsoleText = {
  title: 'Partners',
  hint: 'Who may ask about customers, and on what terms',
  lead: 'Companies that may ask about customers. Whom they asked about is not shown here.',
  none: 'There is no partner yet.',
  caption: 'Partners',
  head: ['Company', 'Ways', 'State', 'Limit a minute', 'Answers in 7 days'],
  add: 'Add a partner',
  addTitle: 'Add a partner',
  standing: 'active',
  suspended: 'suspended',
  perMinute: (count) => String(count),
  grants: {
    code: 'with consent in a browser',
    'client-credentials': 'under contract, without consent',
    ciba: 'by asking in the talk',
  },
  id: 'ID (client_id)',
  idHint: 'Small letters, digits, hyphens; 2 to 63. It stays.',
  nameJa: 'Name (Japanese)',
  nameEn: 'Name (English)',
  ways: 'Ways to ask',
  redirectUris: 'Addresses to come back to',
  redirectUrisHint: 'Whole, from https:// on; several with blanks between.',
  told: 'What may be told',
  toldAge: 'Age (yes or no) and whether filtering is on',
  toldVolume: 'Range of the data left',
  toldEvents: 'That 50, 75, 90, 100% of the data are used',
  match: 'Also how well it is the person',
  matchHint: 'Only for who must know whether the number is the person’s own.',
  purpose: 'What for',
  ages: 'Ages it may ask about',
  agesHint: 'With blanks between (18 20). Empty: any.',
  anyAge: 'any',
  limit: 'Questions a minute',
  days: 'Days a consent holds (1 to 365)',
  keys: 'Public keys (JWKS)',
  keysHint: 'When the company signs with a key of its own. Empty: a secret is made.',
  save: 'Save',
  saved: 'Saved.',
  issuer: 'Issuer',
  auth: 'Authentication',
  authBy: { secret: 'secret', private_key_jwt: 'signature with its own key' },
  state: 'State',
  since: 'Since',
  agreed: 'What was agreed',
  change: 'Change',
  secretTitle: 'The secret',
  secretOnce: 'Shown this once. Hand it to the company by a safe way.',
  secret: 'client_secret',
  done: 'All partners',
  renew: 'New secret',
  renewTitle: (name) => `Make a new secret for ${name}?`,
  renewLoses: ['The present secret stops working at once.'],
  suspend: 'Suspend',
  suspendTitle: (name) => `Suspend ${name}?`,
  suspendLoses: ['This company is answered nothing from now on.', 'Consents stay, and count again when it is resumed.'],
  resume: 'Resume',
  events: {
    title: 'Events for the partner',
    hint: 'Of the last 30 days. One that is not taken is sent again up to six times, ever more rarely; those behind it wait.',
    waiting: 'Waiting',
    since: (moment) => `the oldest since ${moment}`,
    delivered: 'Delivered',
    failed: 'Given up',
  },
  answersTitle: 'Answers',
  answersHint: 'Whom they were about is not shown.',
  answersHead: ['About', 'Answer', '24 hours', '30 days'],
  answersNone: 'No answers in 30 days.',
  kinds: { age: 'age', 'data-volume': 'data left' },
  faults: {
    'partner-id-malformed': 'The ID has 2 to 63 small letters, digits and hyphens.',
    'partner-id-taken': 'This ID is taken.',
    'no-grant': 'Choose at least one way to ask.',
    'redirect-uri-missing': 'To ask in a browser an address to come back to is needed.',
    'redirect-uri-unsafe': 'Addresses begin with https:// and have no #.',
    'scope-unknown': 'Choose at least one thing to be told.',
    'purpose-unknown': 'Choose what for.',
    'age-out-of-range': 'Ages are numbers from 0 to 120 with blanks between.',
    'limit-out-of-range': 'The limit is a number from 1 to 6,000.',
    'consent-days-out-of-range': 'Days are a number from 1 to 365.',
    'keys-missing': 'Public keys are JSON: {"keys": [...]}.',
  },
};

export function consoleText(language: Language): ConsoleText {
  return language === 'ja' ? ja : en;
}
