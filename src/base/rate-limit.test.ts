import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { decideDraw, type RateLimit, type Slot, slotAt } from './rate-limit.ts';

const tenAMinute: RateLimit = { name: 'test:minute', most: 10, windowSeconds: 60 };
const at = (seconds: number) => Temporal.Instant.fromEpochMilliseconds(seconds * 1_000);

describe('ten a minute, in slots of a second', () => {
  test.each<[string, readonly Slot[], number, number, number | null]>([
    ['all of it', [], 10, 10, null],
    ['no more than there is', [], 11, 10, null],
    ['what is left beside this slot’s', [{ slot: 101, drawn: 7 }], 5, 3, null],
    [
      'what is left beside earlier ones',
      [
        { slot: 41, drawn: 4 },
        { slot: 100, drawn: 4 },
      ],
      5,
      2,
      null,
    ],
    [
      'none, until the oldest is a window old',
      [
        { slot: 41, drawn: 3 },
        { slot: 60, drawn: 7 },
      ],
      1,
      0,
      102,
    ],
    ['again, what is older than any window', [{ slot: 40, drawn: 10 }], 10, 10, null],
    ['none, where another clock is ahead', [{ slot: 105, drawn: 10 }], 1, 0, 166],
  ])('%s', (_what, drawn, wanted, granted, until) => {
    const draw = decideDraw(tenAMinute, { drawn, now: at(101), wanted });
    expect([draw.granted, draw.until?.epochMilliseconds]).toEqual([
      granted,
      until === null ? undefined : until * 1_000,
    ]);
  });

  test('what is drawn while another clock is ahead is drawn there', () => {
    const draw = decideDraw(tenAMinute, { drawn: [{ slot: 105, drawn: 4 }], now: at(101), wanted: 5 });
    expect([draw.slot, draw.slots]).toEqual([105, [{ slot: 105, drawn: 9 }]]);
  });

  test('what counts no more is forgotten', () => {
    const draw = decideDraw(tenAMinute, {
      drawn: [
        { slot: 3, drawn: 9 },
        { slot: 99, drawn: 1 },
      ],
      now: at(101),
      wanted: 2,
    });
    expect(draw.slots).toEqual([
      { slot: 99, drawn: 1 },
      { slot: 101, drawn: 2 },
    ]);
  });
});

test('no window ever sees more than the limit, wherever in its slot what was drawn is used', () => {
  const steps = fc.array(
    fc.record({ waitMs: fc.nat(9_000), wanted: fc.integer({ min: 1, max: 6 }), lateMs: fc.nat(1_000) }),
  );
  fc.assert(
    fc.property(steps, (asked) => {
      let now = 1_000_000;
      let drawn: readonly Slot[] = [];
      const uses: number[] = [];
      for (const { waitMs, wanted, lateMs } of asked) {
        now += waitMs;
        const draw = decideDraw(tenAMinute, { drawn, now: Temporal.Instant.fromEpochMilliseconds(now), wanted });
        drawn = draw.slots;
        const used = Math.min(now + lateMs, (draw.slot + 1) * 1_000 - 1);
        expect(slotAt(tenAMinute, Temporal.Instant.fromEpochMilliseconds(used))).toBe(draw.slot);
        uses.push(...Array.from({ length: draw.granted }, () => used));
      }
      for (const from of uses) {
        expect(uses.filter((use) => use >= from && use < from + 60_000).length).toBeLessThanOrEqual(10);
      }
    }),
  );
});

test('who is refused until a moment is let through then', () => {
  const { slots } = decideDraw(tenAMinute, { drawn: [], now: at(100), wanted: 10 });
  const refused = decideDraw(tenAMinute, { drawn: slots, now: at(110), wanted: 1 });
  const again = decideDraw(tenAMinute, { drawn: slots, now: refused.until ?? at(0), wanted: 1 });
  expect([refused.granted, again.granted]).toEqual([0, 1]);
});
