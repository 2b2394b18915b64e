import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { newSeed, seedUri, stepOf } from './one-time-code.ts';

// The secret of RFC 6238's appendix B; its eight digits end with our six.
const seed = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const at = (seconds: number) => Temporal.Instant.fromEpochMilliseconds(seconds * 1_000);

describe('a one-time code', () => {
  test.each([
    [59, '287082'],
    [1_111_111_109, '081804'],
    [20_000_000_000, '353130'],
  ])('at %i s is the one of RFC 6238', (seconds, typed) =>
    expect(stepOf({ seed, typed, now: at(seconds) })).toBe(Math.floor(seconds / 30)),
  );

  test.each([
    ['one step early', 29, 1],
    ['one step late', 89, 1],
    ['two steps early', -1, null],
    ['two steps late', 90, null],
  ])('%s', (_, seconds, step) => expect(stepOf({ seed, typed: '287082', now: at(seconds) })).toBe(step));

  test.each([
    ['２８７ー０８２', 1],
    ['28708', null],
  ])('typed %s', (typed, step) => expect(stepOf({ seed, typed, now: at(59) })).toBe(step));
});

test('a seed has 160 bits and stands in the address an app reads', () => {
  const fresh = newSeed();
  expect(fresh).toMatch(/^[A-Z2-7]{32}$/);
  const uri = seedUri({ seed: fresh, issuer: 'さくらモバイル', account: 'tanaka' });
  expect(decodeURIComponent(uri)).toMatch(
    new RegExp(`^otpauth://totp/さくらモバイル:tanaka\\?.*secret=${fresh}&.*digits=6&period=30$`),
  );
});
