import { give } from './gift.ts';
import { callersFor, inTurns } from './load.ts';
import type { Question } from './question.ts';

/** What does a lone gift wait for? Against the smallest transaction of pgbench. */
export const giftAlone: Question = async (world, tally, { seconds, rounds, simpleUpdate }) => {
  const reference = simpleUpdate();
  const { alone, simple } = await inTurns(rounds, {
    alone: () => callersFor(seconds, 1, () => give(world, tally, world.pair())),
    simple: reference.measure,
  });
  return [
    {
      path: 'gift, one at a time',
      measured: alone,
      baseline: { name: `simple-update by ${reference.by} (1 client)`, perSecond: simple.perSecond },
      // Twice its time.
      goal: { ratio: 0.5 },
    },
  ];
};
