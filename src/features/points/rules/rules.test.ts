import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { type BillSetting, pointsForBill, readFixedPoints } from './bill-use.ts';
import { endAfterDays, grantMoment, lastDueMonth, linkMoment, monthsDue, tellingMoment } from './calendar.ts';
import { decideDelivery } from './delivery.ts';
import { balanceOf, decideDraws, endedLots, type PointLot } from './lots.ts';
import { earnsPoints, hadLinkAt, pointsForMonth } from './month-grant.ts';
import { type StickerOrderFacts, type StickerRefusal, stickerRefusal, stickerRefusals } from './sticker-order.ts';

const ZONE = 'Asia/Tokyo';
const tokyo = (local: string) => Temporal.Instant.from(`${local}+09:00`);
const inTokyo = (at: Temporal.Instant) => at.toZonedDateTimeISO(ZONE).toPlainDateTime().toString();

describe('whose link stood at midnight on the 1st', () => {
  test.each([
    ['made long before, still there', '2026-03-05T10:00:00', null, true],
    ['made at the last second before', '2026-10-31T23:59:59', null, true],
    ['made at the very moment', '2026-11-01T00:00:00', null, true],
    ['made a second later', '2026-11-01T00:00:01', null, false],
    ['undone later on the 1st', '2026-10-10T00:00:00', '2026-11-01T08:00:00', true],
    ['undone a second later', '2026-10-10T00:00:00', '2026-11-01T00:00:01', true],
    ['undone at the very moment', '2026-10-10T00:00:00', '2026-11-01T00:00:00', false],
    ['undone a second before', '2026-10-10T00:00:00', '2026-10-31T23:59:59', false],
  ])('%s', (_, linkedAt, unlinkedAt, stood) => {
    const link = { lineUserId: 'U1', linkedAt: tokyo(linkedAt), unlinkedAt: unlinkedAt ? tokyo(unlinkedAt) : null };
    expect(hadLinkAt([link], linkMoment('2026-10', ZONE))).toBe(stood);
  });

  test('one of several links is enough, and none is none', () => {
    const at = linkMoment('2026-10', ZONE);
    const gone = { lineUserId: 'U1', linkedAt: tokyo('2026-09-01T00:00:00'), unlinkedAt: tokyo('2026-10-02T00:00:00') };
    const there = { lineUserId: 'U2', linkedAt: tokyo('2026-10-02T00:00:00'), unlinkedAt: null };
    expect([hadLinkAt([], at), hadLinkAt([gone], at), hadLinkAt([gone, there], at)]).toEqual([false, false, true]);
  });
});

describe('what a month brings', () => {
  const fee = (feeYen: number, openedOn = '2020-01-01', closedFrom: string | null = null) => ({
    feeYen,
    openedOn,
    closedFrom,
  });
  test.each([
    ['nothing without a subscription', [], 0],
    ['1 % of one fee, floored', [fee(980)], 9],
    ['floored once, over all fees together', [fee(980), fee(980), fee(1_700)], 36],
    ['nothing under 100 yen', [fee(99)], 0],
    ['opened the day before a plan was closed', [fee(980, '2019-04-30', '2019-05-01')], 9],
    ['opened on the day', [fee(980, '2019-05-01', '2019-05-01')], 0],
    ['others of the contract go on', [fee(980, '2020-01-01', '2019-05-01'), fee(1_700)], 17],
  ])('%s', (_, fees, points) => expect(pointsForMonth(fees, 1)).toBe(points));

  test('so many per cent as the operator gives', () => expect(pointsForMonth([fee(980)], 5)).toBe(49));

  test('a plan that is open earns whenever it was opened', () => {
    expect(earnsPoints({ openedOn: '2030-01-01', closedFrom: null })).toBe(true);
  });
});

