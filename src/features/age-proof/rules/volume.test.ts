import { expect, test } from 'vitest';
import { isAbove, isReached, volumeCategory } from './volume.ts';

const MIB = 2 ** 20;
const GIB = 2 ** 30;

test.each([
  [0, '<200MiB'],
  [200 * MIB - 1, '<200MiB'],
  [200 * MIB, '<1GiB'],
  [GIB - 1, '<1GiB'],
  [GIB, '<5GiB'],
  [5 * GIB - 1, '<5GiB'],
  [5 * GIB, '>=5GiB'],
])('%i bytes left are %s', (bytes, category) => expect(volumeCategory(bytes)).toBe(category));

test.each([
  [500 * MIB, { value: 500, unit: 'MiB' }, false],
  [500 * MIB + 1, { value: 500, unit: 'MiB' }, true],
  [GIB + 1, { value: 1, unit: 'GiB' }, true],
  [0, { value: 0, unit: 'GiB' }, false],
] as const)('%i bytes above %j: %s', (bytes, volume, expected) => expect(isAbove(bytes, volume)).toBe(expected));

test.each([
  [50, 1_499, false],
  [50, 1_500, true],
  [90, 2_700, true],
  [100, 2_999, false],
  [100, 3_000, true],
] as const)('%i %% of 3,000 after %i: %s', (percent, usedBytes, expected) => {
  expect(isReached(percent, { usedBytes, planBytes: 3_000 })).toBe(expected);
});
