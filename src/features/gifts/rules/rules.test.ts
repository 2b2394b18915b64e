import { readFileSync } from 'node:fs';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { testOperator } from '../../../../tests/support/operator.ts';
import { GB, MB } from '../../../base/bytes.ts';
import { endOfMonth } from '../../../base/operator-month.ts';
import { firstBroken } from '../../../base/refusal.ts';
import { usableUntil } from './claim.ts';
import { isClosedAt } from './closed-window.ts';
import { amountsToOffer, giveableBytes } from './giveable.ts';
import { waitsUntil } from './offer.ts';
import { type GiftFacts, refusals } from './refusals.ts';
import { decideReturn, wayBack } from './return.ts';

const zone = 'Asia/Tokyo';
const endOf = (month: string) => endOfMonth(month, zone);
const policy = testOperator.giftPolicy;
const tokyo = (local: string) => Temporal.ZonedDateTime.from(`${local}[${zone}]`).toInstant();

test('the README tells every refusal, in this order and in these words', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const told = [...readme.matchAll(/^\d+\. `([a-z-]+)` (.+)$/gm)].map(([, code, says]) => ({ code, says }));
  expect(told).toEqual(refusals.map(({ code, says }) => ({ code, says })));
});

describe('at the very edge', () => {
  const now = tokyo('2026-04-13T12:00');
  const common = { now, policy: { ...policy, maximumBytes: GB }, isClosed: false, isPaused: false };
  const sender = { subscriptionId: 's', contractorId: 'c', isLinked: true, isInService: true };
  const giving = (amountBytes: number) => ({
    giving: {
      sender,
      way: 'share-link' as const,
      amountBytes,
      giveableBytes: 2 * GB,
      planBytes: 3 * GB,
      givenThisMonthBytes: 0,
      giftsToday: 0,
      giftsThisMonth: 0,
    },
  });
  const waiting = (state: 'waiting' | 'expired', expiresAt: Temporal.Instant) => ({
    waiting: { state, expiresAt, receiverSubscriptionId: null },
  });
  test.each<[what: string, facts: Partial<GiftFacts>, code: string | undefined]>([
    ['as much as one gift may hold', giving(GB), undefined],
    ['a step more', giving(1_500 * MB), 'over-maximum'],
    ['a moment before its time is up', waiting('waiting', now.add({ milliseconds: 1 })), undefined],
    ['when its time is up, before anybody has noted it', waiting('waiting', now), 'expired'],
    ['once that is noted, whatever the clock says', waiting('expired', now.add({ hours: 1 })), 'expired'],
  ])('%s: %s', (_what, facts, code) => expect(firstBroken(refusals, { ...common, ...facts })).toBe(code));
});

describe('closed from 23:00 on the last day to 01:00 on the 1st', () => {
  test.each([
    ['2026-04-30T22:59:59.999', false],
    ['2026-04-30T23:00:00', true],
    ['2026-04-30T23:59:59', true],
    ['2026-05-01T00:00:00', true],
    ['2026-05-01T00:59:59.999', true],
    ['2026-05-01T01:00:00', false],
    ['2026-04-29T23:30:00', false],
    ['2026-05-02T00:30:00', false],
    ['2028-02-28T23:30:00', false],
    ['2028-02-29T23:30:00', true],
    ['2027-02-28T23:30:00', true],
  ])('%s: %s', (local, is) => expect(isClosedAt(tokyo(local), policy.closed, zone)).toBe(is));

  test('never, where the policy has no window', () =>
    expect(isClosedAt(tokyo('2026-04-30T23:30:00'), null, zone)).toBe(false));
});

