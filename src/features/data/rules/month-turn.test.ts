import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { createCalendar } from './calendar.ts';
import { type DataLot, kindNow } from './kinds.ts';
import { decideMonthTurn, lifetimeEnd, monthsToTurn } from './month-turn.ts';

const zone = 'Asia/Tokyo';
const calendar = createCalendar(zone);
const tokyo = (local: string) => Temporal.ZonedDateTime.from(`${local}[${zone}]`).toInstant();

function lot(kind: string, granted: string, expires: string, remaining = 100): DataLot {
  return { lotId: `${kind} of ${granted}`, kind, remaining, grantedAt: tokyo(granted), expiresAt: tokyo(expires) };
}

function turn(month: string, lots: readonly DataLot[], of: { baseBytes?: number; opensAt?: string } = {}) {
  const opensAt = tokyo(of.opensAt ?? '2020-01-01T00:00');
  return decideMonthTurn({ lots, month, calendar, baseBytes: of.baseBytes ?? 3_000, opensAt });
}

describe('the turn of the month', () => {
  test('what is left of base stays where it is, as carry-over; everything that ends, ends', () => {
    const lots = [
      lot('carry-over', '2026-04-01T00:00', '2026-05-01T00:00'),
      lot('gift', '2026-04-20T10:00', '2026-05-01T00:00'),
      lot('base', '2026-04-01T00:00', '2026-06-01T00:00', 1_234),
      lot('top-up', '2026-04-02T00:00', '2026-06-01T00:00'),
      lot('top-up', '2026-03-02T00:00', '2026-05-01T00:00'),
    ];
    const { ends, grant } = turn('2026-05', lots);
    expect(lots.map((each) => kindNow(each, tokyo('2026-05-01T00:00')))[2]).toBe('carry-over');
    expect(ends.map(({ lotId }) => lotId)).toEqual([
      'carry-over of 2026-04-01T00:00',
      'gift of 2026-04-20T10:00',
      'top-up of 2026-03-02T00:00',
    ]);
    expect(grant).toEqual({ bytes: 3_000, grantedAt: tokyo('2026-05-01T00:00'), expiresAt: tokyo('2026-07-01T00:00') });
  });

  test('carried over once: base of the month before last ends', () =>
    expect(turn('2026-06', [lot('base', '2026-04-01T00:00', '2026-06-01T00:00')]).ends).toHaveLength(1));

  test('an empty lot is left alone', () =>
    expect(turn('2026-06', [lot('base', '2026-04-01T00:00', '2026-06-01T00:00', 0)]).ends).toEqual([]));

  test('a plan without data grants nothing', () => expect(turn('2026-05', [], { baseBytes: 0 }).grant).toBeUndefined());

  test('the first month is granted at the opening and lasts as long as any', () =>
    expect(turn('2026-05', [], { opensAt: '2026-05-31T23:59:59' }).grant).toEqual({
      bytes: 3_000,
      grantedAt: tokyo('2026-05-31T23:59:59'),
      expiresAt: tokyo('2026-07-01T00:00'),
    }));

  test.each([
    ['2026-11-30T23:59:59', '2027-01-01T00:00'],
    ['2026-12-01T00:00:00', '2027-02-01T00:00'],
    ['2028-01-31T12:00:00', '2028-03-01T00:00'],
    ['2028-02-29T23:59:59', '2028-04-01T00:00'],
  ])('granted at %s lasts to %s', (granted, end) =>
    expect(lifetimeEnd(tokyo(granted), calendar).toString()).toBe(tokyo(end).toString()),
  );
});

describe('the months still to be turned into', () => {
  const opensAt = tokyo('2026-02-10T09:00');
  const facts = { lastTurned: null, opensAt, createdAt: opensAt, endedAt: null };

  test.each([
    ['never turned: from the opening on', {}, '2026-04', ['2026-02', '2026-03', '2026-04']],
    ['turned last month', { lastTurned: '2026-03' }, '2026-04', ['2026-04']],
    ['turned already', { lastTurned: '2026-04' }, '2026-04', []],
    ['a clock that went back turns nothing', { lastTurned: '2026-05' }, '2026-04', []],
    ['after a standstill, over the year', { lastTurned: '2025-11' }, '2026-01', ['2025-12', '2026-01']],
    ['opened long ago, here since March', { createdAt: tokyo('2026-03-05T00:00') }, '2026-04', ['2026-03', '2026-04']],
    ['ended in March', { lastTurned: '2026-02', endedAt: tokyo('2026-03-15T00:00') }, '2026-04', ['2026-03']],
    ['ended at the very turn', { lastTurned: '2026-02', endedAt: tokyo('2026-03-01T00:00') }, '2026-04', []],
  ])('%s', (_, change, upTo, months) => expect(monthsToTurn({ ...facts, ...change }, upTo, calendar)).toEqual(months));
});
