import type { Language, Words } from '../../base/language.ts';
import type { IdentityMethod } from '../../infra/identity/identity.ts';
import type { End } from './sessions.ts';

export const text = {
  company: { ja: () => 'みほん本人確認', en: () => 'Sample Identity' },
  title: { ja: () => '本人確認', en: () => 'Identity check' },
  gone: { ja: () => 'このページは使えません。', en: () => 'This page cannot be used.' },
  compared: { ja: () => 'カードと照らし合わせる内容', en: () => 'What is compared with the card' },
  name: { ja: () => 'お名前', en: () => 'Name' },
  birthDate: { ja: () => '生年月日', en: () => 'Birth date' },
  address: { ja: () => 'ご住所', en: () => 'Address' },
  legend: { ja: () => '結果をえらぶ（シミュレーター）', en: () => 'Choose the result (simulator)' },
  finish: { ja: () => 'カードを読み取る', en: () => 'Read the card' },
  stop: { ja: () => 'やめて戻る', en: () => 'Give up and go back' },
  over: { ja: () => 'この本人確認は終わっています。', en: () => 'This identity check is over.' },
  back: { ja: () => 'もどる', en: () => 'Go back' },
} satisfies Record<string, Words>;

export const aboutMethod: Record<IdentityMethod, Record<Language, string>> = {
  jpki: {
    ja: 'マイナンバーカードをスマートフォンの裏に当て、署名用パスワード（英数字6〜16文字）を入れて読み取ります。ここでは、パスワードは聞きません。',
    en: 'You would hold your My Number card to the back of the phone and enter its signature password (6 to 16 letters and digits). No password is asked for here.',
  },
  'ic-chip': {
    ja: 'カードをスマートフォンの裏に当て、ICチップのお名前・ご住所・生年月日と顔写真を読み取ります。ここでは、暗証番号は聞きません。',
    en: 'You would hold the card to the back of the phone; name, address, birth date and portrait are read from its chip. No PIN is asked for here.',
  },
};

export const ends: Record<End, Record<Language, string>> = {
  success: { ja: '本人と確認できる', en: 'Verified' },
  name: { ja: 'お名前がカードと違う', en: 'The name differs from the card' },
  'birth-date': { ja: '生年月日がカードと違う', en: 'The birth date differs from the card' },
  address: { ja: 'ご住所がカードと違う', en: 'The address differs from the card' },
  'certificate-expired': { ja: '電子証明書の期限が切れている', en: 'The certificate has expired' },
  'certificate-revoked': { ja: '電子証明書が失効している', en: 'The certificate was revoked' },
  locked: { ja: 'パスワードを続けて間違え、ロックされた', en: 'Wrong password too often: locked' },
  unreadable: { ja: 'カードが読み取れない', en: 'The card cannot be read' },
  'gave-up': { ja: '途中でやめる', en: 'Give up' },
  'time-out': { ja: '時間切れになる', en: 'The time runs out' },
  unfinished: { ja: '結果が出ないまま戻る', en: 'Go back with no result yet' },
};