describe('the calendar of points', () => {
  test.each([
    ['2026-11-09T23:59:59', '2026-09'],
    ['2026-11-10T00:00:00', '2026-10'],
    ['2026-12-09T23:59:59', '2026-10'],
    ['2027-01-10T00:00:00', '2026-12'],
  ])('at %s the last month due is %s', (now, month) => expect(lastDueMonth(tokyo(now), 10, ZONE)).toBe(month));

  test('months that were missed are made up for in order; the first time there is only one', () => {
    expect(monthsDue('2026-07', '2026-10')).toEqual(['2026-08', '2026-09', '2026-10']);
    expect(monthsDue('2026-10', '2026-10')).toEqual([]);
    expect(monthsDue(null, '2026-10')).toEqual(['2026-10']);
  });

  test('October is granted on 10 November, to those linked on the 1st', () => {
    expect(inTokyo(grantMoment('2026-10', 10, ZONE))).toBe('2026-11-10T00:00:00');
    expect(inTokyo(linkMoment('2026-10', ZONE))).toBe('2026-11-01T00:00:00');
  });

  test('180 days from 10 November: the last day is 9 May, whole', () => {
    expect(inTokyo(endAfterDays(tokyo('2026-11-10T00:00:00'), 180, ZONE))).toBe('2027-05-10T00:00:00');
    expect(inTokyo(endAfterDays(tokyo('2026-11-10T23:59:59'), 180, ZONE))).toBe('2027-05-10T00:00:00');
  });

  test('days are days where clocks change', () => {
    const end = endAfterDays(Temporal.Instant.from('2026-03-07T12:00:00-05:00'), 1, 'America/New_York');
    expect(end.toString()).toBe('2026-03-09T04:00:00Z');
  });

  test.each([
    ['2026-11-10T00:00:00', '2026-11-10T10:00:00'],
    ['2026-11-10T09:59:59', '2026-11-10T10:00:00'],
    ['2026-11-10T15:20:00', '2026-11-10T15:20:00'],
    ['2026-11-10T21:00:00', '2026-11-11T10:00:00'],
  ])('what happens at %s is told at %s', (at, told) => expect(inTokyo(tellingMoment(tokyo(at), ZONE))).toBe(told));
});

describe('points on a bill', () => {
  const settings: Record<string, BillSetting> = {
    none: { use: 'none' },
    all: { use: 'all' },
    fixed: { use: 'fixed', points: 100 },
  };
  test.each([
    ['none', 500, 1_000, 0],
    ['all', 500, 1_000, 500],
    ['all', 1_500, 1_000, 1_000],
    ['all', 0, 1_000, 0],
    ['all', 500, 0, 0],
    ['all', 500, -20, 0],
    ['fixed', 500, 1_000, 100],
    ['fixed', 60, 1_000, 60],
    ['fixed', 500, 40, 40],
  ])('%s of %i points on %i yen: %i', (use, balance, spendableYen, points) => {
    expect(pointsForBill({ setting: settings[use] ?? { use: 'none' }, balance, spendableYen })).toBe(points);
  });

  test.each([
    ['100', 100],
    ['１，０００', 1_000],
    [' 50 ポイント', 50],
    ['0', 'too-small'],
    ['100001', 'too-large'],
    ['', 'not-a-number'],
    ['1.5', 'not-a-number'],
    ['-5', 'not-a-number'],
  ])('a fixed part typed as %j is read as %s', (typed, expected) => {
    const read = readFixedPoints(typed);
    expect(read.ok ? read.points : read.code).toBe(expected);
  });
});

describe('ordering stickers', () => {
  const fine: StickerOrderFacts = {
    isPaused: false,
    isLinked: true,
    balance: 50,
    set: { pricePoints: 50, isOpen: true },
    waiting: 2,
    mostWaiting: 3,
    isTheirs: false,
  };
  const broken: Record<StickerRefusal, Partial<StickerOrderFacts>> = {
    paused: { isPaused: true },
    'not-linked': { isLinked: false },
    'not-enough-points': { balance: 49 },
    'not-for-sale': { set: { pricePoints: 50, isOpen: false } },
    'too-many-waiting': { waiting: 3 },
    'already-theirs': { isTheirs: true },
  };

  test('goes through when nothing is broken', () => expect(stickerRefusal(fine)).toBeUndefined());
  test('a set that is not in the catalogue is not for sale', () => {
    expect(stickerRefusal({ ...fine, set: undefined })).toBe('not-for-sale');
  });
  test.each(stickerRefusals.map(({ code }) => code))('%s', (code) => {
    expect(stickerRefusal({ ...fine, ...broken[code] })).toBe(code);
  });
  test('of several reasons the first in the order is told', () => {
    const codes = stickerRefusals.map(({ code }) => code);
    for (const [index, code] of codes.entries()) {
      const facts: StickerOrderFacts = Object.assign({}, fine, ...codes.slice(index).map((later) => broken[later]));
      expect(stickerRefusal(facts)).toBe(code);
    }
  });
  test('the README says the same in the same order', () => {
    const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
    const section = readme.split('## Why stickers are not ordered\n')[1]?.split('\n## ')[0] ?? '';
    const told = [...section.matchAll(/^\d+\. (`[a-z-]+` [^.]+\.)/gm)].map(([, sentence]) => sentence);
    expect(told).toEqual(stickerRefusals.map(({ code, says }) => `\`${code}\` ${says}`));
  });
});

