import { expect, test } from 'vitest';
import { needsSecondPerson, readPoints } from './goodwill.ts';

test.each([
  ['up to the limit alone', { points: 500, givenLately: 0 }, false],
  ['not above it', { points: 501, givenLately: 0 }, true],
  ['nor in small steps', { points: 1, givenLately: 500 }, true],
])('points are given %s', (_, facts, needs) => expect(needsSecondPerson({ ...facts, limit: 500 })).toBe(needs));

test.each([
  ['300', 300],
  ['１，０００', 1_000],
  [' 1,000,000 ', 1_000_000],
  ['1000001', undefined],
  ['0', undefined],
  ['-5', undefined],
  ['2.5', undefined],
  ['', undefined],
])('%s typed is %s points', (typed, points) => expect(readPoints(typed)).toBe(points));
