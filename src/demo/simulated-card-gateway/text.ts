import type { Language, Words } from '../../base/language.ts';
import type { CardFault } from './cards.ts';

export const text = {
  company: { ja: () => 'みほんカード決済', en: () => 'Sample Card Gateway' },
  title: { ja: () => 'カードの登録', en: () => 'Register a card' },
  lead: {
    ja: () => 'カードの情報は、この決済会社だけが受け取ります。ここではテスト用のカードだけが使えます。',
    en: () => 'Only this gateway receives the details of the card. Here, only cards for tests can be used.',
  },
  number: { ja: () => 'カード番号', en: () => 'Card number' },
  expiry: { ja: () => '有効期限（月/年）', en: () => 'Expiry (MM/YY)' },
  code: { ja: () => 'セキュリティコード', en: () => 'Security code' },
  register: { ja: () => '登録する', en: () => 'Register' },
  stop: { ja: () => 'やめて戻る', en: () => 'Give up and go back' },
  back: { ja: () => 'もどる', en: () => 'Go back' },
  over: { ja: () => 'この登録は終わっています。', en: () => 'This registration is over.' },
  gone: { ja: () => 'このページは使えません。', en: () => 'This page cannot be used.' },
  tests: { ja: () => 'テスト用のカード', en: () => 'Cards for tests' },
  declined: { ja: () => '使えないカード', en: () => 'declined' },
  bank: { ja: () => 'みほん銀行カード', en: () => 'Sample Bank Cards' },
  secure: { ja: () => 'ご本人の確認（3Dセキュア）', en: () => 'Confirm that it is you (3-D Secure)' },
  secureLead: {
    ja: () =>
      'カード会社が、ご本人の操作かどうかを確認します。本当は、アプリの通知や、ワンタイムパスワードで答えます。',
    en: () =>
      'The issuer of the card asks whether it is you. In reality you would answer in its app or with a one-time password.',
  },
  yes: { ja: () => 'わたしです', en: () => 'It is me' },
  no: { ja: () => '確認に失敗する', en: () => 'Fail the confirmation' },
  wait: { ja: () => '時間切れにする', en: () => 'Let the time run out' },
  unfinished: { ja: () => '結果が出ないまま戻る', en: () => 'Go back with no result yet' },
} satisfies Record<string, Words>;

export const faults: Record<CardFault, Record<Language, string>> = {
  number: { ja: 'カード番号をお確かめください。', en: 'Please check the card number.' },
  expiry: {
    ja: '有効期限を 12/30 のように入れてください。',
    en: 'Enter the expiry like 12/30; it must not have passed.',
  },
  code: { ja: '裏面の3桁の数字を入れてください。', en: 'Enter the three digits on the back.' },
};
