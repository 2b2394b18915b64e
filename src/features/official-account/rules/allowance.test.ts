import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { allowanceOutlook } from './allowance.ts';

const noonOf = (day: string) => Temporal.Instant.from(`${day}T12:00:00+09:00`);

test.each<[string, number | null, number, string, ReturnType<typeof allowanceOutlook>]>([
  ['no limit', null, 9_999, '2026-11-10', { state: 'unlimited', left: null, lastsUntil: null }],
  ['nothing sent yet', 5_000, 0, '2026-11-10', { state: 'enough', left: 5_000, lastsUntil: null }],
  ['lasts the month', 5_000, 1_500, '2026-11-10', { state: 'enough', left: 3_500, lastsUntil: null }],
  ['does not, at this pace', 5_000, 2_500, '2026-11-10', { state: 'enough', left: 2_500, lastsUntil: '2026-11-20' }],
  ['four fifths are gone', 5_000, 4_000, '2026-11-28', { state: 'short', left: 1_000, lastsUntil: null }],
  ['one message less', 5_000, 3_999, '2026-11-28', { state: 'enough', left: 1_001, lastsUntil: null }],
  ['the last one is sent', 200, 200, '2026-11-10', { state: 'used-up', left: 0, lastsUntil: null }],
  [
    'more than there are, where LINE bills the rest',
    200,
    230,
    '2026-11-10',
    { state: 'used-up', left: 0, lastsUntil: null },
  ],
])('%s', (_what, limitPerMonth, used, day, outlook) => {
  expect(allowanceOutlook({ limitPerMonth, used }, noonOf(day))).toEqual(outlook);
});

test('the month is Japan’s', () => {
  const justBegun = Temporal.Instant.from('2026-11-30T15:30:00Z');
  expect(allowanceOutlook({ limitPerMonth: 1_000, used: 100 }, justBegun).lastsUntil).toBe('2026-12-01');
});
