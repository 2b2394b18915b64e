import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { blockedUntil, refusedUntil, type TryLimit } from './try-limit.ts';

const now = Temporal.Instant.from('2026-11-18T05:00:00Z');
const later = (seconds: number) => now.add({ seconds });

const block: TryLimit = { name: 'x:block', tries: 3, windowSeconds: 60, whenReached: { kind: 'block', seconds: 90 } };
const doubling: TryLimit = { ...block, whenReached: { kind: 'block', seconds: 90, doublingTo: 600 } };
const alarm: TryLimit = { ...block, whenReached: { kind: 'alarm' } };

describe('a further try is refused', () => {
  test.each<[string, TryLimit, number, Temporal.Instant | undefined, Temporal.Instant | undefined]>([
    ['not with tries left', block, 2, undefined, undefined],
    ['with none left, from now on', block, 3, undefined, later(90)],
    ['while it is blocked, whatever is left', block, 0, later(1), later(1)],
    ['not at the very end of a block', block, 2, now, undefined],
    ['where blocks double, while one lasts', doubling, 9, later(1), later(1)],
    ['where blocks double, not behind one: the next wrong try doubles it', doubling, 9, now, undefined],
    ['never where there is an alarm alone', alarm, 9, later(1), undefined],
  ])('%s', (_, limit, tries, blocked, until) => expect(refusedUntil(limit, tries, blocked, now)).toEqual(until));
});

describe('the n-th try in a window', () => {
  test.each<[string, TryLimit, (number | undefined)[]]>([
    ['blocks from the last that counts', block, [undefined, undefined, 90, 90]],
    ['doubles the block, up to an end', doubling, [undefined, undefined, 90, 180, 360, 600, 600]],
    ['blocks nobody where there is an alarm alone', alarm, [undefined, undefined, undefined, undefined]],
  ])('%s', (_, limit, seconds) =>
    expect(seconds.map((_none, at) => blockedUntil(limit, at + 1, now))).toEqual(
      seconds.map((each) => (each === undefined ? undefined : later(each))),
    ),
  );

  test('however many there were, the block is one that there can be', () =>
    expect(blockedUntil(doubling, 1_000_000, now)).toEqual(later(600)));
});
