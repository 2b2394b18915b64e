import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testDatabase } from '../../../../tests/support/database.ts';
import { createGiftWorld, type GiftWorld } from '../../../../tests/support/gift-world.ts';
import { GB, MB } from '../../../base/bytes.ts';
import { newId } from '../../../base/ids.ts';
import type { Database } from '../../../infra/db/index.ts';
import { deliverNetworkEvents } from './network.ts';
import type { NetworkEvent } from './network-store.ts';
import { throttledUntil } from './throttle-store.ts';

let database: Database;
let world: GiftWorld;

beforeAll(async () => {
  database = await testDatabase();
  world = createGiftWorld(database, '2026-04-10T12:00:00+09:00');
});
afterAll(async () => {
  await world.close();
  await database.close();
});

function use(subscriptionId: string, bytes: number, isZeroRated = false) {
  const amount = { mode: 'delta' as const, bytes };
  const endedAt = world.clock.now().toString();
  return world.data.recordUse({ requestId: newId(), subscriptionId, endedAt, isZeroRated, amount });
}

/** What the network was told of a subscription, in order. */
async function told(subscriptionId: string): Promise<string[]> {
  const rows = await world.sql.query<{ type: string }>(
    'select type from network_event where subscription_id = $1 order by position',
    [subscriptionId],
  );
  return rows.map(({ type }) => type.replace('data.throttle.', ''));
}

async function slowedUntil(subscriptionId: string): Promise<string | undefined> {
  const slowed = await throttledUntil(world.sql, [subscriptionId], world.clock.now());
  return slowed.get(subscriptionId)?.toString();
}

describe('a subscription is slowed', () => {
  test('when use leaves nothing, once however much more is used, until the month’s end', async () => {
    const { subscriptionId } = await world.subscription({ planCode: 'p500m' });
    await use(subscriptionId, 499 * MB);
    expect(await told(subscriptionId)).toEqual([]);
    await use(subscriptionId, 1 * MB);
    await Promise.all(Array.from({ length: 20 }, () => use(subscriptionId, 1 * MB)));
    expect(await told(subscriptionId)).toEqual(['set']);
    expect(await slowedUntil(subscriptionId)).toBe('2026-04-30T15:00:00Z');
  });

  test('not by use that draws nothing', async () => {
    const { subscriptionId } = await world.subscription({ planCode: 'p500m' });
    await use(subscriptionId, 600 * MB, true);
    await use(subscriptionId, 0);
    expect(await told(subscriptionId)).toEqual([]);
  });

  test('not by giving everything away, but by the first use after it', async () => {
    const [sender, receiver] = [await world.subscription({ planCode: 'p500m' }), await world.subscription()];
    await world.gifts.giveDirectly({
      requestId: newId(),
      senderSubscriptionId: sender.subscriptionId,
      receiverSubscriptionId: receiver.subscriptionId,
      amountBytes: 500 * MB,
    });
    expect(await told(sender.subscriptionId)).toEqual([]);
    await use(sender.subscriptionId, 1 * MB);
    expect(await told(sender.subscriptionId)).toEqual(['set']);
  });
});

describe('it is lifted at once', () => {
  async function slowed() {
    const made = await world.subscription({ planCode: 'p500m' });
    await use(made.subscriptionId, 500 * MB);
    return made;
  }

  test('by a top-up, and slowed again when that is used', async () => {
    const { subscriptionId } = await slowed();
    await world.data.topUp({ requestId: newId(), subscriptionId, amountBytes: GB });
    expect(await slowedUntil(subscriptionId)).toBeUndefined();
    await use(subscriptionId, GB);
    expect(await told(subscriptionId)).toEqual(['set', 'lifted', 'set']);
  });

  test('by a correction that adds', async () => {
    const { subscriptionId } = await slowed();
    await world.correct(subscriptionId, MB);
    expect(await told(subscriptionId)).toEqual(['set', 'lifted']);
  });

  test('by a gift that is received', async () => {
    const { subscriptionId } = await slowed();
    const sender = await world.subscription();
    await world.gifts.giveDirectly({
      requestId: newId(),
      senderSubscriptionId: sender.subscriptionId,
      receiverSubscriptionId: subscriptionId,
      amountBytes: 500 * MB,
    });
    expect(await told(subscriptionId)).toEqual(['set', 'lifted']);
    expect(await told(sender.subscriptionId)).toEqual([]);
  });

  test('by a gift that comes back', async () => {
    const sender = await world.subscription({ planCode: 'p3' });
    const offered = await world.gifts.offerGift({
      requestId: newId(),
      senderSubscriptionId: sender.subscriptionId,
      senderLineUserId: sender.lineUserId,
      amountBytes: 3 * GB,
      way: 'share-link',
      receiverSubscriptionId: null,
    });
    if (!offered.ok || offered.answer.result !== 'offered') throw new Error('not offered');
    await use(sender.subscriptionId, 1 * MB);
    await world.gifts.returnGift({
      requestId: newId(),
      gift: {
        giftId: offered.answer.giftId,
        senderSubscriptionId: sender.subscriptionId,
        receiverSubscriptionId: null,
      },
      reason: 'taken-back',
      byLineUserId: sender.lineUserId,
    });
    expect(await told(sender.subscriptionId)).toEqual(['set', 'lifted']);
  });

  test('by the turn of the month', async () => {
    const { subscriptionId } = await slowed();
    world.clock.freeze('2026-05-01T00:00:10+09:00');
    expect(await slowedUntil(subscriptionId)).toBeUndefined();
    await world.run();
    expect(await told(subscriptionId)).toEqual(['set', 'lifted']);
  });
});

