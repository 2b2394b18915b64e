import { catalogue } from '../../base/language.ts';
import type { IdentityMethod } from '../../infra/identity/identity.ts';
import type { End } from './sessions.ts';

const ja = {
  company: 'みほん本人確認',
  title: '本人確認',
  gone: 'このページは使えません。',
  compared: 'カードと照らし合わせる内容',
  name: 'お名前',
  birthDate: '生年月日',
  address: 'ご住所',
  legend: '結果をえらぶ（シミュレーター）',
  finish: 'カードを読み取る',
  stop: 'やめて戻る',
  over: 'この本人確認は終わっています。',
  back: 'もどる',

  methods: {
    jpki: 'マイナンバーカードをスマートフォンの裏に当て、署名用パスワード（英数字6〜16文字）を入れて読み取ります。ここでは、パスワードは聞きません。',
    'ic-chip':
      'カードをスマートフォンの裏に当て、ICチップのお名前・ご住所・生年月日と顔写真を読み取ります。ここでは、暗証番号は聞きません。',
  } satisfies Record<IdentityMethod, string>,

  ends: {
    success: '本人と確認できる',
    name: 'お名前がカードと違う',
    'birth-date': '生年月日がカードと違う',
    address: 'ご住所がカードと違う',
    'certificate-expired': '電子証明書の期限が切れている',
    'certificate-revoked': '電子証明書が失効している',
    locked: 'パスワードを続けて間違え、ロックされた',
    unreadable: 'カードが読み取れない',
    'gave-up': '途中でやめる',
    'time-out': '時間切れになる',
    unfinished: '結果が出ないまま戻る',
  } satisfies Record<End, string>,
};

const en: typeof ja = {
  company: 'Sample Identity',
  title: 'Identity check',
  gone: 'This page cannot be used.',
  compared: 'What is compared with the card',
  name: 'Name',
  birthDate: 'Birth date',
  address: 'Address',
  legend: 'Choose the result (simulator)',
  finish: 'Read the card',
  stop: 'Give up and go back',
  over: 'This identity check is over.',
  back: 'Go back',

  methods: {
    jpki: 'You would hold your My Number card to the back of the phone and enter its signature password (6 to 16 letters and digits). No password is asked for here.',
    'ic-chip':
      'You would hold the card to the back of the phone; name, address, birth date and portrait are read from its chip. No PIN is asked for here.',
  },

  ends: {
    success: 'Verified',
    name: 'The name differs from the card',
    'birth-date': 'The birth date differs from the card',
    address: 'The address differs from the card',
    'certificate-expired': 'The certificate has expired',
    'certificate-revoked': 'The certificate was revoked',
    locked: 'Wrong password too often: locked',
    unreadable: 'The card cannot be read',
    'gave-up': 'Give up',
    'time-out': 'The time runs out',
    unfinished: 'Go back with no result yet',
  },
};

export const providerText = catalogue(ja, en);
