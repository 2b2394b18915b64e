import { expect, test } from 'vitest';
import { bigintArray, dateArray } from './number-array.ts';

const head = (type: string) => `0000000100000000${type}0000000400000001`;

test('whole numbers are written as the database takes them in binary', () => {
  const hex = ['0000000000000000', '00000001000000ff', 'ffffffffffffffff', '001fffffffffffff'];
  expect(bigintArray([0, 2 ** 32 + 255, -1, Number.MAX_SAFE_INTEGER]).toString('hex')).toBe(
    head('00000014') + hex.map((each) => `00000008${each}`).join(''),
  );
  expect(bigintArray([-Number.MAX_SAFE_INTEGER]).readBigInt64BE(24)).toBe(-9_007_199_254_740_991n);
});

test('days are written as days since the first of 2000', () => {
  const hex = ['00000000', 'ffffffff', '0000257c', '0000257c'];
  expect(dateArray(['2000-01-01', '1999-12-31', '2026-04-10', '2026-04-10']).toString('hex')).toBe(
    head('0000043a') + hex.map((each) => `00000004${each}`).join(''),
  );
});

test('no elements are an array of no dimension', () => {
  expect(bigintArray([]).toString('hex')).toBe('000000000000000000000014');
  expect(dateArray([]).toString('hex')).toBe('00000000000000000000043a');
});

test.each([1.5, Number.NaN, 2 ** 53])('what is not a whole number is not sent: %s', (value) => {
  expect(() => bigintArray([value])).toThrow(TypeError);
});

test.each(['', '2026-13-01', 'infinity'])('what is not a day is not sent: %s', (day) => {
  expect(() => dateArray([day])).toThrow(TypeError);
});
