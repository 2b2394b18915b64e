import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { passwordFault, passwordRules } from '../../base/password-policy.ts';
import { firstBroken } from '../../base/refusal.ts';
import { isBreached } from '../../infra/auth/breached-passwords.ts';
import { type EmailFault, emailLimits, emailRules } from './rules/email-change.ts';
import { foldLoginId, isLoginId } from './rules/login-id.ts';
import { userRules } from './rules/registered-user.ts';
import { serviceState } from './rules/service-state.ts';
import { signInLimits } from './rules/sign-in-limits.ts';

const readme = readFileSync(new URL('README.md', import.meta.url), 'utf8');

function sentencesUnder(heading: string): string[] {
  const section = readme.split(`## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
  return [...section.matchAll(/^\d+\. (.+)$/gm)].map(([, sentence = '']) => sentence);
}

test('the README says what the rules say', () => {
  expect(sentencesUnder('Signing in')).toEqual(Object.values(signInLimits).map((each) => each.says));
  expect(sentencesUnder('Registered users')).toEqual(userRules.map((rule) => rule.says));
  expect(sentencesUnder('Mail address')).toEqual([
    ...emailRules.map((rule) => rule.says),
    ...Object.values(emailLimits).map((each) => each.says),
  ]);
  expect(sentencesUnder('Passwords')).toEqual(passwordRules.map((rule) => rule.says));
});

describe('service', () => {
  const at = Temporal.Instant.from;
  const open = { opensAt: at('2026-11-01T00:00:00Z'), endedAt: at('2026-12-01T00:00:00Z') };
  test.each([
    ['2026-10-31T23:59:59.999Z', 'not-open'],
    ['2026-11-01T00:00:00Z', 'in-service'],
    ['2026-11-30T23:59:59.999Z', 'in-service'],
    ['2026-12-01T00:00:00Z', 'ended'],
  ])('at %s: %s', (now, state) => expect(serviceState(open, at(now))).toBe(state));
  test('without an end it goes on', () =>
    expect(serviceState({ ...open, endedAt: null }, at('2099-01-01T00:00:00Z'))).toBe('in-service'));
});

describe('a registered user', () => {
  const good = { name: '田中 花子', birthDate: '2012-03-05', isDay: true, today: '2026-11-18' };
  test.each([
    ['as it should be', {}, undefined],
    ['without a name', { name: '' }, 'name-missing'],
    ['a name of 100 characters', { name: 'あ'.repeat(100) }, undefined],
    ['a name of 101', { name: 'あ'.repeat(101) }, 'name-missing'],
    ['without a birth date', { birthDate: '' }, 'birth-date-missing'],
    ['a day that is none', { birthDate: '2012-02-30', isDay: false }, 'birth-date-missing'],
    ['born today', { birthDate: '2026-11-18' }, undefined],
    ['born tomorrow', { birthDate: '2026-11-19' }, 'birth-date-impossible'],
    ['born in 1900', { birthDate: '1900-01-01' }, undefined],
    ['born before', { birthDate: '1899-12-31' }, 'birth-date-impossible'],
  ])('%s', (_what, change, fault) => expect(firstBroken(userRules, { ...good, ...change })).toBe(fault));
});

describe('a new mail address', () => {
  test.each<[what: string, wanted: string, fault: EmailFault | undefined]>([
    ['as it should be', 'tanaka@example.jp', undefined],
    ['with everything allowed in front', "t.a-n+o'k@mail.example.co.jp", undefined],
    ['empty', '', 'email-malformed'],
    ['without an @', 'tanaka.example.jp', 'email-malformed'],
    ['with two', 'tanaka@home@example.jp', 'email-malformed'],
    ['without a host', 'tanaka@', 'email-malformed'],
    ['with a host that is none', 'tanaka@example', 'email-malformed'],
    ['with a space', 'ta naka@example.jp', 'email-malformed'],
    ['with a line of its own', 'tanaka@example.jp\nBcc: a@example.com', 'email-malformed'],
    ['of 320 characters', `${'a'.repeat(309)}@example.jp`, undefined],
    ['of 321', `${'a'.repeat(310)}@example.jp`, 'email-malformed'],
    ['the present one', 'now@example.jp', 'email-same'],
    ['the present one in other letters', 'Now@example.jp', undefined],
  ])('%s', (_what, wanted, fault) =>
    expect(firstBroken(emailRules, { wanted, present: 'now@example.jp' })).toBe(fault),
  );
});

describe('a password', () => {
  test.each([
    ['14 characters', 'kawa-no-ue 14x', undefined, 'password-too-short'],
    ['15 characters', 'kawa-no-ue 15xy', undefined, undefined],
    ['7 with a second factor', 'kawa 7x', true, 'password-too-short'],
    ['8 with a second factor', 'kawa 8xy', true, undefined],
    ['signs count, not bytes', '春はあけぼのやうやう白くなりゆ', undefined, undefined],
    ['201 characters', 'kawa-'.repeat(40).concat('x'), undefined, 'password-too-long'],
    ['the login ID, over and over', 'tanaka.taroTanaka.taro', undefined, 'password-like-login-id'],
    ['the login ID and two signs', 'tanaka.tarotanaka.taro12', undefined, 'password-like-login-id'],
    ['the login ID and three', 'tanaka.tarotanaka.taro123', undefined, undefined],
    ['200 characters', `${'kawa-'.repeat(38)} no ue 200`, undefined, undefined],
    ['a leaked one', 'PasswordPassword', undefined, 'password-common'],
    ['a famous one that is on no list', 'CorrectHorseBatteryStaple', undefined, 'password-common'],
    ['a leaked short one with a second factor', 'sunshine', true, 'password-common'],
    ['one of the shipped list, in other letters', 'QAZwsx123', true, 'password-common'],
    ['a leaked one with digits behind it', 'password12345678', undefined, 'password-common'],
    ['a leaked one among signs', '2026!!Samurai#2026', undefined, 'password-common'],
    ['a leaked one several times', 'monkeyMonkeymonkey1', undefined, 'password-common'],
    ['leaked ones that make a sentence', 'dragon monkey samurai', undefined, undefined],
    ['digits and signs alone', '8-4052-7719-3368', undefined, undefined],
    ['a repetition', 'abcabcabcabcabcabc', undefined, 'password-common'],
    ['a run', 'abcdefghijklmnop', undefined, 'password-common'],
    ['a run backwards', 'zyxwvutsrqponml', undefined, 'password-common'],
    ['a run of digits', '456789012345678', undefined, 'password-common'],
    ['a run of keys', 'ertyuiopasdfghj', undefined, 'password-common'],
    ['words with a repetition at the end', 'upon the river hahaha', undefined, undefined],
    ['words with a repetition in front', 'hahaha upon the river', undefined, undefined],
    ["the demo's own", 'renkei-demo-tanaka', undefined, undefined],
  ])('%s', (_what, password, hasSecondFactor, fault) =>
    expect(
      passwordFault({
        password,
        loginId: 'tanaka.taro',
        hasSecondFactor: hasSecondFactor ?? false,
        isBreached: isBreached(password),
      }),
    ).toBe(fault),
  );
});

describe('a login ID', () => {
  test.each([
    [' Ｔanaka ', 'tanaka'],
    ['A.B_C@example.jp', 'a.b_c@example.jp'],
  ])('%j is %s', (typed, folded) => expect(foldLoginId(typed)).toBe(folded));
  test.each(['ab', '.ab', 'a b c', 'たなか', 'a'.repeat(65), "a'or'1"])('%j is none', (text) =>
    expect(isLoginId(text)).toBe(false),
  );
  test('folding twice is folding once', () => {
    fc.assert(fc.property(fc.string(), (typed) => foldLoginId(foldLoginId(typed)) === foldLoginId(typed)));
  });
});
