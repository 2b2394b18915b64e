import type { Language } from '../../base/language.ts';
import type { ServiceState } from '../contractors/index.ts';
import type { CustomerEvent } from './store.ts';

interface CustomersText {
  title: string;
  hint: string;
  search: {
    query: string;
    queryHint: string;
    submit: string;
    none: string;
    tooLittle: string;
    found: string;
    name: string;
    loginId: string;
    numbers: string;
    more: string;
  };
  look: { title: string; lead: string; reason: string; reasonHint: string; missing: string; submit: string };
  contractor: {
    title: string;
    kana: string;
    birthDate: string;
    address: string;
    phone: string;
    email: string;
    waitingEmail: string;
    waitingUntil: (until: string) => string;
    since: string;
    lineAccounts: string;
    links: string;
    points: string;
    nobody: string;
  };
  subscription: {
    user: string;
    isContractor: string;
    plan: string;
    opens: string;
    ended: string;
    slowed: string;
    linked: string;
    onLoan: string;
    ledger: string;
    states: Record<ServiceState, string>;
  };
  /** A name on LINE and since when it is linked. */
  linkedSince: (name: string, moment: string) => string;
  unnamed: string;
  /** Beside a talk. */
  beside: {
    nobody: string;
    contractor: string;
    user: string;
    contractorIs: (name: string) => string;
    left: string;
    more: string;
  };
  events: {
    title: string;
    none: string;
    when: string;
    what: string;
    who: string;
    which: string;
    actors: Record<CustomerEvent['actorKind'], string>;
  };
}

const ja: CustomersText = {
  title: 'お客さま',
  hint: '電話番号、名前、ログインID、LINEの名前でさがします。開くときに理由をうかがい、記録します。',
  search: {
    query: 'さがす',
    queryHint: '電話番号、名前やフリガナのはじめ、ログインID、LINEの名前のはじめ、契約者ID',
    submit: 'さがす',
    none: 'あてはまるお客さまはいません。',
    tooLittle: '英字は2文字以上入力してください。',
    found: '見つかったお客さま',
    name: '名前',
    loginId: 'ログインID',
    numbers: '電話番号の末尾',
    more: 'つづきを見る',
  },
  look: {
    title: '見る理由を入力してください',
    lead: 'お客さまの情報を見るには理由が必要です。だれが、いつ、なぜ見たかが記録に残ります。30分のあいだ有効です。',
    reason: '理由',
    reasonHint: '例：本人からの電話。データ残量のお問い合わせ',
    missing: '理由を5文字以上で入力してください。',
    submit: '理由を記録して開く',
  },
  contractor: {
    title: '契約者',
    kana: 'フリガナ',
    birthDate: '生年月日',
    address: '住所',
    phone: '連絡先の電話',
    email: 'メール',
    waitingEmail: '確認待ちのメール',
    waitingUntil: (until) => `${until}まで。コードの入力で変更`,
    since: '登録日',
    lineAccounts: '契約者連携',
    links: '連携と利用コード',
    points: 'ポイント',
    nobody: '連携なし',
  },
  subscription: {
    user: '利用者',
    isContractor: '契約者ご本人',
    plan: 'プラン',
    opens: '利用開始',
    ended: '利用終了',
    slowed: '速度制限中',
    linked: '利用者連携',
    onLoan: '通信のために確保中',
    ledger: '台帳を見る',
    states: { 'not-open': '開通前', 'in-service': '利用中', ended: '終了' },
  },
  linkedSince: (name, moment) => `${name}（${moment}から）`,
  unnamed: '名前のわからないLINEアカウント',
  beside: {
    nobody: '連携していない方です。',
    contractor: '契約者',
    user: '利用者',
    contractorIs: (name) => `契約者 ${name}`,
    left: 'データ残量',
    more: 'お客さまのページを開く',
  },
  events: {
    title: '最近のできごと',
    none: 'まだありません。',
    when: '日時',
    what: 'できごと',
    who: 'だれが',
    which: '回線',
    actors: {
      contractor: '契約者',
      'line-account': 'LINEの方',
      staff: '担当者',
      provisioning: '基幹システム',
      system: 'システム',
    },
  },
};

const en: CustomersText = {
  title: 'Customers',
  hint: 'Find somebody by number, name, login ID or name on LINE. Opening one asks for a reason, which is kept.',
  search: {
    query: 'Find',
    queryHint: 'Phone number; the beginning of a name, a reading, a login ID or a name on LINE; contractor ID',
    submit: 'Find',
    none: 'No customer fits.',
    tooLittle: 'Type at least two letters.',
    found: 'Customers found',
    name: 'Name',
    loginId: 'Login ID',
    numbers: 'Numbers end in',
    more: 'Show more',
  },
  look: {
    title: 'Why are you looking?',
    lead: 'Looking at a customer needs a reason. Who looked, when and why is kept on record. It counts for 30 minutes.',
    reason: 'Reason',
    reasonHint: 'For example: called about the data left',
    missing: 'Type a reason of at least five characters.',
    submit: 'Record the reason and open',
  },
  contractor: {
    title: 'Contractor',
    kana: 'Reading',
    birthDate: 'Born',
    address: 'Address',
    phone: 'Phone to call',
    email: 'Mail address',
    waitingEmail: 'Mail address to be proved',
    waitingUntil: (until) => `until ${until}; changes when the code is typed`,
    since: 'Since',
    lineAccounts: 'Contractor links',
    links: 'Links and link codes',
    points: 'Points',
    nobody: 'Not linked',
  },
  subscription: {
    user: 'User',
    isContractor: 'the contractor',
    plan: 'Plan',
    opens: 'Opens',
    ended: 'End',
    slowed: 'Slowed',
    linked: 'User links',
    onLoan: 'On loan to the network',
    ledger: 'See the ledger',
    states: { 'not-open': 'not open yet', 'in-service': 'in service', ended: 'ended' },
  },
  linkedSince: (name, moment) => `${name} (since ${moment})`,
  unnamed: 'a LINE account without a known name',
  beside: {
    nobody: 'This person is not linked.',
    contractor: 'Contractor',
    user: 'User',
    contractorIs: (name) => `Contractor: ${name}`,
    left: 'Data left',
    more: 'Open the customer’s page',
  },
  events: {
    title: 'Recent events',
    none: 'Nothing yet.',
    when: 'When',
    what: 'What',
    who: 'Who',
    which: 'Subscription',
    actors: {
      contractor: 'contractor',
      'line-account': 'somebody on LINE',
      staff: 'staff',
      provisioning: 'back office',
      system: 'system',
    },
  },
};

const catalogue: Record<Language, CustomersText> = { ja, en };

export function customersText(language: Language): CustomersText {
  return catalogue[language];
}
