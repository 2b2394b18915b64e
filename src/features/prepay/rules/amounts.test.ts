import { expect, test } from 'vitest';
import { bytesOf, quantityOf, type Unit, wholeBytesOf } from './amounts.ts';

test.each<[number, Unit, 1_000_000 | 1_048_576, number | undefined]>([
  [500, 'MB', 1_000_000, 500_000_000],
  [1.5, 'GB', 1_000_000, 1_500_000_000],
  [1, 'GB', 1_048_576, 1_073_741_824],
  [0.000001, 'MB', 1_000_000, 1],
  [7, 'B', 1_000_000, 7],
  [0.5, 'B', 1_000_000, undefined],
  [0, 'MB', 1_000_000, undefined],
  [-1, 'GB', 1_000_000, undefined],
  [1_000, 'GB', 1_000_000, 1e12],
  [1_001, 'GB', 1_000_000, undefined],
  [Number.NaN, 'MB', 1_000_000, undefined],
])('%d %s of %d bytes a MB', (amount, units, megabyte, bytes) =>
  expect(bytesOf({ amount, units }, megabyte)).toBe(bytes),
);

test.each<[number, Unit, number | undefined]>([
  [-1.5, 'GB', -1_500_000_000],
  [0, 'MB', 0],
  [-0.5, 'B', undefined],
  [-1_001, 'GB', undefined],
])('%d %s, where something may be taken away or nothing be used', (amount, units, bytes) =>
  expect(wholeBytesOf({ amount, units }, 1_000_000)).toBe(bytes),
);

test('and back, to the byte', () => {
  for (const bytes of [1, 999_999, 1_234_567_891]) expect(bytesOf(quantityOf(bytes, 1_000_000), 1_000_000)).toBe(bytes);
});
