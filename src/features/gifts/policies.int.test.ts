import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { testDatabase } from '../../../tests/support/database.ts';
import { createGiftWorld, type GiftWorld } from '../../../tests/support/gift-world.ts';
import { testOperator } from '../../../tests/support/operator.ts';
import { GB, MB } from '../../base/bytes.ts';
import { newId } from '../../base/ids.ts';
import type { GiftPolicy, GiftWay } from '../../base/operator.ts';
import type { Database } from '../../infra/db/index.ts';

// Policies of an operator's own: the same code, other data, on the database.

let database: Database;
const worlds: GiftWorld[] = [];

beforeAll(async () => {
  database = await testDatabase();
});
afterEach(async () => expect(await worlds.at(-1)?.faults()).toEqual([]));
afterAll(async () => {
  for (const world of worlds) await world.close();
  await database.close();
});

function under(policy: Partial<GiftPolicy>, at = '2026-04-10T12:00:00+09:00'): GiftWorld {
  const world = createGiftWorld(database, at, {
    ...testOperator,
    giftPolicy: { ...testOperator.giftPolicy, ...policy },
  });
  worlds.push(world);
  return world;
}

type Person = Awaited<ReturnType<GiftWorld['subscription']>>;

async function offer(world: GiftWorld, from: Person, amountBytes: number, by: { way: GiftWay; to?: Person }) {
  const submitted = await world.gifts.offerGift({
    requestId: newId(),
    senderSubscriptionId: from.subscriptionId,
    senderLineUserId: from.lineUserId,
    amountBytes,
    way: by.way,
    receiverSubscriptionId: by.to?.subscriptionId ?? null,
    ...(by.way === 'phone-number' && { receiverNumberHash: 'ab'.repeat(32) }),
  });
  return submitted.ok ? submitted.answer : submitted;
}

async function claim(world: GiftWorld, giftId: string, from: Person, by: Person) {
  const submitted = await world.gifts.claimGift({
    requestId: newId(),
    gift: { giftId, senderSubscriptionId: from.subscriptionId },
    receiverSubscriptionId: by.subscriptionId,
    receiverLineUserId: by.lineUserId,
  });
  return submitted.ok ? submitted.answer : submitted;
}

async function give(world: GiftWorld, from: Person, to: Person, amountBytes: number) {
  const submitted = await world.gifts.giveDirectly({
    requestId: newId(),
    senderSubscriptionId: from.subscriptionId,
    receiverSubscriptionId: to.subscriptionId,
    amountBytes,
  });
  if (!submitted.ok) return submitted.code;
  return 'code' in submitted.answer ? submitted.answer.code : submitted.answer.result;
}

describe('automatic acceptance', () => {
  const automatic = { acceptance: 'automatic' } as const;

  test('a named person of the contract has it at once, both are told, and it cannot be taken back', async () => {
    const world = under(automatic);
    const a = await world.subscription({ name: 'たろう' });
    const b = await world.subscription({ name: 'はなこ', contractorId: a.contractorId });
    const given = await offer(world, a, 500 * MB, { way: 'same-contract', to: b });
    expect(given).toMatchObject({ result: 'claimed' });
    expect(await world.left(b.subscriptionId)).toEqual({ gift: 500 * MB, base: 3 * GB });
    const told = [await world.messagesTo(a.lineUserId), await world.messagesTo(b.lineUserId)];
    expect(told.map((messages) => messages.length)).toEqual([1, 1]);
    expect(told[1]?.[0]).toContain('たろう');
    const giftId = 'giftId' in given ? given.giftId : '';
    const gift = {
      giftId,
      senderSubscriptionId: a.subscriptionId,
      receiverSubscriptionId: b.subscriptionId,
    };
    const back = await world.gifts.returnGift({
      requestId: newId(),
      gift,
      reason: 'taken-back',
      byLineUserId: a.lineUserId,
    });
    expect(back).toMatchObject({ answer: { code: 'already-claimed' } });
  });

  test('where the receiver is not known before, it waits for whoever opens it', async () => {
    const world = under(automatic);
    for (const way of ['share-link', 'gift-code'] as const) {
      const [a, b] = [await world.subscription(), await world.subscription()];
      const given = await offer(world, a, 500 * MB, { way });
      expect(given).toMatchObject({ result: 'offered' });
      expect(await claim(world, 'giftId' in given ? given.giftId : '', a, b)).toMatchObject({ result: 'claimed' });
    }
  });

  test('to a phone number it waits, so that nothing is told of the number', async () => {
    const world = under(automatic);
    const [a, b] = [await world.subscription(), await world.subscription()];
    expect(await offer(world, a, 500 * MB, { way: 'phone-number', to: b })).toMatchObject({ result: 'offered' });
    expect(await world.left(b.subscriptionId)).toEqual({ base: 3 * GB });
  });
});

