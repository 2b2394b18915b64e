import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createLane, type LaneOptions } from './lane.ts';

const nobodyPatient = {
  isPatient: () => false,
  sizeOf: () => 1,
  patientAtOnce: { beside: 1, alone: 1 },
  patientCapacity: 100,
};
const oneTrack = { tracks: 1, worthATrack: 1, keysOf: () => [], ...nobodyPatient };

/** A lane whose batches end when the test says so. */
function steppedLane(limits: Pick<LaneOptions<number>, 'batchSize' | 'capacity'> & Partial<LaneOptions<number>>) {
  const batches: number[][] = [];
  let idleCount = 0;
  let finish: () => void = () => undefined;
  const lane = createLane<number>({
    ...oneTrack,
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
    expect(lane.add(4)).toBe('full');
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
    expect(lane.add(3)).toBe('stopping');
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
            ...oneTrack,
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

describe('mass work', () => {
  /** Items whose name begins with m are mass work; `m*3` counts as three. What comes while the first batch is under way is added then. */
  async function batchesOf(items: readonly string[], meanwhile: readonly string[]): Promise<readonly string[]> {
    const batches: string[] = [];
    const lane = createLane<string>({
      batchSize: 4,
      capacity: 100,
      ...oneTrack,
      isPatient: (item) => item.startsWith('m'),
      sizeOf: (item) => Number(item.split('*')[1] ?? 1),
      patientAtOnce: { beside: 2, alone: 2 },
      patientCapacity: 20,
      async run(batch) {
        batches.push(batch.join(' '));
        if (batches.length === 1) for (const item of meanwhile) lane.add(item);
      },
      onIdle: () => undefined,
    });
    for (const item of items) if (lane.add(item) === 'full') batches.push(`${item} refused`);
    await new Promise(setImmediate);
    await lane.stop();
    return batches;
  }

  test('goes with every second batch of those who are prompt, when there is room, so many at once, and in order', async () => {
    expect(await batchesOf(['m1', 'm2', 'm3', 'p1', 'm4', 'm5'], ['p2', 'p3', 'p4'])).toEqual([
      'p1',
      'p2 p3 p4 m1',
      'm2 m3',
      'm4 m5',
    ]);
  });

  test('that is made of many counts as many, is never taken apart, and goes even when it is more than go at once', async () => {
    expect(await batchesOf(['m*3', 'm2', 'm3', 'm*9', 'p1'], ['p2', 'p3', 'p4', 'p5'])).toEqual([
      'p1',
      'p2 p3 p4 p5',
      'm*3',
      'm2 m3',
      'm*9',
    ]);
  });

  test('has its own room to wait in: however much there is of it, people are taken in', async () => {
    const items = ['m*19', 'm*9', 'p1'];
    expect(await batchesOf(items, ['p2'])).toEqual(['p1', 'p2 m*19', 'm*9']);
    expect(await batchesOf(['m*20', 'm1'], [])).toEqual(['m1 refused', 'm*20']);
  });
});

describe('mass work on its own', () => {
  test('goes by more and more at once, until somebody prompt comes', async () => {
    const { lane, batches, turn, finishBatch } = steppedLane({
      batchSize: 8,
      capacity: 100,
      isPatient: (item) => item > 0,
      patientAtOnce: { beside: 1, alone: 4 },
    });
    for (let item = 1; item <= 14; item++) lane.add(item);
    await turn();
    for (let batch = 0; batch < 3; batch++) await finishBatch();
    expect(batches).toEqual([[1], [2, 3], [4, 5, 6, 7], [8, 9, 10, 11]]);
    lane.add(-1);
    for (let batch = 0; batch < 3; batch++) await finishBatch();
    expect(batches.slice(4)).toEqual([[-1], [12], [13, 14]]);
  });

  test('leaves one of several tracks to those who are prompt, who need not wait for it', async () => {
    const underWay: string[] = [];
    const finish: (() => void)[] = [];
    const lane = createLane<string>({
      batchSize: 4,
      capacity: 100,
      ...oneTrack,
      tracks: 3,
      keysOf: (item) => [item],
      isPatient: (item) => item.startsWith('m'),
      patientAtOnce: { beside: 1, alone: 1 },
      run(batch) {
        underWay.push(batch.join(' '));
        return new Promise((done) => finish.push(done));
      },
      onIdle: () => undefined,
    });
    async function turns() {
      for (let turn = 0; turn < 4; turn++) await new Promise(setImmediate);
    }
    for (const item of ['m1', 'm2', 'm3', 'm4']) lane.add(item);
    await turns();
    expect(underWay).toEqual(['m1', 'm2']);
    lane.add('p1');
    await turns();
    expect(underWay).toEqual(['m1', 'm2', 'p1']);
    finish[0]?.();
    await turns();
    expect(underWay.slice(3)).toEqual(['m3']);
    const stopped = lane.stop();
    for (let batch = 1; batch < 5; batch++) {
      finish[batch]?.();
      await turns();
    }
    await stopped;
    expect(underWay.slice(4)).toEqual(['m4']);
  });

  test('is never left behind, whoever else comes and in whatever order batches end', async () => {
    const commands = fc.array(fc.record({ isPatient: fc.boolean(), key: fc.nat(4), isLast: fc.boolean() }), {
      maxLength: 40,
    });
    await fc.assert(
      fc.asyncProperty(commands, fc.integer({ min: 1, max: 3 }), async (items, tracks) => {
        const done = new Set<unknown>();
        const lane = createLane<(typeof items)[number]>({
          batchSize: 4,
          capacity: 100,
          tracks,
          worthATrack: 2,
          keysOf: ({ key }) => [`${key}`],
          isPatient: (item) => item.isPatient,
          sizeOf: () => 1,
          patientAtOnce: { beside: 1, alone: 3 },
          patientCapacity: 100,
          async run(batch) {
            for (let turn = 0; turn < batch.length; turn++) await new Promise(setImmediate);
            for (const item of batch) done.add(item);
          },
          onIdle: () => undefined,
        });
        for (const item of items) {
          lane.add(item);
          if (item.isLast) await new Promise(setImmediate);
        }
        await lane.stop();
        expect(done.size).toBe(items.length);
      }),
      { numRuns: 200 },
    );
  });
});

describe('a lane with two tracks', () => {
  /** Items with their keys; batches end when the test says so. */
  function twoTracks(worthATrack = 2) {
    const underWay = new Map<number, { batch: readonly string[]; finish: () => void }>();
    const lane = createLane<string>({
      batchSize: 100,
      capacity: 100,
      tracks: 2,
      worthATrack,
      keysOf: (item) => [...item],
      ...nobodyPatient,
      run: (batch, track) =>
        new Promise((done) => {
          underWay.set(track, {
            batch,
            finish() {
              underWay.delete(track);
              done();
            },
          });
        }),
      onIdle: () => undefined,
    });
    return {
      lane,
      batches: () => [...underWay.values()].map(({ batch }) => batch.join(' ')),
      async turn() {
        await new Promise(setImmediate);
        await new Promise(setImmediate);
      },
      finish: (track: number) => underWay.get(track)?.finish(),
    };
  }

  test('much that waits is shared between them', async () => {
    const { lane, batches, turn } = twoTracks();
    for (const item of ['a', 'b', 'c', 'd']) lane.add(item);
    await turn();
    expect(batches()).toEqual(['a b', 'c d']);
  });

  test('little goes together on one', async () => {
    const { lane, batches, turn } = twoTracks(3);
    for (const item of ['a', 'b', 'c', 'd']) lane.add(item);
    await turn();
    expect(batches()).toEqual(['a b c d']);
  });

  test('few wait for the batch under way, also when they come to a track that has just ended', async () => {
    const { lane, batches, turn, finish } = twoTracks(2);
    for (const item of ['a', 'b', 'c', 'd']) lane.add(item);
    await turn();
    lane.add('e');
    finish(0);
    await turn();
    expect(batches()).toEqual(['c d']);
    finish(1);
    await turn();
    expect(batches()).toEqual(['e']);
    finish(0);
    finish(1);
    await lane.stop();
  });

  test('what shares a key with a batch under way waits for it, and so does whoever shares one with that', async () => {
    const { lane, batches, turn, finish } = twoTracks();
    for (const item of ['a', 'b', 'ax', 'xy', 'y', 'c']) lane.add(item);
    await turn();
    expect(batches()).toEqual(['a b ax', 'c']);
    finish(0);
    await turn();
    expect(batches()).toEqual(['c', 'xy y']);
  });

  test('what all share goes in one batch after another, and nothing is left behind', async () => {
    const { lane, batches, turn, finish } = twoTracks();
    for (const item of ['a1', 'a2', 'a3', 'a4']) lane.add(item);
    await turn();
    expect(batches()).toEqual(['a1 a2']);
    lane.add('a5');
    await turn();
    finish(0);
    await turn();
    expect(batches()).toEqual(['a3 a4 a5']);
    finish(0);
    await lane.stop();
  });

  test('every item goes once; items with a key in common go in order and never at once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.nat(5), fc.nat(5), fc.nat(4)), { maxLength: 60 }), async (drawn) => {
        const done: number[] = [];
        const held = new Set<string>();
        const items = drawn.map(([one, other], index) => ({ index, keys: [`${one}`, `${other}`] }));
        const lane = createLane<(typeof items)[number]>({
          batchSize: 5,
          capacity: 100,
          tracks: 2,
          worthATrack: 2,
          keysOf: (item) => item.keys,
          ...nobodyPatient,
          async run(batch) {
            const keys = new Set(batch.flatMap((item) => item.keys));
            for (const key of keys) {
              expect(held.has(key)).toBe(false);
              held.add(key);
            }
            for (let turn = 0; turn < batch.length; turn++) await new Promise(setImmediate);
            for (const key of keys) held.delete(key);
            done.push(...batch.map((item) => item.index));
          },
          onIdle: () => undefined,
        });
        for (const item of items) {
          lane.add(item);
          if (drawn[item.index]?.[2] === 0) await new Promise(setImmediate);
        }
        await lane.stop();
        expect(done.toSorted((a, b) => a - b)).toEqual(items.map(({ index }) => index));
        for (const key of ['0', '1', '2', '3', '4', '5']) {
          const withKey = done.filter((index) => items[index]?.keys.includes(key));
          expect(withKey).toEqual(withKey.toSorted((a, b) => a - b));
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('who goes with whom, and when', () => {
  /** `m…` is mass work, and what follows a dot are keys. */
  type Step = readonly [step: string, underWay: string];

  /** Adds what a step names, in one turn, or ends the batch with somebody in it: `end p1`. */
  async function play(options: Partial<LaneOptions<string>>, script: readonly Step[]): Promise<void> {
    const underWay: { readonly batch: string; readonly track: number; readonly finish: () => void }[] = [];
    const resting: number[] = [];
    const worked = new Set<number>();
    const lane = createLane<string>({
      ...nobodyPatient,
      batchSize: 100,
      capacity: 100,
      tracks: 3,
      worthATrack: 100,
      keysOf: (item) => [...(item.split('.')[1] ?? '')],
      isPatient: (item) => item.startsWith('m'),
      patientAtOnce: { beside: 1, alone: 4 },
      run(batch, track) {
        worked.add(track);
        return new Promise((finish) => underWay.push({ batch: batch.join(' '), track, finish }));
      },
      onIdle: (track) => resting.push(track),
      ...options,
    });
    for (const [step, expected] of script) {
      const ended = underWay.findIndex(({ batch }) => batch.split(' ').includes(step.replace('end ', '')));
      if (step.startsWith('end ')) for (const { finish } of underWay.splice(ended, 1)) finish();
      else for (const item of step.split(' ')) lane.add(item);
      for (let turn = 0; turn < 4; turn++) await new Promise(setImmediate);
      expect([step, underWay.map(({ batch }) => batch).join(' | ')]).toEqual([step, expected]);
    }
    // No track was begun that found nothing to do.
    expect(resting.filter((track) => !worked.has(track))).toEqual([]);
  }

  test.each<[what: string, options: Partial<LaneOptions<string>>, script: readonly Step[]]>([
    [
      'one track: mass work goes with every second batch of those who are prompt',
      { tracks: 1 },
      [
        ['m1 m2 m3 m4 m5 p1', 'p1'],
        ['p2', 'p1'],
        ['end p1', 'p2 m1'],
        ['p3', 'p2 m1'],
        ['end p2', 'p3'],
        ['p4', 'p3'],
        ['end p3', 'p4 m2'],
        ['end p4', 'm3'],
        ['end m3', 'm4 m5'],
      ],
    ],
    [
      'one track: with the first batch after it has come it does not go',
      { tracks: 1 },
      [
        ['p1', 'p1'],
        ['m1 p2', 'p1'],
        ['end p1', 'p2'],
        ['p3', 'p2'],
        ['end p2', 'p3 m1'],
      ],
    ],
    [
      'one track: more of it changes nothing in how much goes at once',
      { tracks: 1 },
      [
        ['m1 m2 m3', 'm1'],
        ['m4', 'm1'],
        ['end m1', 'm2 m3'],
      ],
    ],
    [
      'two tracks: one is for those who are prompt',
      { tracks: 2, worthATrack: 1 },
      [
        ['m1 m2', 'm1'],
        ['p1', 'm1 | p1'],
        ['end m1', 'p1 | m2'],
      ],
    ],
    [
      'three tracks: one is for those who are prompt, and beside them mass work grows no larger',
      { worthATrack: 1 },
      [
        ['m1 m2 m3 m4 m5 m6', 'm1 | m2 m3'],
        ['p1', 'm1 | m2 m3 | p1'],
        ['end m1', 'm2 m3 | p1 | m4'],
        ['end m4', 'm2 m3 | p1 | m5'],
      ],
    ],
    [
      'whoever is prompt waits for others who are, and never for mass work alone',
      {},
      [
        ['m1 m2', 'm1'],
        ['p1', 'm1 | p1'],
        ['p2', 'm1 | p1'],
        ['end p1', 'm1 | p2'],
      ],
    ],
    [
      'a batch with both counts as mass work for those who come, and as prompt for what goes at once',
      { worthATrack: 3 },
      [
        ['m1 p1', 'p1'],
        ['p2', 'p1'],
        ['end p1', 'p2 m1'],
        ['p3', 'p2 m1 | p3'],
        ['m2 m3 m4 m5', 'p2 m1 | p3 | m2'],
        ['end p3', 'p2 m1 | m2'],
        ['end m2', 'p2 m1 | m3'],
        ['end m3', 'p2 m1'],
      ],
    ],
    [
      'mass work under way elsewhere is owed no place beside those who are prompt',
      {},
      [
        ['m1', 'm1'],
        ['m2 p1', 'm1 | p1'],
        ['p2', 'm1 | p1'],
        ['end p1', 'm1 | p2'],
      ],
    ],
    [
      'much is shared by the tracks that rest',
      { worthATrack: 2 },
      [
        ['a', 'a'],
        ['b c d e', 'a | b c | d e'],
      ],
    ],
    ['what is left over is worth a track when it is much', { batchSize: 1, worthATrack: 2 }, [['a b c', 'a | b']]],
    [
      'what shares a key is not halved again once a track has found nothing else',
      { tracks: 2, worthATrack: 2 },
      [
        ['a.x b.x c.x d.x e.x f.x g.x h.x', 'a.x b.x c.x d.x'],
        ['end a.x', 'e.x f.x g.x h.x'],
        ['i.x j k', 'e.x f.x g.x h.x | j k'],
      ],
    ],
  ])('%s', (_what, options, script) => play(options, script));

  test('whoever asks again when answered goes with the next batch', async () => {
    const batches: string[] = [];
    const lane = createLane<string>({
      ...oneTrack,
      batchSize: 10,
      capacity: 10,
      async run(batch) {
        batches.push(batch.join(' '));
        if (batches.length === 1) {
          lane.add('b');
          setImmediate(() => lane.add('a again'));
        }
      },
      onIdle: () => undefined,
    });
    lane.add('a');
    for (let turn = 0; turn < 4; turn++) await new Promise(setImmediate);
    expect(batches).toEqual(['a', 'b a again']);
  });
});
