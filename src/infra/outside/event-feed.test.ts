import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { nextTry } from './event-feed.ts';

const now = Temporal.Instant.from('2026-04-10T03:00:00Z');
const waits = (failures: number, chance: number) => now.until(nextTry(now, failures, chance)).total('seconds');

test.each([
  [1, 2],
  [2, 4],
  [5, 32],
  [6, 60],
  [100_000, 60],
])('after %i failures in a row the next try is %i seconds later, or up to half as much more', (failures, seconds) => {
  expect([waits(failures, 0), waits(failures, 1)]).toEqual([seconds, seconds * 1.5]);
});
