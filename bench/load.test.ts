import { expect, test } from 'vitest';
import { startRun } from './load.ts';

// Of a run of a second, from 100 ms on is measured.
test.each([
  ['within', 200, 300, 1],
  ['begun before', 50, 150, 0.5],
  ['ended after', 950, 1_050, 0.5],
  ['over before', 0, 100, 0],
  ['begun after', 1_000, 1_020, 0],
])('an answer %s counts by its share of the time that is measured', (_, asked, answered, share) => {
  let at = 0;
  const run = startRun(1, () => at);
  at = answered;

  run.answered(asked);

  expect(run.measured().perSecond).toBeCloseTo(share / 0.9);
});

test('a batch counts for what is in it', () => {
  let at = 0;
  const run = startRun(1, () => at);
  at = 300;

  run.answered(200);

  expect(run.measured(90)).toEqual({ perSecond: 100, p50Ms: 100, p99Ms: 100 });
});
