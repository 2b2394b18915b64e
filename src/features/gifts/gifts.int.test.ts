import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { testDatabase } from '../../../tests/support/database.ts';
import { createGiftWorld, type GiftWorld } from '../../../tests/support/gift-world.ts';
import { GB, MB } from '../../base/bytes.ts';
import { newId } from '../../base/ids.ts';
import type { Database } from '../../infra/db/index.ts';

let database: Database;
let world: GiftWorld;

beforeAll(async () => {
  database = await testDatabase();
  world = createGiftWorld(database, '2026-04-10T12:00:00+09:00');
});
afterEach(async () => expect(await world.faults()).toEqual([]));
afterAll(async () => {
  await world.ledger.stop();
  await database.close();
});

test('a gift given directly: base goes down, the receiver has it until the month ends, both are told once', async () => {
  const a = await world.subscription({ name: 'たろう' });
  const b = await world.subscription({ name: 'けん', planCode: 'p500m' });
  const asked = {
    requestId: newId(),
    senderSubscriptionId: a.subscriptionId,
    receiverSubscriptionId: b.subscriptionId,
    amountBytes: 500 * MB,
  };
  const first = await world.gifts.giveDirectly(asked);
  const second = await world.gifts.giveDirectly(asked);
  expect(first).toMatchObject({ ok: true, isReplay: false, answer: { result: 'claimed', amountBytes: 500 * MB } });
  expect(second).toEqual({ ...first, isReplay: true });
  expect(await world.left(a.subscriptionId)).toEqual({ base: 2_500 * MB });
  expect(await world.left(b.subscriptionId)).toEqual({ gift: 500 * MB, base: 500 * MB });
  expect(await world.messagesTo(a.lineUserId)).toEqual(['けんさんが500MBのデータを受け取りました']);
  expect(await world.messagesTo(b.lineUserId)).toEqual(['たろうさんから500MBのデータを受け取りました (4月30日まで)']);
});

test('a gift by share link is set aside at once and claimed by one', async () => {
  const a = await world.subscription();
  const b = await world.subscription();
  const offered = await world.gifts.offerGift({
    requestId: newId(),
    senderSubscriptionId: a.subscriptionId,
    senderLineUserId: a.lineUserId,
    amountBytes: GB,
    way: 'share-link',
    receiverSubscriptionId: null,
  });
  expect(await world.left(a.subscriptionId)).toEqual({ base: 2 * GB });
  if (!offered.ok || offered.answer.result !== 'offered') throw new Error('not offered');
  const claimed = await world.gifts.claimGift({
    requestId: newId(),
    gift: { giftId: offered.answer.giftId, senderSubscriptionId: a.subscriptionId },
    receiverSubscriptionId: b.subscriptionId,
    receiverLineUserId: b.lineUserId,
  });
  expect(claimed).toMatchObject({ ok: true, answer: { result: 'claimed' } });
  expect(await world.left(b.subscriptionId)).toEqual({ gift: GB, base: 3 * GB });
});
