import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { decideSettlement, decideSlice } from './slice.ts';

const tokyo = (local: string) => Temporal.Instant.from(`${local}+09:00`);
const now = tokyo('2026-04-30T23:30:00');
const monthStart = tokyo('2026-04-01T00:00:00');
const monthEnd = tokyo('2026-05-01T00:00:00');
const later = tokyo('2026-06-01T00:00:00');

const lot = (lotId: string, kind: string, remaining: number, expiresAt: Temporal.Instant) => ({
  lotId,
  kind,
  remaining,
  grantedAt: monthStart,
  expiresAt,
});
const lots = [lot('b', 'base', 100, later), lot('c', 'carry-over', 30, monthEnd)];
const slice = (bytes: number, of = lots) => decideSlice({ lots: of, bytes, validForSeconds: 3_600, now, monthStart });

describe('a slice', () => {
  test('is taken in the order of use, and ends with the first part of it', () =>
    expect(slice(50)).toEqual({
      draws: [
        { lotId: 'c', bytes: 30 },
        { lotId: 'b', bytes: 20 },
      ],
      bytes: 50,
      validUntil: monthEnd,
    }));

  test('has its own time where nothing it is from ends before', () =>
    expect(slice(50, [lot('b', 'base', 100, later)])?.validUntil).toEqual(now.add({ hours: 1 })));

  test('is what is there when more is asked for, and nothing where nothing is', () => {
    expect(slice(500)?.bytes).toBe(130);
    expect(slice(500, [])).toBeUndefined();
    expect(slice(500, [lot('x', 'gift', 10, now)])).toBeUndefined();
  });
});

describe('settling', () => {
  const parts = [
    { lotId: 'c', remaining: 30, expiresAt: monthEnd, isOriginThere: true },
    { lotId: 'b', remaining: 20, expiresAt: later, isOriginThere: true },
  ];

  test('uses the parts in their order, and the rest goes back', () =>
    expect(decideSettlement({ parts, usedBytes: 35, endedAt: now })).toEqual({
      draws: [
        { lotId: 'c', bytes: 30 },
        { lotId: 'b', bytes: 5 },
      ],
      returns: [{ lotId: 'b', bytes: 15 }],
      ends: [],
      overrunBytes: 0,
    }));

  test('beyond the slice is an overrun', () =>
    expect(decideSettlement({ parts, usedBytes: 60, endedAt: now }).overrunBytes).toBe(10));

  test('a part that had ended when the use ended is not used', () => {
    const ended = parts.map((part) => ({ ...part, isOriginThere: part.expiresAt === later }));
    expect(decideSettlement({ parts: ended, usedBytes: 5, endedAt: monthEnd })).toEqual({
      draws: [{ lotId: 'b', bytes: 5 }],
      returns: [{ lotId: 'b', bytes: 15 }],
      ends: [{ lotId: 'c', bytes: 30 }],
      overrunBytes: 0,
    });
    // The same, told after the month's end of a use before it.
    expect(decideSettlement({ parts: ended, usedBytes: 5, endedAt: now })).toMatchObject({
      draws: [{ lotId: 'c', bytes: 5 }],
      ends: [{ lotId: 'c', bytes: 25 }],
    });
  });

  test('nothing used gives all of it back', () =>
    expect(decideSettlement({ parts, usedBytes: 0, endedAt: now })).toMatchObject({ draws: [], overrunBytes: 0 }));
});
