import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LedgerBusy } from './errors.ts';
import { createLane } from './lane.ts';

/** A lane whose batches end when the test says so. */
function steppedLane(limits: { batchSize: number; capacity: number }) {
  const batches: number[][] = [];
  let idleCount = 0;
  let finish: () => void = () => undefined;
  const lane = createLane<number>({
    ...limits,
    run(batch) {
      batches.push([...batch]);
      return new Promise((done) => {
        finish = done;
      });
    },
    onIdle() {
      idleCount += 1;
    },
  });
  return {
    lane,
    batches,
    idleCount: () => idleCount,
    async turn() {
      await new Promise(setImmediate);
    },
    async finishBatch() {
      finish();
      await new Promise(setImmediate);
      await new Promise(setImmediate);
    },
  };
}

describe('a lane', () => {
  test('a lone item goes at once; what comes meanwhile goes together', async () => {
    const { lane, batches, turn, finishBatch, idleCount } = steppedLane({ batchSize: 10, capacity: 10 });
    lane.add(1);
    await turn();
    expect(batches).toEqual([[1]]);
    for (const item of [2, 3, 4]) lane.add(item);
    expect(batches).toEqual([[1]]);
    await finishBatch();
    expect(batches).toEqual([[1], [2, 3, 4]]);
    expect(idleCount()).toBe(0);
    await finishBatch();
    expect(idleCount()).toBe(1);
  });

  test('what is added in one turn goes together from the start', async () => {
    const { lane, batches, turn } = steppedLane({ batchSize: 10, capacity: 10 });
    for (const item of [1, 2, 3]) lane.add(item);
    await turn();
    expect(batches).toEqual([[1, 2, 3]]);
  });

  test('is bounded: one too many is refused, and there is room again once a batch has left', async () => {
    const { lane, turn, batches, finishBatch } = steppedLane({ batchSize: 1, capacity: 2 });
    lane.add(1);
    await turn();
    lane.add(2);
    lane.add(3);
    expect(() => lane.add(4)).toThrow(LedgerBusy);
    await finishBatch();
    lane.add(5);
    expect(batches).toEqual([[1], [2]]);
  });

  test('stopping finishes what is queued and refuses what comes after', async () => {
    const { lane, turn, finishBatch, batches } = steppedLane({ batchSize: 1, capacity: 9 });
    lane.add(1);
    await turn();
    lane.add(2);
    let isStopped = false;
    const stopped = lane.stop().then(() => {
      isStopped = true;
    });
    expect(() => lane.add(3)).toThrow(LedgerBusy);
    await finishBatch();
    expect(isStopped).toBe(false);
    await finishBatch();
    await stopped;
    expect(batches).toEqual([[1], [2]]);
  });

  test('every item goes once, in order, never more than a batch at a time', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 7 }),
        fc.array(fc.nat(9), { maxLength: 30 }),
        async (batchSize, gaps) => {
          const batches: number[][] = [];
          const lane = createLane<number>({
            batchSize,
            capacity: 1_000,
            async run(batch) {
              batches.push([...batch]);
              await new Promise(setImmediate);
            },
            onIdle: () => undefined,
          });
          for (const [item, gap] of gaps.entries()) {
            lane.add(item);
            if (gap === 0) await new Promise(setImmediate);
          }
          await lane.stop();
          expect(batches.flat()).toEqual(gaps.map((_, item) => item));
          expect(batches.every((batch) => batch.length <= batchSize)).toBe(true);
        },
      ),
      { numRuns: 50 },
    );
  });
});
