import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { decideAgeCheck } from './age-check.ts';

const check = (birthDate: string | null, now: string, zone = 'Asia/Tokyo', ageThreshold = 18) =>
  decideAgeCheck({ birthDate, ageThreshold, now: Temporal.Instant.from(now), zone });

describe('18 on the birthday, in the operator’s zone', () => {
  // One moment before midnight, and midnight, where the operator is.
  test.each([
    ['Asia/Tokyo', '2026-11-17T14:59:59.999Z', '2026-11-17T15:00:00Z'],
    ['America/New_York', '2026-11-18T04:59:59.999Z', '2026-11-18T05:00:00Z'],
    ['Pacific/Kiritimati', '2026-11-17T09:59:59.999Z', '2026-11-17T10:00:00Z'],
  ])('%s: 17 until the last moment of the day before, 18 from midnight', (zone, before, midnight) => {
    expect(check('2008-11-18', before, zone)).toBe('false');
    expect(check('2008-11-18', midnight, zone)).toBe('true');
  });

  test('the same instant is the birthday in one zone and the day before in another', () => {
    const now = '2026-11-17T20:00:00Z';
    expect(check('2008-11-18', now, 'Asia/Tokyo')).toBe('true');
    expect(check('2008-11-18', now, 'America/New_York')).toBe('false');
  });
});

describe('born on 29 February', () => {
  test.each([
    ['2026-02-28T23:59:59+09:00', 'false'],
    ['2026-03-01T00:00:00+09:00', 'true'],
  ])('in a year without one the birthday is 1 March: %s → %s', (now, expected) => {
    expect(check('2008-02-29', now)).toBe(expected);
  });

  test.each([
    ['2028-02-28T23:59:59+09:00', 'false'],
    ['2028-02-29T00:00:00+09:00', 'true'],
  ])('in a leap year it is the 29th: %s → %s', (now, expected) => {
    expect(check('2008-02-29', now, 'Asia/Tokyo', 20)).toBe(expected);
  });
});

test.each([
  ['2026-11-18', 0, 'true'],
  ['1906-11-18', 120, 'true'],
  ['1906-11-19', 120, 'false'],
  ['2027-01-01', 0, 'false'],
] as const)('born %s, asked for %i years → %s', (birthDate, threshold, expected) => {
  expect(check(birthDate, '2026-11-18T05:00:00Z', 'Asia/Tokyo', threshold)).toBe(expected);
});

test('without a birth date nothing is known', () => expect(check(null, '2026-11-18T05:00:00Z')).toBe('not_available'));
