import { expect, test } from 'vitest';
import { mapInTurns } from './in-turns.ts';

test('maps all in their order, and lets others go on in between', async () => {
  const seen: (number | string)[] = [];
  const mapped = mapInTurns([1, 2, 3, 4, 5], (n) => seen.push(n) && n * 2, 2);
  setImmediate(() => seen.push('other'));
  expect(await mapped).toEqual([2, 4, 6, 8, 10]);
  expect(seen).toEqual([1, 2, 3, 4, 'other', 5]);
  expect(await mapInTurns([], String)).toEqual([]);
});
