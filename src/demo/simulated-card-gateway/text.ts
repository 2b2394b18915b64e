import { catalogue } from '../../base/language.ts';
import type { CardFault } from './cards.ts';

const ja = {
  company: 'みほんカード決済',
  title: 'カードの登録',
  lead: 'カードの情報は、この決済会社だけが受け取ります。ここではテスト用のカードだけが使えます。',
  number: 'カード番号',
  expiry: '有効期限（月/年）',
  code: 'セキュリティコード',
  register: '登録する',
  stop: 'やめて戻る',
  back: 'もどる',
  over: 'この登録は終わっています。',
  gone: 'このページは使えません。',
  tests: 'テスト用のカード',
  declined: '使えないカード',
  bank: 'みほん銀行カード',
  secure: 'ご本人の確認（3Dセキュア）',
  secureLead:
    'カード会社が、ご本人の操作かどうかを確認します。本当は、アプリの通知や、ワンタイムパスワードで答えます。',
  yes: 'わたしです',
  no: '確認に失敗する',
  wait: '時間切れにする',
  unfinished: '結果が出ないまま戻る',

  faults: {
    number: 'カード番号をお確かめください。',
    expiry: '有効期限を 12/30 のように入れてください。',
    code: '裏面の3桁の数字を入れてください。',
  } satisfies Record<CardFault, string>,
};

const en: typeof ja = {
  company: 'Sample Card Gateway',
  title: 'Register a card',
  lead: 'Only this gateway receives the details of the card. Here, only cards for tests can be used.',
  number: 'Card number',
  expiry: 'Expiry (MM/YY)',
  code: 'Security code',
  register: 'Register',
  stop: 'Give up and go back',
  back: 'Go back',
  over: 'This registration is over.',
  gone: 'This page cannot be used.',
  tests: 'Cards for tests',
  declined: 'declined',
  bank: 'Sample Bank Cards',
  secure: 'Confirm that it is you (3-D Secure)',
  secureLead:
    'The issuer of the card asks whether it is you. In reality you would answer in its app or with a one-time password.',
  yes: 'It is me',
  no: 'Fail the confirmation',
  wait: 'Let the time run out',
  unfinished: 'Go back with no result yet',

  faults: {
    number: 'Please check the card number.',
    expiry: 'Enter the expiry like 12/30; it must not have passed.',
    code: 'Enter the three digits on the back.',
  },
};

export const gatewayText = catalogue(ja, en);
