import { describe, expect, test } from 'vitest';
import { idPortions, inPortions, nextSize, sideBySide } from './portions.ts';

const within = { aimMs: 25, least: 64, most: 4_096 };

test.each([
  ['one that took as long as it should', 256, 25, 256],
  ['one that was too long', 1_000, 40, 625],
  ['one that was short', 1_000, 20, 1_250],
  ['at most twice as many', 256, 1, 512],
  ['no time at all', 256, 0, 512],
  ['at least half as many', 1_000, 10_000, 500],
  ['never more than the most', 4_000, 10, 4_096],
  ['never fewer than the least', 100, 10_000, 64],
])('%s', (_, size, tookMs, next) => expect(nextSize(size, tookMs, within)).toBe(next));

test.each([
  ['nothing is due', [0], 0, 1],
  ['all is in one', [2], 2, 1],
  ['the last is as full as the others', [3, 3, 0], 6, 3],
  ['what came meanwhile goes along', [3, 3, 1, 3], 7, 3],
])('portions of three, when %s', async (_, counts, done, asked) => {
  let at = 0;
  expect(await inPortions(3, undefined, async () => counts[at++] ?? 0)).toBe(done);
  expect(at).toBe(asked);
});

test('portions end between two where the job is told to stop', async () => {
  const stopping = new AbortController();
  let portions = 0;
  const run = inPortions(3, stopping.signal, async () => {
    portions += 1;
    if (portions === 2) stopping.abort();
    return 3;
  });
  await expect(run).rejects.toThrow('aborted');
  expect(portions).toBe(2);
});

describe('portions of ids', () => {
  const sizes = { ...within, first: 2, least: 1 };
  /** Asks until nothing is left, and answers what was asked for and what came. */
  async function all(due: readonly string[], tookMs: number | undefined) {
    const events: string[] = [];
    const portions = idPortions(sizes, 'b', async (after, size) => {
      const found = due.filter((id) => id > after).slice(0, size);
      events.push(`${size} after ${after}: ${found.join('') || '-'}`);
      return found;
    });
    for (let ids = await portions.next(); ids !== undefined; ids = await portions.next()) {
      if (tookMs !== undefined) portions.took(ids.length, tookMs);
    }
    expect(await portions.next()).toBeUndefined();
    return events;
  }

  test('begin behind an id, each behind the last of the one before, until one is not full', async () => {
    const due = [...'abcdefg'];
    expect(await all(due, undefined)).toEqual(['2 after b: cd', '2 after d: ef', '2 after f: g']);
    expect(await all(due.slice(0, 6), undefined)).toEqual(['2 after b: cd', '2 after d: ef', '2 after f: -']);
    expect(await all([], undefined)).toEqual(['2 after b: -']);
  });

  test('are as large as the time of the last suggests', async () => {
    const due = [...'cdefghijk'];
    expect(await all(due, 1)).toEqual(['2 after b: cd', '4 after d: efgh', '8 after h: ijk']);
    expect(await all(due.slice(0, 4), 100)).toEqual(['2 after b: cd', '1 after d: e', '1 after e: f', '1 after f: -']);
  });
});

describe('side by side', () => {
  const two = { atOnce: 2, stopping: undefined };

  /** Portions 1 to `count`, in their order. */
  function portions(count: number) {
    let given = 0;
    return async () => {
      if (given === count) return undefined;
      given += 1;
      return given;
    };
  }

  test('so many are under way at once, each once, and which is next is asked one at a time', async () => {
    const done: number[] = [];
    const [now, most] = [
      { asking: 0, underWay: 0 },
      { asking: 0, underWay: 0 },
    ];
    async function during<T>(what: keyof typeof now, work: () => Promise<T>): Promise<T> {
      now[what] += 1;
      most[what] = Math.max(most[what], now[what]);
      await new Promise(setImmediate);
      const result = await work();
      now[what] -= 1;
      return result;
    }
    const give = portions(7);
    await sideBySide(
      two,
      () => during('asking', give),
      // Takes longer than to ask for the next.
      (portion) =>
        during('underWay', async () => {
          await new Promise(setImmediate);
          done.push(portion);
        }),
    );
    expect(done).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(most).toEqual({ asking: 1, underWay: 2 });
  });

  test('after a failure none is begun, and what is under way ends first', async () => {
    const other = Promise.withResolvers<void>();
    const events: string[] = [];
    const all = sideBySide(two, portions(5), async (portion) => {
      events.push(`begin ${portion}`);
      if (portion === 1) throw new Error('a portion failed');
      await other.promise;
      events.push(`end ${portion}`);
    }).catch((error: Error) => events.push(error.message));
    await new Promise(setImmediate);
    other.resolve();
    await all;
    expect(events).toEqual(['begin 1', 'begin 2', 'end 2', 'a portion failed']);
  });

  test('where the job is told to stop none is begun, and what is under way ends first', async () => {
    const stopping = new AbortController();
    const events: string[] = [];
    const run = sideBySide({ atOnce: 2, stopping: stopping.signal }, portions(5), async (portion) => {
      events.push(`begin ${portion}`);
      if (portion === 2) stopping.abort();
      await new Promise(setImmediate);
      events.push(`end ${portion}`);
    });
    await expect(run).rejects.toThrow('aborted');
    expect(events).toEqual(['begin 1', 'begin 2', 'end 1', 'end 2']);
  });

  test('where the next cannot be found none is begun', async () => {
    const next = () => Promise.reject(new Error('the database is gone'));
    await expect(sideBySide(two, next, async () => undefined)).rejects.toThrow('the database is gone');
  });
});
