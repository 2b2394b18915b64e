import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { testOperator } from '../../../../tests/support/operator.ts';
import { decideClaim } from './claim.ts';
import { giftCodeFrom, parseGiftCode } from './gift-code.ts';
import { waitsUntil } from './offer.ts';
import { isReached, stateToReceiver } from './phone-number.ts';

const zone = 'Asia/Tokyo';
const policy = testOperator.giftPolicy;
const tokyo = (local: string) => Temporal.ZonedDateTime.from(`${local}[${zone}]`).toInstant();
const chance = fc.bigInt({ min: 0n, max: 2n ** 256n - 1n });

describe('a gift code', () => {
  test('is twelve digits, and is read however it is typed', () =>
    fc.assert(
      fc.property(chance, fc.constantFrom('', ' ', '-', '　', 'ー', '・'), fc.boolean(), (number, between, isWide) => {
        const code = giftCodeFrom(number);
        expect(code).toMatch(/^\d{12}$/);
        const groups = code.replace(/(\d{4})(?=\d)/g, `$1${between}`);
        const typed = isWide ? groups.replace(/\d/g, (d) => String.fromCodePoint(0xff10 + Number(d))) : groups;
        expect(parseGiftCode(` ${typed} `)).toEqual({ kind: 'code', code });
      }),
    ));

  test('one wrong digit, or two neighbours swapped, is a slip', () =>
    fc.assert(
      fc.property(chance, fc.nat(11), fc.integer({ min: 1, max: 9 }), (number, at, by) => {
        const digits = [...giftCodeFrom(number)];
        const wrong = digits.with(at, String((Number(digits[at]) + by) % 10)).join('');
        expect(parseGiftCode(wrong)).toEqual({ kind: 'wrong-check-digit' });
        const next = (at + 1) % 12;
        const swapped = digits.with(at, digits[next] ?? '').with(next, digits[at] ?? '');
        if (next > at && digits[at] !== digits[next]) {
          expect(parseGiftCode(swapped.join(''))).toEqual({ kind: 'wrong-check-digit' });
        }
      }),
    ));

  test.each(['', '12345678901', '1234567890123', '12345678901a', 'コード'])('%j is no code', (typed) =>
    expect(parseGiftCode(typed)).toEqual({ kind: 'wrong-length' }),
  );

  test.each([
    ['gift-code' as const, 2, '2026-04-10T00:00', '2026-04-12T00:00'],
    ['gift-code' as const, 2, '2026-04-10T23:59', '2026-04-12T00:00'],
    ['gift-code' as const, 2, '2028-02-28T12:00', '2028-03-01T00:00'],
    ['gift-code' as const, null, '2026-04-10T12:00', '2026-04-12T12:00'],
    ['share-link' as const, 2, '2026-04-10T12:00', '2026-04-12T12:00'],
  ])('%s, %s days, made %s, dies %s', (way, giftCodeDays, made, dies) => {
    const mineoLike = { ...policy, claimHours: 48, giftCodeDays, receivedUntil: 'next-month-end' as const };
    const offeredAt = tokyo(made);
    const setAside = [{ expiresAt: tokyo('2029-01-01T00:00') }];
    const until = waitsUntil({ policy: mineoLike, way, zone, offeredAt, monthEnd: offeredAt, setAside });
    expect(until.toString()).toBe(tokyo(dies).toString());
  });
});

describe('a gift to a phone number', () => {
  const sender = { subscriptionId: 's', contractorId: 'c', isLinked: true, isInService: true };
  const receiver = { subscriptionId: 'r', contractorId: 'd', isLinked: true, isInService: true };
  const now = tokyo('2026-04-10T12:00');
  const way = 'phone-number' as const;

  test.each([
    ['of another contract', {}, true],
    ['of the sender', { subscriptionId: 's' }, false],
    ['that is not linked', { isLinked: false }, false],
    ['that is not in service', { isInService: false }, false],
  ])('reaches a subscription %s: %s', (_, change, is) =>
    expect(isReached({ now, policy, receiving: { sender, receiver: { ...receiver, ...change }, way } })).toBe(is),
  );

  test.each([
    ['the one it is for', 'r', undefined],
    ['another', 'x', 'for-somebody-else'],
    ['anybody, when the number is nobody’s', null, 'for-somebody-else'],
  ])('is received by %s', (_, receiverSubscriptionId, code) => {
    const waiting = { state: 'waiting' as const, expiresAt: now.add({ hours: 1 }), receiverSubscriptionId };
    const decided = decideClaim({
      now,
      policy,
      isClosed: false,
      isPaused: false,
      receiving: { sender, receiver, way },
      waiting,
    });
    expect(decided.ok ? undefined : decided.code).toBe(code);
  });

  test.each([
    ['waiting' as const, null, 'waiting'],
    ['waiting' as const, now, 'declined'],
    ['taken-back' as const, now, 'taken-back'],
    ['expired' as const, now, 'expired'],
  ])('%s, declined at %s, is %s to its receiver', (state, declinedAt, to) =>
    expect(stateToReceiver({ state, declinedAt })).toBe(to),
  );
});
