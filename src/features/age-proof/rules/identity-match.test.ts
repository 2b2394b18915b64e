import { expect, test } from 'vitest';
import { type ClaimedIdentity, identityMatchScore, type KnownIdentity } from './identity-match.ts';

const hanako: KnownIdentity = {
  names: ['田中 花子', 'タナカ ハナコ'],
  birthDate: '1982-08-08',
  email: 'Hanako@example.jp',
};

test.each<[string, ClaimedIdentity, number | null]>([
  ['nothing said', {}, null],
  ['blanks are nothing', { name: ' ', email: '' }, null],
  ['the whole name', { name: '田中 花子' }, 100],
  ['without a blank', { name: '田中花子' }, 100],
  ['given name first', { name: '花子 田中' }, 100],
  ['an ideographic blank', { name: '田中　花子' }, 100],
  ['katakana', { name: 'タナカ ハナコ' }, 100],
  ['half-width katakana', { name: 'ﾀﾅｶ ﾊﾅｺ' }, 100],
  ['hiragana, a middle dot', { name: 'はなこ・たなか' }, 100],
  ['another name', { name: '佐藤 花子' }, 0],
  ['family name alone', { familyName: '田中' }, 100],
  ['given name in the other script', { givenName: 'はなこ' }, 100],
  ['a letter is no part', { givenName: '花' }, 0],
  ['family name right, given name wrong', { familyName: '田中', givenName: '太郎' }, 50],
  ['birth date', { birthdate: '1982-08-08' }, 100],
  ['birth date wrong, name right', { birthdate: '1982-08-09', name: '田中 花子' }, 50],
  ['mail address in another case', { email: 'hanako@EXAMPLE.jp' }, 100],
  ['all but the mail address', { name: '田中 花子', birthdate: '1982-08-08', email: 'x@example.jp' }, 80],
])('%s', (_what, claimed, expected) => expect(identityMatchScore(claimed, hanako)).toBe(expected));

test('what is not registered is not compared', () => {
  const company: KnownIdentity = { names: ['さくら商事'], birthDate: null, email: null };
  expect(identityMatchScore({ birthdate: '1982-08-08', email: 'a@example.jp' }, company)).toBeNull();
  expect(identityMatchScore({ birthdate: '1982-08-08', name: 'さくら商事' }, company)).toBe(100);
});
