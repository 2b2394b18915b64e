import { expect, test } from 'vitest';
import { checkCard, TEST_CARDS } from './cards.ts';

const good = { number: TEST_CARDS.visa, expiry: '12/30', code: '123' };

test('a card for tests is good until the end of its last month', () => {
  const checked = { brand: 'VISA', lastFour: '4242', expiresIn: '2030-12', isDeclined: false };
  expect(checkCard(good, '2026-11')).toEqual(checked);
  expect(checkCard(good, '2030-12')).toEqual(checked);
  expect(checkCard({ ...good, number: '４２４２-4242 4242 4242' }, '2026-11')).toEqual(checked);
});

test.each([
  ['number', { number: '4242 4242 4242 4241' }],
  ['number', { number: '' }],
  ['number', { number: '1234 5678 9012 3456' }],
  ['expiry', { expiry: '10/26' }],
  ['expiry', { expiry: '13/30' }],
  ['code', { code: '12' }],
] as const)('a wrong %s is told: %o', (fault, wrong) =>
  expect(checkCard({ ...good, ...wrong }, '2026-11')).toBe(fault),
);

test.each(Object.values(TEST_CARDS))('%s is a card', (number) =>
  expect(checkCard({ ...good, number }, '2026-11')).toMatchObject({ isDeclined: number === TEST_CARDS.declined }),
);
