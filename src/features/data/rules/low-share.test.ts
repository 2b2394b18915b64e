import { describe, expect, test } from 'vitest';
import { passedShare } from './low-share.ts';

const passed = (beforeBytes: number, afterBytes: number, volumeBytes = 1_000) =>
  passedShare({ percents: [50, 20, 0], volumeBytes, beforeBytes, afterBytes });

describe('the share of the month that is left', () => {
  test.each([
    ['above the first mark', 1_000, 501, undefined],
    ['on the mark', 501, 500, 50],
    ['below it, but not by this use', 500, 400, undefined],
    ['past two at once: the lower is told', 900, 100, 20],
    ['with more than a month’s volume, of carry-over', 2_000, 1_000, undefined],
    ['to nothing: that is told as being slowed', 900, 0, undefined],
  ])('%s', (_, before, after, share) => expect(passed(before, after)).toBe(share));

  test('is unknown of a plan that is no longer sold', () => expect(passed(900, 100, 0)).toBeUndefined());

  test('is what the operator says', () => {
    const facts = { volumeBytes: 1_000, beforeBytes: 1_000, afterBytes: 90 };
    expect(passedShare({ ...facts, percents: [10] })).toBe(10);
    expect(passedShare({ ...facts, percents: [] })).toBeUndefined();
  });
});
