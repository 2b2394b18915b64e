import { newId } from '../src/base/ids.ts';
import { callersFor, type Measured, spread } from './load.ts';
import type { Tally } from './sound.ts';
import type { Comparison } from './table.ts';
import type { World } from './world.ts';

const BUYERS = 16;

/** A large job, and what people notice of it who buy a byte each, again and again: before it, and meanwhile. */
export interface Meanwhile {
  readonly before: Measured;
  /** How long the job took. */
  readonly tookMs: number;
  readonly others: Measured;
}

/** @param job answers how many it did; that many are expected. */
export async function measureMeanwhile(
  world: World,
  tally: Tally,
  {
    seconds,
    expected,
    prepare,
    job,
  }: {
    seconds: number;
    expected: number;
    /** After the time before it: moves the clock. */
    prepare: () => void | Promise<void>;
    job: () => Promise<number>;
  },
): Promise<Meanwhile> {
  async function buy(): Promise<void> {
    const bought = await world.data.topUp({ requestId: newId(), subscriptionId: world.one(), amountBytes: 1 });
    if (!bought.ok || bought.answer.result !== 'changed') throw new Error(`not bought: ${JSON.stringify(bought)}`);
    tally.answered += 1;
    tally.bytes += 1n;
  }
  const before = await callersFor(seconds, BUYERS, buy);
  await prepare();
  let isGoing = true;
  const latencies: number[] = [];
  const others = Array.from({ length: BUYERS }, async () => {
    while (isGoing) {
      const asked = performance.now();
      await buy();
      latencies.push(performance.now() - asked);
    }
  });
  const began = performance.now();
  const done = await job();
  const tookMs = performance.now() - began;
  isGoing = false;
  await Promise.all(others);
  if (done !== expected) throw new Error(`${done} of ${expected} were done`);
  if ((await job()) !== 0) throw new Error('something was done twice');
  return { before, tookMs, others: { ...spread(latencies), perSecond: (latencies.length * 1_000) / tookMs } };
}

/** So many done in so long, as a line of the table shows it. */
export const whole = (count: number, ms: number): Measured => ({
  perSecond: (count * 1_000) / ms,
  p50Ms: ms,
  p99Ms: ms,
});

export function othersLine({ before, others }: Meanwhile): Comparison {
  return {
    path: `top-ups of ${BUYERS} people meanwhile`,
    measured: others,
    baseline: { name: `before it (p99 ${before.p99Ms.toFixed(1)} ms)`, perSecond: before.perSecond },
  };
}
