import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { formatBytes, GB, MB, megabytes } from './bytes.ts';
import { checkDigit, hasValidCheckDigit } from './check-digit.ts';
import { createAdjustableClock } from './clock.ts';
import { firstIdAt, followId, isId, msOfId, newId } from './ids.ts';
import { counted, fold, languageOf, listed, sentences } from './language.ts';
import { formatMsisdn, formatTyped, parseMsisdn } from './msisdn.ts';
import {
  addDays,
  addMonths,
  dayOf,
  endOfDay,
  endOfMonth,
  isStartOfDay,
  lastDayBefore,
  monthOf,
  startOfMonth,
} from './operator-month.ts';
import { firstBroken } from './refusal.ts';

const digits = (length: number) => fc.stringMatching(new RegExp(`^[0-9]{${length}}$`));

describe('check digit', () => {
  test("Damm's own example: 572 takes 4", () => expect(checkDigit('572')).toBe('4'));

  test.each(['', '0', 'ab', 'x5724', '5724x'])('%j has none', (text) => expect(hasValidCheckDigit(text)).toBe(false));

  test('finds every single wrong digit', () => {
    fc.assert(
      fc.property(digits(15), fc.nat(15), fc.integer({ min: 1, max: 9 }), (body, at, shift) => {
        const code = body + checkDigit(body);
        const wrong = code.slice(0, at) + ((Number(code[at]) + shift) % 10) + code.slice(at + 1);
        return hasValidCheckDigit(code) && !hasValidCheckDigit(wrong);
      }),
    );
  });

  test('finds every swap of two neighbours that differ', () => {
    fc.assert(
      fc.property(digits(15), fc.nat(14), (body, at) => {
        const code = body + checkDigit(body);
        fc.pre(code[at] !== code[at + 1]);
        return !hasValidCheckDigit(`${code.slice(0, at)}${code[at + 1]}${code[at]}${code.slice(at + 2)}`);
      }),
    );
  });
});

describe('months in the operator zone', () => {
  const tokyo = 'Asia/Tokyo';
  test.each([
    ['2026-11-30T14:59:59.999Z', '2026-11'],
    ['2026-11-30T15:00:00Z', '2026-12'],
    ['2026-12-31T15:00:00Z', '2027-01'],
    ['2028-02-29T14:59:59Z', '2028-02'],
  ])('%s lies in %s', (at, month) => expect(monthOf(Temporal.Instant.from(at), tokyo)).toBe(month));

  test('a month starts at midnight in the zone and ends where the next starts', () => {
    expect(startOfMonth('2026-12', tokyo).toString()).toBe('2026-11-30T15:00:00Z');
    expect(endOfMonth('2026-12', tokyo).equals(startOfMonth('2027-01', tokyo))).toBe(true);
    expect(lastDayBefore(endOfMonth('2028-02', tokyo), tokyo)).toBe('2028-02-29');
    expect(dayOf(startOfMonth('2026-12', tokyo), tokyo)).toBe('2026-12-01');
    expect(addMonths('2026-12', 1)).toBe('2027-01');
    expect(endOfDay('2026-12-31', tokyo).equals(startOfMonth('2027-01', tokyo))).toBe(true);
    expect(addDays('2026-12-30', 2)).toBe('2027-01-01');
    const start = startOfMonth('2026-12', tokyo);
    expect([isStartOfDay(start, tokyo), isStartOfDay(start, 'UTC')]).toEqual([true, false]);
    expect(isStartOfDay(start.add({ minutes: 1 }), tokyo)).toBe(false);
    // Where clocks are put forward at midnight the day begins at one.
    const one = Temporal.Instant.from('2018-11-04T01:00:00-02:00');
    expect(isStartOfDay(one, 'America/Sao_Paulo')).toBe(true);
  });

  test('each language separates in its own way', () => {
    expect([listed(['a', 'b'], 'ja'), listed(['a', 'b'], 'en')]).toEqual(['a、b', 'a, b']);
    expect([sentences(['はい。', '', 'そう。'], 'ja'), sentences(['Yes.', '', 'So.'], 'en')]).toEqual([
      'はい。そう。',
      'Yes. So.',
    ]);
  });

  test('English counts one apart', () =>
    expect([counted(0, 'day'), counted(1, 'day'), counted(2, 'day')]).toEqual(['0 days', '1 day', '2 days']));

  test('a zone with summer time keeps whole months', () =>
    expect(startOfMonth('2026-04', 'Europe/Berlin').toString()).toBe('2026-03-31T22:00:00Z'));
});

