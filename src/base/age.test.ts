import { expect, test } from 'vitest';
import { ageOn } from './age.ts';
import { filteringAtOpening } from './filtering.ts';

test.each([
  ['2008-11-18', '2026-11-17', 17],
  ['2008-11-18', '2026-11-18', 18],
  ['2008-02-29', '2026-02-28', 17],
  ['2008-02-29', '2026-03-01', 18],
  ['2008-02-29', '2028-02-28', 19],
  ['2008-02-29', '2028-02-29', 20],
  ['2000-12-31', '2001-01-01', 0],
])('born %s, on %s: %i', (birthDate, day, years) => expect(ageOn(birthDate, day)).toBe(years));

test.each([
  ['2008-11-19', 'content'],
  ['2008-11-18', 'off'],
  [null, null],
] as const)('a user born %s gets a subscription with filtering %s', (birthDate, filtering) => {
  expect(filteringAtOpening(birthDate, '2026-11-18')).toBe(filtering);
});
