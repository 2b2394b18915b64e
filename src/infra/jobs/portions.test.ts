import { describe, expect, test } from 'vitest';
import { nextSize, sideBySide } from './portions.ts';

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

describe('side by side', () => {
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
      2,
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
    const all = sideBySide(2, portions(5), async (portion) => {
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

  test('where the next cannot be found none is begun', async () => {
    const next = () => Promise.reject(new Error('the database is gone'));
    await expect(sideBySide(2, next, async () => undefined)).rejects.toThrow('the database is gone');
  });
});