describe('bytes', () => {
  test.each([
    [0, '0MB'],
    [999_999, '0MB'],
    [500 * MB, '500MB'],
    [GB, '1GB'],
    [1_999_999_999, '1.99GB'],
    [12 * GB, '12GB'],
  ])('%i reads %s', (bytes, text) => expect(formatBytes(bytes)).toBe(text));

  test('only whole bytes are amounts', () => {
    expect([megabytes(0), megabytes(1.5)]).toEqual([0, 1_500_000]);
    for (const none of [0.0000001, -1, Number.NaN, 1e12]) expect(() => megabytes(none)).toThrow(RangeError);
  });
});

describe('ids', () => {
  test('are in order, unique, and version 7', () => {
    const ids = Array.from({ length: 10_000 }, () => newId());
    expect(new Set(ids).size).toBe(ids.length);
    expect([...ids].sort()).toEqual(ids);
    expect(ids.every((id) => isId(id) && id[14] === '7')).toBe(true);
  });
  test('other texts are not ids', () => {
    const id = newId();
    expect(["1' or '1'='1", `${id}'`, `'${id}`, id.toUpperCase(), id].map(isId)).toEqual([
      ...Array(4).fill(false),
      true,
    ]);
  });
  test('come after one of another process whose clock is ahead; one that tells no moment is passed over', () => {
    // `0` and `f` begin and end whatever chance brings.
    const ahead = (rest: string) => `${newId(Date.now() + 60_000).slice(0, 13)}-${rest}`;
    for (const id of [ahead('7000-8000-000000000000'), ahead('7ffe-bfff-ffffffffffff')]) {
      followId(id);
      expect(newId() > id).toBe(true);
    }
    const now = newId();
    followId('ffffffff-ffff-4fff-bfff-ffffffffffff');
    expect(newId().slice(0, 8)).toBe(now.slice(0, 8));
  });
  test('say when they were made', () => {
    const soon = Date.now() + 90_000;
    expect(msOfId(newId(soon))).toBe(soon);
    expect(newId() > firstIdAt(soon) && newId() < firstIdAt(soon + 1)).toBe(true);
  });
});

describe('words and numbers people type', () => {
  test('folds width, case and blanks', () => expect(fold(' ＧＢ　ギガ ﾃﾞｰﾀ ')).toBe('gbギガデータ'));
  test('language from a header', () => {
    expect(languageOf('ja-JP,en;q=0.8')).toBe('ja');
    expect(languageOf('en-US')).toBe('en');
    expect(languageOf(undefined)).toBe('ja');
  });
  test('phone numbers', () => {
    expect(parseMsisdn('０９０-1234-5678')).toBe('819012345678');
    expect([formatTyped('09012345678'), formatTyped('内線 5')]).toEqual(['090-1234-5678', '内線 5']);
    expect(parseMsisdn('+81 90 1234 5678')).toBe('819012345678');
    expect(parseMsisdn('81 90 1234 5678')).toBe('819012345678');
    expect(parseMsisdn('03-1234-5678')).toBe('81312345678');
    expect(parseMsisdn('+1 212 555 0100')).toBe('12125550100');
    const none = [
      '12',
      '090-1234-56789',
      '1 090-1234-5678',
      '++819012345678',
      '+81901234567890123',
      '8190123456789',
      '+03-1234-5678',
    ];
    for (const typed of [...none, '2819012345678']) expect([typed, parseMsisdn(typed)]).toEqual([typed, undefined]);
    expect(formatMsisdn('81312345678')).toBe('0312345678');
    expect(formatMsisdn('8190123456789')).toBe('+8190123456789');
    expect(formatMsisdn('1819012345678')).toBe('+1819012345678');
    expect(formatMsisdn('819012345678')).toBe('090-1234-5678');
  });
});

test('a rule list answers the first broken one, in order', () => {
  const rules = [
    { code: 'too-small', says: 'at least 2', broken: (n: number) => n < 2 },
    { code: 'odd', says: 'even', broken: (n: number) => n % 2 === 1 },
  ] as const;
  expect(firstBroken(rules, 1)).toBe('too-small');
  expect(firstBroken(rules, 3)).toBe('odd');
  expect(firstBroken(rules, 4)).toBeUndefined();
});

test('the adjustable clock stands, moves and runs on', () => {
  const clock = createAdjustableClock('2026-11-23T00:00:00Z');
  clock.advance('PT10M');
  expect(clock.now().toString()).toBe('2026-11-23T00:10:00Z');
  clock.shift(86_400_000);
  expect(clock.now().epochMilliseconds).toBeGreaterThan(Date.now() + 86_000_000);
});