describe('what follows from LINE’s answer', () => {
  const orderedAt = tokyo('2026-11-10T12:00:00');
  const now = orderedAt.add({ minutes: 1 });
  const next = (answer: Parameters<typeof decideDelivery>[0], at = now, attempts = 1) =>
    decideDelivery(answer, { orderedAt, attempts }, at, 0).next;
  const refused = (status: number) => ({ kind: 'refused', status, message: 'no' }) as const;

  test.each([
    ['delivered', { kind: 'ok' }],
    ['give-back', refused(400)],
    ['give-back', refused(404)],
    ['again', refused(401)],
    ['again', refused(403)],
    ['again', refused(408)],
    ['again', refused(429)],
    ['again', refused(500)],
    ['again', { kind: 'no-answer', message: 'timed out' }],
  ] as const)('%s', (expected, answer) => expect(next(answer)).toBe(expected));

  test('the tries grow apart, up to a quarter of an hour, and end after a day', () => {
    const waits = [1, 2, 5, 30].map((attempts) => {
      const verdict = decideDelivery(refused(500), { orderedAt, attempts }, now, 0);
      return verdict.next === 'again' ? verdict.at.since(now).total('seconds') : verdict.next;
    });
    expect(waits).toEqual([2, 4, 32, 900]);
    expect(next(refused(500), orderedAt.add({ hours: 24 }), 30)).toBe('give-back');
  });

  test('by chance a wait is up to half as long again, and what was answered is told', () => {
    const verdict = (chance: number) => decideDelivery(refused(500), { orderedAt, attempts: 2 }, now, chance);
    const at = (seconds: number) => ({ next: 'again', at: now.add({ seconds }), why: '500 no' });
    expect([verdict(0.5), verdict(1)]).toEqual([at(5), at(6)]);
  });
});

describe('which lots points are taken from', () => {
  const now = tokyo('2026-11-10T12:00:00');
  const lot = (lotId: string, remaining: number, endsInDays: number): PointLot => ({
    lotId,
    unit: 'point',
    kind: 'monthly',
    remaining,
    grantedAt: now,
    expiresAt: now.add({ hours: 24 * endsInDays }),
  });

  test('what ends earlier goes first; what has ended does not count', () => {
    const lots = [lot('late', 10, 9), lot('ended', 10, 0), lot('soon', 10, 1)];
    expect(balanceOf(lots, now)).toBe(20);
    expect(decideDraws(lots, 15, now).map(({ lot: { lotId }, points }) => [lotId, points])).toEqual([
      ['soon', 10],
      ['late', 5],
    ]);
  });

  test('of what ends together the earlier goes first, then by id; what is no point is none', () => {
    const early = { ...lot('1 early', 10, 1), grantedAt: now.subtract({ hours: 1 }) };
    const byte = { ...lot('0 byte', 10, 1), unit: 'byte', grantedAt: now.subtract({ hours: 2 }) };
    const lots = [lot('3 late', 10, 1), lot('2 late', 10, 1), byte, early];
    expect(decideDraws(lots, 25, now).map(({ lot: { lotId }, points }) => [lotId, points])).toEqual([
      ['1 early', 10],
      ['2 late', 10],
      ['3 late', 5],
    ]);
  });

  test('what has ended is taken out of the book, to the last point', () => {
    const byte = { ...lot('byte', 10, -1), unit: 'byte' };
    const lots = [lot('there', 10, 1), lot('ended', 1, 0), lot('spent', 0, -1), byte];
    expect(endedLots(lots, now).map(({ lotId }) => lotId)).toEqual(['ended']);
  });

  test('exactly what is asked for is taken, from nothing that has too little, whatever there is', () => {
    const lots = fc.array(fc.record({ remaining: fc.nat(50), days: fc.integer({ min: -2, max: 5 }) }), {
      maxLength: 6,
    });
    fc.assert(
      fc.property(lots, fc.nat(200), (drawn, points) => {
        const there = drawn.map(({ remaining, days }, index) => lot(`lot-${index}`, remaining, days));
        if (points > balanceOf(there, now)) {
          expect(() => decideDraws(there, points, now)).toThrow('are not there');
          return;
        }
        const draws = decideDraws(there, points, now);
        expect(draws.reduce((sum, draw) => sum + draw.points, 0)).toBe(points);
        expect(draws.every((draw) => draw.points > 0 && draw.points <= draw.lot.remaining)).toBe(true);
      }),
    );
  });
});
