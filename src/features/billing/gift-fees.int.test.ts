import { afterAll, beforeAll, expect, test } from 'vitest';
import { testDatabase } from '../../../tests/support/database.ts';
import { createGiftWorld, type GiftWorld } from '../../../tests/support/gift-world.ts';
import { testOperator } from '../../../tests/support/operator.ts';
import { MB } from '../../base/bytes.ts';
import { newId } from '../../base/ids.ts';
import type { Database } from '../../infra/db/index.ts';
import { recordGiftFees } from './gift-fee-store.ts';

let database: Database;
let world: GiftWorld;

beforeAll(async () => {
  database = await testDatabase();
  const giftPolicy = { ...testOperator.giftPolicy, feeYen: 110 };
  world = createGiftWorld(database, '2026-04-10T12:00:00+09:00', { ...testOperator, giftPolicy }, recordGiftFees);
});
afterAll(async () => {
  await world.close();
  await database.close();
});

async function fees(contractorId: string): Promise<number[]> {
  const rows = await world.sql.query<{ yen: number }>(
    `select amount_yen as yen from bill_charge where contractor_id = $1 and kind = 'gift-fee' order by recorded_at, amount_yen desc`,
    [contractorId],
  );
  return rows.map(({ yen }) => yen);
}

const offer = (of: { subscriptionId: string; lineUserId: string }, requestId = newId()) =>
  world.gifts.offerGift({
    requestId,
    senderSubscriptionId: of.subscriptionId,
    senderLineUserId: of.lineUserId,
    amountBytes: 500 * MB,
    way: 'share-link',
    receiverSubscriptionId: null,
  });

test('a gift is charged when it is offered, once, to the contract it is given from', async () => {
  const [sender, receiver] = [await world.subscription(), await world.subscription()];
  const requestId = newId();
  await Promise.all([offer(sender, requestId), offer(sender, requestId)]);
  await world.gifts.giveDirectly({
    requestId: newId(),
    senderSubscriptionId: sender.subscriptionId,
    receiverSubscriptionId: receiver.subscriptionId,
    amountBytes: 500 * MB,
  });
  expect(await fees(sender.contractorId)).toEqual([110, 110]);
  expect(await fees(receiver.contractorId)).toEqual([]);
});

test('a gift that comes back unclaimed costs nothing in the end', async () => {
  const sender = await world.subscription();
  await offer(sender);
  world.clock.advance('PT73H');
  await world.run();
  expect(await fees(sender.contractorId)).toEqual([110, -110]);
});

test('a gift that is refused costs nothing', async () => {
  const sender = await world.subscription({ planCode: 'p500m' });
  await offer(sender);
  await offer(sender);
  expect(await fees(sender.contractorId)).toEqual([110]);
});