test('what many commands at once did to one subscription is told as its outcome', async () => {
  const { subscriptionId } = await world.subscription({ planCode: 'p500m' });
  await Promise.all([
    ...Array.from({ length: 20 }, () => use(subscriptionId, 100 * MB)),
    ...Array.from({ length: 5 }, () => world.data.topUp({ requestId: newId(), subscriptionId, amountBytes: 100 * MB })),
  ]);
  const types = await told(subscriptionId);
  // 1,000 MB were there for 2,000 MB of use, in whatever order: it never ends with a lift unless something is left.
  const { totalBytes } = await world.balance(subscriptionId);
  expect(types.at(-1) === 'set').toBe(totalBytes === 0);
  for (const [index, type] of types.entries()) expect(type).toBe(index % 2 === 0 ? 'set' : 'lifted');
});

describe('the network', () => {
  const now = () => world.clock.now();
  const delivered = (tell: (event: NetworkEvent) => Promise<void>) =>
    deliverNetworkEvents({ db: database.db, network: { tell } }).run(now());
  const count = async (where: string) =>
    (await world.sql.query<{ count: number }>(`select count(*)::integer as count from network_event where ${where}`))[0]
      ?.count ?? 0;

  beforeAll(async () => {
    for (let n = 0; n < 4; n += 1) {
      const { subscriptionId } = await world.subscription({ planCode: 'p500m' });
      await use(subscriptionId, 500 * MB);
      await world.data.topUp({ requestId: newId(), subscriptionId, amountBytes: GB });
      await use(subscriptionId, GB);
    }
  });

  test('that takes nothing is soon left alone, and told later', async () => {
    const waiting = await count(`state = 'waiting'`);
    let tries = 0;
    const away = async () => {
      tries += 1;
      throw new Error('away');
    };
    await expect(delivered(away)).rejects.toThrow('away');
    expect([tries <= 32, await count(`state = 'waiting'`)]).toEqual([true, waiting]);
  });

  test('is told many at once, of one subscription in order and none twice; what it does not take holds up that one alone', async () => {
    const refused = (await world.subscription({ planCode: 'p500m' })).subscriptionId;
    await use(refused, 500 * MB);
    await world.data.topUp({ requestId: newId(), subscriptionId: refused, amountBytes: GB });
    const heard: NetworkEvent[] = [];
    let underWay = 0;
    let most = 0;
    const tell = async (event: NetworkEvent) => {
      underWay += 1;
      most = Math.max(most, underWay);
      // What comes first takes longer, so that only waiting for it keeps the order.
      for (let turns = event.type === 'data.throttle.set' ? 9 : 1; turns > 0; turns -= 1)
        await new Promise(setImmediate);
      underWay -= 1;
      if (event.subscriptionId === refused) throw new Error('not this one');
      heard.push(event);
    };
    await expect(delivered(tell)).rejects.toThrow('not this one');
    expect(await count(`state = 'waiting'`)).toBe(2);
    expect(await count(`state = 'waiting' and subscription_id = '${refused}'`)).toBe(2);
    expect([most > 1, most <= 32]).toEqual([true, true]);
    expect(heard[0]?.payload).toMatchObject({ kbps: 200 });

    expect(await delivered(async (event) => void heard.push(event))).toBe(2);
    expect(new Set(heard.map(({ id }) => id)).size).toBe(heard.length);
    for (const [subscriptionId, events] of Map.groupBy(heard, (event) => event.subscriptionId)) {
      expect(events.map(({ type }) => type.replace('data.throttle.', ''))).toEqual(await told(subscriptionId));
    }
    expect(await delivered(async (event) => void heard.push(event))).toBe(0);
  });
});