describe('counts', () => {
  test('so many a day: what came back does not count, and the next day begins anew', async () => {
    const world = under({ giftsPerDay: 2 }, '2026-04-10T23:30:00+09:00');
    const [a, b] = [await world.subscription(), await world.subscription()];
    const first = await offer(world, a, 500 * MB, { way: 'share-link' });
    expect(await give(world, a, b, 500 * MB)).toBe('claimed');
    expect(await give(world, a, b, 500 * MB)).toBe('too-many-today');
    await world.gifts.returnGift({
      requestId: newId(),
      gift: {
        giftId: 'giftId' in first ? first.giftId : '',
        senderSubscriptionId: a.subscriptionId,
        receiverSubscriptionId: null,
      },
      reason: 'taken-back',
      byLineUserId: a.lineUserId,
    });
    expect(await give(world, a, b, 500 * MB)).toBe('claimed');
    expect(await give(world, a, b, 500 * MB)).toBe('too-many-today');
    world.clock.freeze('2026-04-11T00:00:00+09:00');
    expect(await give(world, a, b, 500 * MB)).toBe('claimed');
  });

  test('so many a month, over its turn, and never more for many at once', async () => {
    const world = under({ giftsPerMonth: 3, closed: null }, '2026-04-30T23:59:00+09:00');
    const [a, b] = [await world.subscription(), await world.subscription()];
    const all = await Promise.all(Array.from({ length: 6 }, () => give(world, a, b, 500 * MB)));
    expect(all.sort()).toEqual([...Array(3).fill('claimed'), ...Array(3).fill('too-many-this-month')]);
    world.clock.freeze('2026-05-01T00:00:00+09:00');
    await world.run();
    expect(await give(world, a, b, 500 * MB)).toBe('claimed');
  });
});

describe('what the sender keeps', () => {
  test('is not given, whatever the month’s limit leaves; in the operator’s megabytes', async () => {
    const world = under({ keepBytes: 700 * MB, stepBytes: 100 * MB, minimumBytes: 100 * MB });
    const [a, b] = [await world.subscription(), await world.subscription()];
    expect(await give(world, a, b, 2_400 * MB)).toBe('not-enough-base');
    expect(await give(world, a, b, 2_300 * MB)).toBe('claimed');
    expect(await give(world, a, b, 100 * MB)).toBe('not-enough-base');
    expect(await world.left(a.subscriptionId)).toEqual({ base: 700 * MB });
  });
});

describe('until when it can be used', () => {
  test('so many days: to the end of the last one, also over a month’s turn, then it is gone', async () => {
    const world = under({ receivedUntil: { days: 3 }, closed: null }, '2026-04-29T15:00:00+09:00');
    const [a, b] = [await world.subscription(), await world.subscription()];
    expect(await give(world, a, b, 500 * MB)).toBe('claimed');
    const ends = async () => (await world.balance(b.subscriptionId)).buckets[1]?.expiresAt?.toString();
    expect(await ends()).toBe('2026-05-02T15:00:00Z');
    world.clock.freeze('2026-05-02T23:59:59+09:00');
    await world.run();
    expect(await world.left(b.subscriptionId)).toMatchObject({ gift: 500 * MB });
    world.clock.freeze('2026-05-03T00:00:00+09:00');
    await world.run();
    expect(await world.left(b.subscriptionId)).toEqual({ 'carry-over': 3 * GB, base: 3 * GB });
    expect((await world.balance(b.subscriptionId)).totalBytes).toBe(6 * GB);
  });

  test('as what it came from: two origins keep two ends, through a link too', async () => {
    const world = under({ sourceKinds: ['carry-over', 'base'], receivedUntil: 'original' });
    const [a, b] = [await world.subscription(), await world.subscription()];
    await world.data.correct({
      requestId: newId(),
      subscriptionId: a.subscriptionId,
      amountBytes: 500 * MB,
      into: { bucket: 'carry-over', expiresAt: '2026-05-01T00:00:00+09:00' },
      reason: 'for a test',
      askedBy: 'agent',
      approvedBy: 'supervisor',
    });
    const given = await offer(world, a, GB, { way: 'share-link' });
    expect(await claim(world, 'giftId' in given ? given.giftId : '', a, b)).toMatchObject({ result: 'claimed' });
    const { buckets } = await world.balance(b.subscriptionId);
    expect(buckets[1]?.lots.map((lot) => [lot.remainingBytes, lot.expiresAt.toString()])).toEqual([
      [500 * MB, '2026-04-30T15:00:00Z'],
      [500 * MB, '2026-05-31T15:00:00Z'],
    ]);
  });
});

describe('what was received', () => {
  const anything = { sourceKinds: ['gift', 'base'], receivedUntil: 'next-month-end' } as const;

  test('is given on where the policy says so, and keeps no longer than a gift of today', async () => {
    const world = under({ ...anything, canRegift: true });
    const [a, b, c] = [await world.subscription(), await world.subscription(), await world.subscription()];
    expect(await give(world, a, b, 500 * MB)).toBe('claimed');
    expect(await give(world, b, c, 500 * MB)).toBe('claimed');
    expect(await world.left(b.subscriptionId)).toEqual({ base: 3 * GB });
    expect(await world.left(c.subscriptionId)).toEqual({ gift: 500 * MB, base: 3 * GB });
  });

  test('is not given on where it does not, though gifts are among the kinds', async () => {
    const world = under({ ...anything, canRegift: false, limitPerMonth: null });
    const [a, b, c] = [await world.subscription(), await world.subscription(), await world.subscription()];
    expect(await give(world, a, b, 500 * MB)).toBe('claimed');
    expect(await give(world, b, c, 3_500 * MB)).toBe('not-enough-base');
    expect(await give(world, b, c, 3_000 * MB)).toBe('claimed');
    expect(await world.left(b.subscriptionId)).toEqual({ gift: 500 * MB });
  });
});
