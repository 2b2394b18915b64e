import { newId } from '../src/base/ids.ts';
import { callersFor, inTurns, WARM_UP_SECONDS } from './load.ts';
import { giveNaively } from './naive/gift.ts';
import { GIFT_BYTES } from './operator.ts';
import { bestPool } from './pools.ts';
import type { Question } from './question.ts';
import type { Tally } from './sound.ts';
import type { World } from './world.ts';

type Sides = { from: string; to: string };

/** One gift through the real path, counted; anything but a gift ends the run. */
export async function give({ gifts }: World, tally: Tally, { from, to }: Sides): Promise<void> {
  const submitted = await gifts.giveDirectly({
    requestId: newId(),
    senderSubscriptionId: from,
    receiverSubscriptionId: to,
    amountBytes: GIFT_BYTES,
  });
  if (!submitted.ok || submitted.answer.result !== 'claimed') {
    throw new Error(`a gift was answered with ${JSON.stringify(submitted)}`);
  }
  tally.answered += 1;
  tally.gifts += 1;
}

/** What does a gift cost, given and received in one? Against one interactive transaction each, and against TPC-B. */
export const gift: Question = async (world, tally, { seconds, rounds, tpcB }) => {
  const waiting = 512;
  const naively = async (pool: Parameters<typeof giveNaively>[0]) => {
    const outcome = await giveNaively(pool, world.clock, {
      requestId: newId(),
      ...world.pair(),
      amountBytes: GIFT_BYTES,
    });
    if (outcome !== 'given') throw new Error(`a gift was ${outcome}`);
    tally.answered += 1;
    tally.gifts += 1;
  };
  const best = await bestPool(world.bench, [4, 8, 16, 32], waiting, naively);
  await callersFor(WARM_UP_SECONDS, waiting, () => give(world, tally, world.pair()));
  const reference = await tpcB();
  const { batched, naive, known } = await inTurns(rounds, {
    batched: () => callersFor(seconds, waiting, () => give(world, tally, world.pair())),
    naive: () => callersFor(seconds, waiting, () => naively(best.pool)),
    known: reference.measure,
  });
  await best.close();
  const path = `gift, ${waiting} waiting`;
  return [
    {
      path,
      measured: batched,
      baseline: { name: `one transaction each (${best.size} connections, its best)`, perSecond: naive.perSecond },
      goal: { ratio: 10 },
    },
    {
      path,
      measured: batched,
      baseline: {
        name: `TPC-B by ${reference.by} (${reference.clients} clients, its best)`,
        perSecond: known.perSecond,
      },
      goal: { ratio: 3 },
    },
  ];
};
