import { describe, expect, test } from 'vitest';
import { testOperator } from '../../../../tests/support/operator.ts';
import type { Typed } from './draft.ts';
import { filteringFaults, readFiltering } from './filtering.ts';
import { contractorFaults, readContractor, readUser, userFaults } from './person.ts';
import { planFaults, readPlan, totalOf } from './plan.ts';
import { readSim, simFaults } from './sim.ts';
import { readKana, readLine, readMail } from './typed.ts';

const TODAY = '2026-11-18';
const told = (faults: readonly { field: string; code: string }[]) => faults.map(({ code }) => code);

describe('a plan', () => {
  const faults = (typed: Typed | null) => told(planFaults(readPlan(typed, testOperator)));
  test.each([
    [null, ['plan-missing']],
    [{ plan: 'p99' }, ['plan-missing']],
    [{ plan: 'p500m', 'option-kakeho10': 'yes' }, ['option-not-with-plan']],
    [{ plan: 'p3', 'option-kakeho10': 'yes', 'option-nothing': 'yes' }, []],
    [{ plan: 'p3' }, []],
  ])('%j: %j', (typed, expected) => expect(faults(typed)).toEqual(expected));

  test('and options are no longer chosen once they are not sold', () => {
    const [first, ...plans] = testOperator.plans;
    const [calls, ...options] = testOperator.billing.options;
    if (!first || !calls) throw new Error('something must be sold');
    const closed = {
      ...testOperator,
      plans: [{ ...first, isSold: false }, ...plans],
      billing: { ...testOperator.billing, options: [{ ...calls, isSold: false }, ...options] },
    };
    expect(readPlan({ plan: first.code }, closed).plan).toBeUndefined();
    expect(readPlan({ plan: 'p3', [`option-${calls.code}`]: 'yes' }, closed).options).toEqual([]);
  });

  test('costs its fee, its options and the universal service fee each month, and once the registration', () => {
    const chosen = readPlan({ plan: 'p3', 'option-kakeho10': 'yes', 'option-voicemail': 'yes' }, testOperator);
    const monthlyYen = 980 + 968 + 319 + 3;
    expect(totalOf(chosen, testOperator, null)).toEqual({ monthlyYen, onceYen: 3_300 });
    expect(totalOf(chosen, testOperator, '23456789ABCD')).toEqual({ monthlyYen, onceYen: 0 });
  });
});

describe('SIM and number', () => {
  const faults = (typed: Typed) => told(simFaults(readSim(typed, TODAY, testOperator)));
  const esim = { simKind: 'esim', number: 'new', user: 'self' };
  const moved = { ...esim, number: 'one-stop', phoneNumber: '090-1234-5678' };
  const reserved = { ...moved, number: 'reservation', reservationNumber: '12-345-67890', validUntil: '2026-11-28' };
  test.each([
    [{}, ['sim-kind-missing', 'number-missing', 'user-missing']],
    [esim, []],
    [{ ...esim, simKind: 'card' }, ['sim-kind-missing']],
    [{ ...esim, user: 'somebody' }, ['user-missing']],
    [moved, []],
    [{ ...moved, phoneNumber: '０７０１２３４５６７８' }, []],
    [{ ...moved, phoneNumber: '03-1234-5678' }, ['phone-number-malformed']],
    [{ ...moved, phoneNumber: '' }, ['phone-number-malformed']],
    [reserved, []],
    [{ ...reserved, reservationNumber: '123456789' }, ['reservation-number-malformed']],
    [{ ...reserved, reservationNumber: '12345678901' }, ['reservation-number-malformed']],
    [{ ...reserved, validUntil: '' }, ['reservation-day-missing']],
    [{ ...reserved, validUntil: '20261131' }, ['reservation-day-missing']],
    [{ ...reserved, validUntil: '2026-11-27' }, ['reservation-too-short']],
    // What was typed before one chose a new number after all does not count.
    [{ ...reserved, number: 'new', phoneNumber: 'x', reservationNumber: 'x' }, []],
  ])('%j: %j', (typed, expected) => expect(faults(typed)).toEqual(expected));
});

const yamada = {
  familyName: '山田',
  givenName: '太郎',
  familyKana: 'やまだ',
  givenKana: 'タロウ',
  birthDate: '19850505',
  postalCode: '150-0002',
  address: '東京都渋谷区渋谷',
  building: '1-2-3',
  phone: '090-1111-2222',
  mail: 'yamada@example.jp',
};