describe('what may be given', () => {
  const expiresAt = tokyo('2026-06-01T00:00');
  const lots = [
    { lotId: '1', kind: 'carry-over' as const, remaining: 100, expiresAt },
    { lotId: '2', kind: 'gift' as const, remaining: 20, expiresAt },
    { lotId: '3', kind: 'base' as const, remaining: 3, expiresAt },
  ];
  test.each([
    [{}, 3],
    [{ sourceKinds: ['carry-over', 'gift', 'base'] as const }, 103],
    [{ sourceKinds: ['carry-over', 'gift', 'base'] as const, canRegift: true }, 123],
    [{ keepBytes: 2 }, 1],
    [{ keepBytes: 5 }, 0],
  ])('%j', (change, bytes) => expect(giveableBytes({ ...policy, ...change }, lots)).toBe(bytes));

  const facts = { giveableBytes: 2_900 * MB, planBytes: 3 * GB, givenThisMonthBytes: 0 };
  test.each([
    ['up to what there is, in steps', {}, {}, [500, 1000, 1500, 2000, 2500]],
    ['up to what the month allows', {}, { givenThisMonthBytes: 1_900 * MB }, [500, 1000]],
    ['up to what one gift holds', { maximumBytes: 600 * MB }, {}, [500]],
    ['nothing under the minimum', {}, { giveableBytes: 499 * MB }, []],
    ['a minimum that is no step begins at the next step', { minimumBytes: 600 * MB }, { giveableBytes: GB }, [1000]],
    [
      'without a limit of the month',
      { limitPerMonth: null },
      { givenThisMonthBytes: 9 * GB, giveableBytes: GB },
      [500, 1000],
    ],
  ])('%s', (_, change, more, megabytes) =>
    expect(amountsToOffer({ ...policy, ...change }, { ...facts, ...more }).map((bytes) => bytes / MB)).toEqual(
      megabytes,
    ),
  );
});

describe('how long a gift waits', () => {
  const monthEnd = tokyo('2026-05-01T00:00');
  const setAside = [{ expiresAt: tokyo('2026-06-01T00:00') }];
  test.each([
    ['2026-04-10T12:00', {}, '2026-04-13T12:00'],
    ['2026-04-29T12:00', {}, '2026-05-01T00:00'],
    ['2026-04-29T12:00', { receivedUntil: 'next-month-end' as const }, '2026-05-02T12:00'],
    ['2026-05-30T12:00', { receivedUntil: 'original' as const }, '2026-06-01T00:00'],
  ])('offered %s under %j: until %s', (offered, change, until) =>
    expect(
      waitsUntil({
        policy: { ...policy, ...change },
        way: 'share-link',
        zone,
        offeredAt: tokyo(offered),
        monthEnd,
        setAside,
      }).toString(),
    ).toBe(tokyo(until).toString()),
  );
});

describe('until when the receiver can use it', () => {
  const facts = {
    givenIn: '2026-04',
    claimedAt: tokyo('2026-04-12T12:00'),
    originalEnd: tokyo('2026-06-01T00:00'),
    zone,
    endOf,
  };
  test.each([
    ['month-end' as const, '2026-05-01T00:00'],
    ['next-month-end' as const, '2026-06-01T00:00'],
    ['original' as const, '2026-06-01T00:00'],
    [{ days: 30 }, '2026-05-13T00:00'],
  ])('%j: %s', (receivedUntil, until) =>
    expect(usableUntil({ ...facts, policy: { ...policy, receivedUntil } }).toString()).toBe(tokyo(until).toString()),
  );

  test('what waited over a month’s end before gifts ended with it ends with the month it is received in', () => {
    const claimed = (at: string) =>
      usableUntil({ ...facts, claimedAt: tokyo(at), policy: { ...policy, receivedUntil: 'month-end' } }).toString();
    expect(claimed('2026-04-30T23:59:59')).toBe(tokyo('2026-05-01T00:00').toString());
    expect(claimed('2026-05-01T00:00')).toBe(tokyo('2026-06-01T00:00').toString());
  });
});

describe('what was not received', () => {
  const expiresAt = tokyo('2026-04-13T12:00');
  const before = tokyo('2026-04-13T11:59:59');
  const facts = { expiresAt, now: expiresAt, state: 'waiting' as const, reason: 'expired' as const };
  test.each([
    [{}, undefined],
    [{ now: before }, 'not-due'],
    [{ now: before, reason: 'taken-back' as const }, undefined],
    [{ now: before, reason: 'declined' as const }, undefined],
    [{ state: 'claimed' as const }, 'already-claimed'],
    [{ state: 'expired' as const }, 'expired'],
    [{ state: 'declined' as const }, 'no-longer-offered'],
    [{ state: 'taken-back' as const }, 'no-longer-offered'],
  ])('%j: %s', (change, code) => {
    const decided = decideReturn({ ...facts, ...change });
    expect(decided.ok ? undefined : decided.code).toBe(code);
  });

  test.each([
    ['2026-04-13T12:00:01', 'back'],
    ['2026-04-13T12:00:00', 'ended'],
  ])('at noon, to a lot that ends at %s: %s', (end, way) =>
    expect(wayBack({ expiresAt: tokyo(end) }, expiresAt)).toBe(way),
  );

  test('a lot that is gone takes nothing back', () => expect(wayBack(undefined, expiresAt)).toBe('ended'));
});
