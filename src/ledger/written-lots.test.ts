import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import type { Lot } from './book.ts';
import { readLots, writeLots } from './written-lots.ts';

const OWNER = '0190a000-0000-7000-8000-000000000001';
const lot: Lot = {
  ownerId: OWNER,
  lotId: '0190a000-0000-7000-8000-000000000002',
  unit: 'byte',
  kind: 'carry-over',
  remaining: 9_007_199_254_740_991,
  grantedAt: Temporal.Instant.from('2026-11-01T00:00:00.271Z'),
  expiresAt: Temporal.Instant.from('2026-12-31T15:00:00Z'),
};
const aside: Lot = {
  ...lot,
  unit: 'point',
  kind: 'set-aside',
  remaining: 0,
  origin: { ownerId: OWNER, lotId: lot.lotId },
};

describe('the lots of an owner', () => {
  test.each([[[]], [[lot]], [[aside, lot]]])('are read as they were written', (lots) => {
    const read = readLots(OWNER, writeLots(lots));
    expect(JSON.stringify(read)).toBe(JSON.stringify(lots));
  });

  test('are written as the database reads them', () => {
    expect(writeLots([lot])).toEqual({
      lots: `[{"lot":"${lot.lotId}","unit":"byte","kind":"carry-over","granted":1793491200271,"ends":1798729200000}]`,
      remaining: '{9007199254740991}',
    });
  });

  test.each(['{9007199254740993}', '{}', '{1,2}', '{x}'])('are not read where what they hold is %s', (remaining) => {
    expect(() => readLots(OWNER, { ...writeLots([lot]), remaining })).toThrow();
  });
});
