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
  const jobs = (tell: (event: NetworkEvent) => Promise<void>) =>
    deliverNetworkEvents({ db: database.db, network: { tell } });
  const delivered = (tell: (event: NetworkEvent) => Promise<void>) => jobs(tell)[0]?.run(now());
  /** What was not taken, when its time has come. */
  const deliveredAgain = (tell: (event: NetworkEvent) => Promise<void>) => jobs(tell)[1]?.run(now());
  const count = async (where: string) =>
    (await world.sql.query<{ count: number }>(`select count(*)::integer as count from network_event where ${where}`))[0]
      ?.count ?? 0;
  const later = (seconds: number) => world.clock.freeze(now().add({ seconds }).toString());

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
    later(3);
    await deliveredAgain(async () => undefined);
    await delivered(async () => undefined);
    expect(await count(`state = 'waiting'`)).toBe(0);
  });

  test('is told many at once, of one subscription in order and none twice; what it does not take holds up that one alone', async () => {
    for (let n = 0; n < 4; n += 1) {
      const { subscriptionId } = await world.subscription({ planCode: 'p500m' });
      await use(subscriptionId, 500 * MB);
      await world.data.topUp({ requestId: newId(), subscriptionId, amountBytes: GB });
    }
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
    await expect(delivered(tell)).rejects.toThrow(`${refused} (not this one)`);
    expect(await count(`state = 'waiting'`)).toBe(2);
    expect(await count(`state = 'waiting' and subscription_id = '${refused}'`)).toBe(2);
    expect([most > 1, most <= 32]).toEqual([true, true]);
    expect(heard[0]?.payload).toMatchObject({ kbps: 200 });

    // Its time has not come, and what happens to it meanwhile waits behind it.
    const listen = async (event: NetworkEvent) => void heard.push(event);
    await use(refused, GB);
    expect([await delivered(listen), await deliveredAgain(listen)]).toEqual([0, 0]);
    later(3);
    expect([await delivered(listen), await deliveredAgain(listen)]).toEqual([0, 3]);
    expect(new Set(heard.map(({ id }) => id)).size).toBe(heard.length);
    for (const [subscriptionId, events] of Map.groupBy(heard, (event) => event.subscriptionId)) {
      expect(events.map(({ type }) => type.replace('data.throttle.', ''))).toEqual(await told(subscriptionId));
    }
    // From now on it goes with all others.
    await world.data.topUp({ requestId: newId(), subscriptionId: refused, amountBytes: GB });
    expect(await delivered(listen)).toBe(1);
  });

  describe('that never takes the events of some subscriptions', () => {
    const listen = async () => undefined;
    async function happened(subscriptionId: string, times: number) {
      await world.sql.query(
        `insert into network_event (network_event_id, type, subscription_id, at, payload)
         select gen_random_uuid(), 'data.throttle.lifted', $1, $2, '{}' from generate_series(1, $3)`,
        [subscriptionId, now().toString(), times],
      );
    }

    test('is told of all others at once, though the portion is full of them', async () => {
      const stuck = Array.from({ length: 100 }, () => newId());
      for (const id of stuck) await happened(id, 6);
      const tries = new Map<string, number>();
      const heard: string[] = [];
      const tell = async ({ subscriptionId }: NetworkEvent) => {
        tries.set(subscriptionId, (tries.get(subscriptionId) ?? 0) + 1);
        if (stuck.includes(subscriptionId)) throw new Error('never');
        heard.push(subscriptionId);
      };
      const other = newId();
      await happened(other, 1);
      // A run that finds so many of them in a row takes the program to be away; the next begins behind them.
      for (let runs = 0; runs < 4 && heard.length === 0; runs += 1) await delivered(tell)?.catch(() => undefined);
      expect(heard).toEqual([other]);
      expect([...tries.values()].every((each) => each === 1)).toBe(true);

      // A minute of two-second looks at both.
      for (let passed = 0; passed < 60; passed += 2) {
        later(2);
        const another = newId();
        await happened(another, 1);
        await deliveredAgain(tell)?.catch(() => undefined);
        await delivered(tell);
        expect(heard.at(-1)).toBe(another);
      }
      // After 2, 4, 8, 16 and 32 seconds, or up to half as much more.
      for (const id of stuck) expect(tries.get(id)).toBeGreaterThanOrEqual(3);
      for (const id of stuck) expect(tries.get(id)).toBeLessThanOrEqual(6);

      later(120);
      while ((await count(`state = 'waiting'`)) > 0) {
        await deliveredAgain(listen);
        await delivered(listen);
      }
      expect(await world.sql.query('select 1 from untold_subject')).toEqual([]);
    });

    test('forgets that it did not, when somebody has put them out of the way', async () => {
      const stuck = newId();
      await happened(stuck, 2);
      const never = async () => {
        throw new Error('never');
      };
      await expect(delivered(never)).rejects.toThrow('never');
      await world.sql.query('delete from network_event where subscription_id = $1', [stuck]);
      later(3);
      await deliveredAgain(listen);
      expect(await world.sql.query('select 1 from untold_subject')).toEqual([]);
    });

    test('and not others at first is told those again, while the rest goes on', async () => {
      const subjects = Array.from({ length: 1_200 }, () => newId());
      for (const id of subjects) await happened(id, 1);
      let tries = 0;
      await expect(
        delivered(async () => {
          tries += 1;
          if (tries % 10 === 0) throw new Error('not now');
        }),
      ).rejects.toThrow('others: 119');
      expect([tries, await count(`state = 'waiting'`)]).toEqual([1_200, 120]);
      later(3);
      expect(await deliveredAgain(listen)).toBe(120);
    });
  });
});
