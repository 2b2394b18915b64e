import { readFileSync } from 'node:fs';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { askRefusal, askRules } from './ask.ts';
import { expectedMinutes, isWorthTelling } from './queue.ts';

const served = (...pairs: [number, number][]) =>
  pairs.map(([position, minutes]) => ({ position, waitedSeconds: minutes * 60 }));

describe('the expected waiting time', () => {
  test.each([
    ['nobody was served', served(), 1, null],
    ['too few were served', served([1, 3], [1, 4]), 1, null],
    ['three at once', served([1, 3], [1, 4], [1, 5]), 1, 5],
    ['the third place takes three times as long', served([1, 3], [1, 4], [1, 5]), 3, 15],
    ['a far place is told by what one place took', served([2, 8], [4, 16], [1, 4]), 2, 10],
    ['one long case frightens nobody', served([1, 2], [1, 2], [1, 120]), 2, 5],
    ['nor does it when it came first', served([1, 120], [1, 2], [1, 2]), 2, 5],
    ['of five the third counts', served([1, 50], [1, 1], [1, 3], [1, 40], [1, 2]), 2, 10],
    ['of four the second and third', served([1, 9], [1, 1], [1, 4], [1, 2]), 2, 10],
    ['an even number takes the middle of two', served([1, 4], [1, 6], [1, 4], [1, 6]), 3, 15],
    ['nobody waits no time', served([1, 0], [1, 0], [1, 0]), 1, 5],
    ['a place of none counts as one', served([0, 5], [0, 5], [0, 5]), 1, 5],
    ['it is never less than it was', served([1, 5.1], [1, 5.1], [1, 5.1]), 1, 10],
  ])('%s', (_, given, position, expected) => expect(expectedMinutes(given, position)).toBe(expected));
});

describe('hearing that it is nearer', () => {
  const now = Temporal.Instant.from('2026-11-23T03:00:00Z');
  const told = (toldPosition: number, position: number, minutesAgo: number) =>
    isWorthTelling({ toldPosition, position, toldAt: now.subtract({ seconds: minutesAgo * 60 }), now });
  test.each([
    [5, 5, 60, false],
    [5, 6, 60, false],
    [5, 4, 60, false],
    [5, 2, 4, false],
    [5, 2, 5, true],
    [8, 4, 5, true],
    [2, 1, 0, true],
    [1, 1, 60, false],
  ])('told %i, now %i, %i minutes ago: %s', (toldPosition, position, ago, expected) =>
    expect(told(toldPosition, position, ago)).toBe(expected),
  );
});

test('the README says the rules of asking in the same words', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  for (const { says } of askRules) expect(readme).toContain(says);
});

describe('asking for staff', () => {
  const fine = { linkState: 'user', isOpen: true, waitingCount: 0, queueLimit: 2 } as const;
  test.each([
    ['with a link, within the hours', fine, undefined],
    ['with the other link', { ...fine, linkState: 'contractor' as const }, undefined],
    ['with one place left', { ...fine, waitingCount: 1 }, undefined],
    ['with none left', { ...fine, waitingCount: 2 }, 'queue-full'],
    ['outside the hours', { ...fine, isOpen: false, waitingCount: 9 }, 'outside-hours'],
    ['linked to nothing, whatever else', { ...fine, linkState: 'nobody' as const, isOpen: false }, 'not-linked'],
  ])('%s', (_, facts, expected) => expect(askRefusal(facts)).toBe(expected));
});
