import { give } from './gift.ts';
import { callersFor, median } from './load.ts';
import type { Question } from './question.ts';

/** What does a lone gift wait for? Against the smallest transaction of pgbench. */
export const giftAlone: Question = async (world, tally, { seconds, rounds, simpleUpdate }) => {
  const alone = [];
  const simple = [];
  for (let round = 0; round < rounds; round++) {
    alone.push(await callersFor(seconds, 1, () => give(world, tally, world.pair())));
    simple.push(await simpleUpdate());
  }
  const reference = simple.toSorted((a, b) => a.perSecond - b.perSecond)[Math.floor(simple.length / 2)];
  if (reference === undefined) throw new Error('nothing was measured');
  return [
    {
      path: 'gift, one at a time',
      measured: median(alone),
      baseline: { name: `simple-update by ${reference.by} (1 client)`, perSecond: reference.perSecond },
      // Twice its time.
      goal: { ratio: 0.5 },
    },
  ];
};
