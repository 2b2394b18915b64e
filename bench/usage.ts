import { randomInt } from 'node:crypto';
import { newId } from '../src/base/ids.ts';
import { type RecordOutcome, takeRecords } from '../src/features/data/usage/feed.ts';
import { callersFor, inTurns, type Measured } from './load.ts';
import { useNaively } from './naive/usage.ts';
import { bestPool } from './pools.ts';
import type { Question } from './question.ts';
import type { Tally } from './sound.ts';
import type { World } from './world.ts';

const BATCH = 5_000;
const WORLD_NOON_MS = Date.parse('2026-04-10T12:00:00+09:00');

/** A record as the network sends it; one in twenty is sent a second time. */
function record(world: World) {
  return {
    specversion: '1.0',
    id: newId(),
    source: '/radius/bench',
    type: 'example.mobile.data.usage',
    subject: world.one(),
    // Of the last hour before the world's noon, to the second.
    time: new Date(WORLD_NOON_MS - randomInt(3_600) * 1_000).toISOString(),
    data: { mode: 'delta', uplinkBytes: randomInt(1, 1_000), downlinkBytes: randomInt(1, 100_000) },
  };
}

/** Records in batches, two on their way: while one is counted the next is read. */
export function feedFor(seconds: number, world: World, tally: Tally): Promise<Measured> {
  const { sql, data: actions, calendar, clock } = world;
  const feed = { sql, actions, calendar, now: () => clock.now() };
  function count(outcome: RecordOutcome) {
    if (outcome.status !== 'accepted' && outcome.status !== 'duplicate') {
      throw new Error(`a usage record was answered with ${JSON.stringify(outcome)}`);
    }
    if (outcome.status === 'duplicate') return;
    tally.answered += 1;
    tally.bytes -= BigInt(outcome.used.drawnBytes);
  }
  async function ask() {
    const fresh = Array.from({ length: BATCH * 0.95 }, () => record(world));
    const repeated = fresh.slice(0, BATCH * 0.05);
    for (const outcome of await takeRecords(feed, [...fresh, ...repeated])) count(outcome);
  }
  return callersFor(seconds, 2, ask, BATCH);
}

/** What does a usage record cost, counted once and drawn down? In batches, against row by row. */
export const usage: Question = async (world, tally, { seconds, rounds }) => {
  const rowByRow = async (pool: Parameters<typeof useNaively>[0]) => {
    const { drawnBytes } = await useNaively(pool, world.clock, record(world));
    tally.answered += 1;
    tally.bytes -= BigInt(drawnBytes);
  };
  const best = await bestPool(world.bench, [1, 8, 16], 32, rowByRow);
  const { batched, naive } = await inTurns(rounds, {
    batched: () => feedFor(seconds, world, tally),
    naive: () => callersFor(seconds, 32, () => rowByRow(best.pool)),
  });
  await best.close();
  return [
    {
      path: `usage records, batches of ${BATCH.toLocaleString('en')} (p50, p99: a batch)`,
      measured: batched,
      baseline: { name: `row by row (${best.size} connections, its best)`, perSecond: naive.perSecond },
      goal: { perSecond: 30_000, ratio: 25 },
    },
  ];
};
