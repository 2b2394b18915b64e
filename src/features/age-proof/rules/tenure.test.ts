import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { isOpenSince, tenureFault } from './tenure.ts';

const zone = 'Asia/Tokyo';
/** One second before 18 November where the operator is, and that midnight. */
const [before, midnight] = ['2026-11-17T14:59:59Z', '2026-11-17T15:00:00Z'].map((at) => Temporal.Instant.from(at));

describe('since when it has been open', () => {
  test.each([
    ['2026-11-17', true, false],
    ['2026-11-18', true, true],
    ['2026-11-19', true, true],
    ['2026-11-16', false, false],
    ['1999-01-01', false, false],
  ])('since %s: opened the second before midnight %s, at midnight %s', (day, atSecond, atMidnight) => {
    expect([before, midnight].map((opensAt) => opensAt && isOpenSince(day, opensAt, zone))).toEqual([
      atSecond,
      atMidnight,
    ]);
  });
});

describe('what is not answered', () => {
  const fault = (tenureDate: string, now = before, isOverLimit = false) =>
    now && tenureFault({ tenureDate, now, zone, isOverLimit });

  test('a day to come, where the operator is', () => {
    expect([fault('2026-11-17'), fault('2026-11-18'), fault('2026-11-18', midnight)]).toEqual([
      undefined,
      'day-to-come',
      undefined,
    ]);
  });

  test('one day too many, which is said after that it is to come', () => {
    expect([fault('2026-11-17', before, true), fault('2026-11-18', before, true)]).toEqual([
      'too-many-days',
      'day-to-come',
    ]);
  });
});
