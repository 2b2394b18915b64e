import { describe, expect, test } from 'vitest';
import { type Tally, tallyAt, withGift, withoutGift } from './tally.ts';

const tally: Tally = { month: '2026-04', bytes: 500, gifts: 3, dayMs: 1_000, today: 2 };

describe('what a subscription has given', () => {
  test.each<[string, Tally | undefined, Tally]>([
    ['nothing yet', undefined, { month: '2026-04', bytes: 0, gifts: 0, dayMs: 1_000, today: 0 }],
    ['in this month and on this day', tally, tally],
    ['on another day of this month', { ...tally, dayMs: 900 }, { ...tally, today: 0 }],
    [
      'in another month',
      { ...tally, month: '2026-03' },
      { month: '2026-04', bytes: 0, gifts: 0, dayMs: 1_000, today: 0 },
    ],
  ])('counts now: %s', (_, noted, counts) => {
    expect(tallyAt(noted, { month: '2026-04', dayMs: 1_000 })).toEqual(counts);
  });

  test('grows by each gift', () => {
    expect(withGift(tally, 100)).toEqual({ ...tally, bytes: 600, gifts: 4, today: 3 });
  });

  test('never falls below nothing: where the zone has changed, what is of today may have been counted for yesterday', () => {
    const gift = { month: '2026-04', offeredMs: 1_000, amountBytes: 100 };
    expect(withoutGift({ ...tally, today: 0 }, gift)).toMatchObject({ today: 0, gifts: 2 });
  });

  test.each([
    ['of today', { month: '2026-04', offeredMs: 1_000, amountBytes: 100 }, { bytes: 400, gifts: 2, today: 1 }],
    ['of a day before', { month: '2026-04', offeredMs: 999, amountBytes: 100 }, { bytes: 400, gifts: 2, today: 2 }],
    ['of a month before', { month: '2026-03', offeredMs: 999, amountBytes: 100 }, {}],
  ])('no longer counts what came back, %s', (_, gift, changes) => {
    expect(withoutGift(tally, gift)).toEqual({ ...tally, ...changes });
  });
});
