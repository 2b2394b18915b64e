import { expect, test } from 'vitest';
import { nextSize } from './portions.ts';

const within = { aimMs: 25, least: 64, most: 4_096 };

test.each([
  ['one that took as long as it should', 256, 25, 256],
  ['one that was too long', 1_000, 40, 625],
  ['one that was short', 1_000, 20, 1_250],
  ['at most twice as many', 256, 1, 512],
  ['no time at all', 256, 0, 512],
  ['at least half as many', 1_000, 10_000, 500],
  ['never more than the most', 4_000, 10, 4_096],
  ['never fewer than the least', 100, 10_000, 64],
])('%s', (_, size, tookMs, next) => expect(nextSize(size, tookMs, within)).toBe(next));
