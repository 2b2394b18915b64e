import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../src/base/ids.ts';
import { type Database, runnerOf } from '../../src/infra/db/index.ts';
import { verifyLedger } from '../../src/ledger/index.ts';
import { testDatabase } from '../support/database.ts';
import { createGiftWorld, type GiftWorld } from '../support/gift-world.ts';

const ROUNDS = 200;
const LAST = 500_000_000;

let database: Database;
let world: GiftWorld;
beforeAll(async () => {
  database = await testDatabase({ poolSize: 12 });
  world = createGiftWorld(database, '2026-11-18T03:00:00Z');
});
afterAll(async () => {
  expect(await verifyLedger(runnerOf(database.db))).toEqual([]);
  await world.close();
  await database.close();
});

test.each([2, 20, 50])(
  `%i at once for the last 500 MB, through two ledgers on one database, ${ROUNDS} times: one has it, the others are told`,
  async (atOnce) => {
    const ways = [world.gifts, world.giftsOn(world.otherLedger())];
    const receiver = await world.subscription();
    for (let round = 0; round < ROUNDS; round += 1) {
      const sender = await world.subscription({ planCode: 'p500m' });
      const answers = await Promise.all(
        Array.from({ length: atOnce }, (_, index) =>
          (ways[index % ways.length] ?? world.gifts).giveDirectly({
            requestId: newId(),
            senderSubscriptionId: sender.subscriptionId,
            receiverSubscriptionId: receiver.subscriptionId,
            amountBytes: LAST,
          }),
        ),
      );
      const results = answers.map((answer) => (answer.ok ? answer.answer.result : answer.code));
      expect(results.filter((result) => result === 'claimed')).toHaveLength(1);
      expect(results.filter((result) => result === 'refused')).toHaveLength(atOnce - 1);
      expect(await world.left(sender.subscriptionId)).toEqual({});
    }
    expect(await world.left(receiver.subscriptionId)).toMatchObject({ gift: ROUNDS * LAST });
  },
);
