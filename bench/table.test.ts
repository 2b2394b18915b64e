import { expect, test } from 'vitest';
import { table } from './table.ts';

const measured = { perSecond: 6_640, p50Ms: 30, p99Ms: 88.5 };

test('a line tells each of its goals, and whether it was reached', () => {
  const goal = { perSecond: 8_000, ratio: 8, p99Ms: 100, appPeakMb: 400 };
  const [, , line] = table([
    { path: 'gift', measured, baseline: { name: 'a usual handler', perSecond: 830 }, appPeakMb: 419, goal },
  ]).split('\n');

  expect(line).toBe(
    '| gift | 6,600 | 830 a usual handler | **8.0×** | 30.0 ms | 88.5 ms | 419 MB | ≥ 8,000 ✗, ≥ 8× ✓, p99 ≤ 100 ms ✓, ≤ 400 MB ✗ |',
  );
});

test('a line without a goal or a baseline says so', () => {
  expect(table([{ path: 'bills', measured }]).split('\n')[2]).toBe(
    '| bills | 6,600 | – | – | 30.0 ms | 88.5 ms | – | – |',
  );
});