describe('a contractor', () => {
  const faults = (typed: Typed | null) => told(contractorFaults(readContractor(typed, TODAY)));
  test('is asked for everything at once', () =>
    expect(faults(null)).toEqual([
      'family-name-missing',
      'given-name-missing',
      'family-kana-missing',
      'given-kana-missing',
      'birth-date-malformed',
      'postal-code-malformed',
      'address-missing',
      'building-missing',
      'phone-malformed',
      'mail-malformed',
    ]));

  test.each([
    [{}, []],
    [{ familyName: '　' }, ['family-name-missing']],
    [{ givenName: 'あ'.repeat(51) }, ['given-name-missing']],
    [{ familyKana: '山田' }, ['family-kana-missing']],
    [{ familyKana: '山ダ' }, ['family-kana-missing']],
    [{ givenKana: 'taro' }, ['given-kana-missing']],
    [{ givenKana: 'ﾀﾛｳ' }, []],
    [{ birthDate: '1985-02-29' }, ['birth-date-malformed']],
    [{ birthDate: '18991231' }, ['birth-date-impossible']],
    [{ birthDate: '19000101' }, []],
    [{ birthDate: '20261119' }, ['birth-date-impossible']],
    // 18 on the birthday.
    [{ birthDate: '20081118' }, []],
    [{ birthDate: '20081119' }, ['contractor-under-age']],
    [{ postalCode: '15000021' }, ['postal-code-malformed']],
    [{ address: '' }, ['address-missing']],
    [{ address: 'あ'.repeat(150), building: 'あ'.repeat(150) }, []],
    [{ address: 'あ'.repeat(151), building: 'あ'.repeat(151) }, ['address-missing', 'building-missing']],
    [{ building: '' }, ['building-missing']],
    [{ phone: '1111' }, ['phone-malformed']],
    [{ phone: '03-1234-5678' }, []],
    [{ mail: 'yamada' }, ['mail-malformed']],
    [{ mail: 'a@b' }, ['mail-malformed']],
    [{ mail: 'a@example.jp, b@example.jp' }, ['mail-malformed']],
    [{ mail: `${'a'.repeat(243)}@example.jp` }, []],
    [{ mail: `${'a'.repeat(244)}@example.jp` }, ['mail-malformed']],
  ])('%j: %j', (given, expected) => expect(faults({ ...yamada, ...given })).toEqual(expected));
});

describe('a user', () => {
  test('may be a child, and lives with the contractor as far as anybody asks', () => {
    const { familyName, givenName, familyKana, givenKana } = yamada;
    const child = { familyName, givenName, familyKana, givenKana, birthDate: '2015/3/3' };
    expect(userFaults(readUser(child, TODAY))).toEqual([]);
    expect(told(userFaults(readUser({ ...child, birthDate: '' }, TODAY)))).toEqual(['birth-date-malformed']);
  });
});

describe('filtering', () => {
  const faults = (typed: Typed) => told(filteringFaults(readFiltering(typed)));
  const on = { filtering: 'on', guardianName: '山田 太郎', guardianAgrees: 'yes' };
  test.each([
    [{}, ['filtering-missing', 'guardian-name-missing', 'guardian-word-missing']],
    [on, []],
    [{ ...on, guardianAgrees: '' }, ['guardian-word-missing']],
    [{ ...on, guardianName: ' ' }, ['guardian-name-missing']],
    [{ ...on, guardianName: 'あ'.repeat(101) }, ['guardian-name-missing']],
    [{ ...on, filtering: 'off' }, ['refusal-missing']],
    [{ ...on, filtering: 'off', guardianDeclines: 'yes' }, []],
  ])('%j: %j', (typed, expected) => expect(faults(typed)).toEqual(expected));
});

describe('what people type', () => {
  test('kana, blanks and wide letters are folded', () => {
    expect(readKana('やまだ　ゔぁん')).toBe('ヤマダ ヴァン');
    expect(readLine(' ＡＢＣ　１ ')).toBe('ABC 1');
    expect(readMail(' Taro.Y@EXAMPLE.jp ')).toBe('Taro.Y@example.jp');
  });
});
