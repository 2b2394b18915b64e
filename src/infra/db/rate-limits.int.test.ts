import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testDatabase } from '../../../tests/support/database.ts';
import { createAdjustableClock } from '../../base/clock.ts';
import type { RateLimit } from '../../base/rate-limit.ts';
import { makeKeys, parseKeys } from '../secrets.ts';
import type { Database } from './connection.ts';
import { createRateLimits } from './rate-limits.ts';

let database: Database;
beforeAll(async () => {
  database = await testDatabase({ poolSize: 10 });
});
afterAll(() => database.close());

const key = parseKeys(makeKeys()).limits;
const aMinute = (most: number): RateLimit => ({ name: `test:${most}-a-minute`, most, windowSeconds: 60 });

/** Processes of one program that count together, and how often each wrote. */
function processes(many: number, start = '2026-11-23T00:00:00Z', mostHeld?: number) {
  const clock = createAdjustableClock(start);
  clock.freeze(start);
  let writes = 0;
  const rates = Array.from({ length: many }, () =>
    createRateLimits({ db: counting(), clock, key, ...(mostHeld === undefined ? {} : { mostHeld }) }),
  );
  const [first] = rates;
  if (!first) throw new Error('no process');
  /** The same database, that counts transactions. */
  function counting() {
    return new Proxy(database.db, {
      get(target, name, receiver) {
        if (name === 'transaction') writes += 1;
        const value: unknown = Reflect.get(target, name, receiver);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
  }
  return { clock, rates, first, writes: () => writes };
}

async function times<Result>(many: number, work: (n: number) => Promise<Result>): Promise<Result[]> {
  const all: Result[] = [];
  for (let n = 0; n < many; n += 1) all.push(await work(n));
  return all;
}
const passed = (answers: readonly unknown[]) => answers.filter((until) => until === null).length;

describe('a limit', () => {
  test('lets so many through in a window, and says when there is room again', async () => {
    const { clock, first } = processes(1);
    const limit = aMinute(10);
    const pass = () => first.pass(limit, 'a');
    expect(passed(await times(12, pass))).toBe(10);
    const until = await pass();
    expect(until?.toString()).toBe('2026-11-23T00:01:01Z');
    clock.freeze('2026-11-23T00:01:00.999Z');
    expect(passed(await times(1, async () => pass()))).toBe(0);
    clock.freeze('2026-11-23T00:01:01Z');
    expect(passed(await times(12, async () => pass()))).toBe(10);
  });

  test('holds for one subject only, who stands in no table as they are', async () => {
    const { first } = processes(1);
    const limit = aMinute(3);
    const answers = await times(8, async (n) => first.pass(limit, n % 2 ? 'canary-203.0.113.7' : 'canary-other'));
    expect(passed(answers)).toBe(6);
    const { rows } = await database.pool.query('select 1 from rate_window where subject like $1', ['%canary%']);
    expect(rows).toEqual([]);
  });

  test.each([2, 20])('is one for processes that ask at the same moment, %d at a time each', async (lanes) => {
    const { rates } = processes(4);
    const limit = aMinute(100 + lanes);
    const answers = await Promise.all(
      rates.flatMap((each) => Array.from({ length: lanes }, () => times(60 / lanes, () => each.pass(limit, 'crowd')))),
    );
    const through = passed(answers.flat());
    expect(through).toBeLessThanOrEqual(limit.most);
    // What a process drew ahead and did not use: at most its share, of each.
    expect(through).toBeGreaterThanOrEqual(limit.most - 4 * Math.floor(limit.most / 20));
  });
});

describe('writing', () => {
  test('a thousand questions one after another are counted in few portions', async () => {
    const { first, writes } = processes(1);
    const answers = await times(1_000, async () => first.pass(aMinute(6_000), 'busy'));
    expect(passed(answers)).toBe(1_000);
    expect(writes()).toBeLessThan(20);
  });

  test('a hundred at once are counted in two', async () => {
    const { first, writes } = processes(1);
    await Promise.all(Array.from({ length: 100 }, () => first.pass(aMinute(6_001), 'crowd')));
    expect(writes()).toBe(2);
  });

  test('a flood that is refused writes nothing more', async () => {
    const { first, writes } = processes(1);
    const limit = aMinute(5);
    await times(6, async () => first.pass(limit, 'flood'));
    const before = writes();
    expect(passed(await times(500, async () => first.pass(limit, 'flood')))).toBe(0);
    expect(writes()).toBe(before);
  });

  test('whom a process put out of mind is still counted', async () => {
    const { first } = processes(1, undefined, 2);
    const limit = aMinute(4);
    const pass = (who: string) => first.pass(limit, who);
    await times(4, async () => pass('kept'));
    await times(20, async (n) => pass(`other-${n}`));
    expect(passed([await pass('kept')])).toBe(0);
  });

  test('what the database cannot count fails, and the next is counted', async () => {
    const { clock } = processes(1);
    let isAway = true;
    const db = new Proxy(database.db, {
      get(target, name, receiver) {
        if (name === 'transaction' && isAway) throw new Error('away');
        const value: unknown = Reflect.get(target, name, receiver);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
    const rates = createRateLimits({ db, clock, key });
    await expect(rates.pass(aMinute(7), 'away')).rejects.toThrow('away');
    isAway = false;
    expect(await rates.pass(aMinute(7), 'away')).toBeNull();
  });
});

test('whom nobody counts any more is forgotten', async () => {
  const { clock, first } = processes(1, '2025-01-01T00:00:00Z');
  await first.pass(aMinute(8), 'old');
  clock.freeze('2025-01-02T00:00:01Z');
  await first.pass(aMinute(8), 'new');
  expect(await first.sweep(100)).toBe(1);
  expect(await first.sweep(100)).toBe(0);
});
