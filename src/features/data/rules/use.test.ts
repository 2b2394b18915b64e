import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import type { DataLot } from './kinds.ts';
import { decideUse } from './use.ts';
import { inUseOrder } from './use-order.ts';

const monthStart = Temporal.Instant.from('2026-03-31T15:00:00Z');
const april = '2026-04-30T15:00:00Z';
const may = '2026-05-31T15:00:00Z';

function lot(
  lotId: string,
  kind: string,
  expiresAt: string,
  grantedAt = '2026-04-01T00:00:00Z',
  remaining = 100,
): DataLot {
  return {
    lotId,
    kind,
    remaining,
    grantedAt: Temporal.Instant.from(grantedAt),
    expiresAt: Temporal.Instant.from(expiresAt),
  };
}

describe('the order of use', () => {
  test('carry-over, gift, base, top-up; then the earlier end, the older, the id', () => {
    const lots = [
      lot('9 top-up comes last', 'top-up', april),
      lot('8 a later base of two', 'base', may, '2026-04-02T00:00:00Z'),
      lot('7 the same but for its id', 'base', may),
      lot('6 base after gifts', 'base', may),
      lot('5 a gift that ends later', 'gift', may),
      lot('4 a gift that came later', 'gift', april, '2026-04-03T00:00:00Z'),
      lot('3 gift after carry-over', 'gift', april),
      lot('2 what last month left of base is carry-over', 'base', april, '2026-03-01T00:00:00Z'),
      lot('1 carry-over first, though it ends later than a top-up', 'carry-over', april, '2026-02-01T00:00:00Z'),
    ];
    const ids = inUseOrder(lots, monthStart).map(({ lotId }) => lotId);
    expect(ids).toEqual([...ids].sort());
    expect(inUseOrder([...lots].reverse(), monthStart).map(({ lotId }) => lotId)).toEqual(ids);
  });

  test('a kind nobody knows is never used before a known one', () => {
    const lots = [lot('1 unknown', 'set-aside', april), lot('2 known', 'top-up', may)];
    expect(inUseOrder(lots, monthStart).map(({ lotId }) => lotId)).toEqual(['2 known', '1 unknown']);
  });
});

describe('use', () => {
  const at = Temporal.Instant.from('2026-04-10T03:00:00Z');
  const lots = [lot('base', 'base', may), lot('carry', 'carry-over', april), lot('spent', 'gift', april, undefined, 0)];

  test.each([
    [1, [{ lotId: 'carry', bytes: 1 }], 0],
    [100, [{ lotId: 'carry', bytes: 100 }], 0],
    [
      101,
      [
        { lotId: 'carry', bytes: 100 },
        { lotId: 'base', bytes: 1 },
      ],
      0,
    ],
    [
      200,
      [
        { lotId: 'carry', bytes: 100 },
        { lotId: 'base', bytes: 100 },
      ],
      0,
    ],
    [
      250,
      [
        { lotId: 'carry', bytes: 100 },
        { lotId: 'base', bytes: 100 },
      ],
      50,
    ],
    [0, [], 0],
  ])('of %i bytes draws in order, and what is not there is over', (bytes, draws, overBytes) =>
    expect(decideUse({ lots, bytes, at, monthStart })).toEqual({ draws, overBytes }),
  );

  test.each([
    ['2026-04-30T14:59:59.999Z', 'carry'],
    ['2026-04-30T15:00:00Z', 'base'],
  ])('at %s draws from %s: an end is exclusive', (moment, lotId) =>
    expect(decideUse({ lots, bytes: 1, at: Temporal.Instant.from(moment), monthStart }).draws).toEqual([
      { lotId, bytes: 1 },
    ]),
  );
});
