import { expect, test } from 'vitest';
import { createSeenKeys } from './seen-keys.ts';

test('each key is new once, however many there are', () => {
  const isNew = createSeenKeys();
  const keys = Array.from({ length: 20_000 }, (_, n) => `key ${n}`);
  expect(keys.filter(isNew)).toEqual(keys);
  expect(keys.filter(isNew)).toEqual([]);
});
