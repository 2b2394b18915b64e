import { expect, test } from 'vitest';
import { Clock, parseDuration } from './clock.ts';

test.each([
  ['PT10M', 600_000],
  ['P1DT2H', 93_600_000],
  ['PT0.5S', 500],
  ['P2W', 1_209_600_000],
  ['P', null],
  ['PT', null],
  ['10m', null],
  ['P1M', null],
])('the duration %s is %s ms', (text, expected) => {
  expect(parseDuration(text)).toBe(expected);
});

test('a frozen clock stands still until moved, while rates go on refilling', () => {
  let machine = 1_000;
  const clock = new Clock(() => machine);
  clock.freeze(true);
  machine += 500;
  expect(clock.now()).toBe(1_000);
  expect(clock.elapsed()).toBe(1_500);
  clock.advance(60_000);
  expect(clock.now()).toBe(61_000);
  expect(clock.elapsed()).toBe(61_500);
  clock.freeze(false);
  machine += 10;
  expect(clock.now()).toBe(61_010);
});

test('what the clock says of itself is of one moment, however fast the machine goes on', () => {
  let machine = 1_000;
  const clock = new Clock(() => machine++);
  expect(clock.state().offsetMs).toBe(0);
  clock.advance(60_000);
  expect(clock.state().offsetMs).toBe(60_000);
  clock.freeze(true);
  clock.freeze(false);
  clock.reset();
  expect(clock.state()).toMatchObject({ offsetMs: 0, isFrozen: false });
});
