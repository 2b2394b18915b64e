import { readBalances } from '../src/features/data/balance/balance.ts';
import { createBalanceReader } from '../src/features/data/balance/balance-reader.ts';
import { preparedRunnerOf } from '../src/infra/db/index.ts';
import { callersFor, inTurns } from './load.ts';
import type { Question } from './question.ts';
import type { World } from './world.ts';

/** Look-ups gathered by turn of the event loop. */
export function readerOf({ bench, calendar, clock }: World): (subscriptionId: string) => Promise<unknown> {
  return createBalanceReader({ sql: preparedRunnerOf(bench.database.pool), calendar, now: () => clock.now() });
}

/** What does it cost to look up what is left? Gathered by turn of the event loop, against one query each. */
export const balance: Question = async (world, _, { seconds, rounds }) => {
  const { calendar, clock } = world;
  const read = readerOf(world);
  const opened = [4, 8, 16].map((size) => ({ size, database: world.bench.open(size) }));
  const each = (sql: typeof world.sql) => () =>
    callersFor(seconds, 512, () => readBalances(sql, [world.one()], { now: clock.now(), calendar }));

  let best: { size: number; perSecond: number; ask: () => ReturnType<typeof callersFor> } | undefined;
  for (const { size, database } of opened) {
    const ask = each(preparedRunnerOf(database.pool));
    const { perSecond } = await ask();
    if (best === undefined || perSecond > best.perSecond) best = { size, perSecond, ask };
  }
  if (best === undefined) throw new Error('no number of connections to try');
  const { gathered, single } = await inTurns(rounds, {
    gathered: () => callersFor(seconds, 512, () => read(world.one())),
    single: best.ask,
  });
  await Promise.all(opened.map(({ database }) => database.close()));
  return [
    {
      path: 'balance, 512 waiting',
      measured: gathered,
      baseline: { name: `one look-up each (${best.size} connections, its best)`, perSecond: single.perSecond },
      goal: { perSecond: 60_000, ratio: 6 },
    },
  ];
};
