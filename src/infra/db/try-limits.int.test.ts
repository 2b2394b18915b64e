import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testDatabase } from '../../../tests/support/database.ts';
import { createAdjustableClock } from '../../base/clock.ts';
import type { TryLimit } from '../../base/try-limit.ts';
import { makeKeys, parseKeys } from '../secrets.ts';
import type { Database } from './connection.ts';
import { createTryLimits } from './try-limits.ts';

const fiveInQuarter: TryLimit = {
  name: 'test:quarter',
  tries: 5,
  windowSeconds: 900,
  whenReached: { kind: 'block', seconds: 900 },
};
const tenInDay: TryLimit = {
  ...fiveInQuarter,
  name: 'test:day',
  tries: 10,
  windowSeconds: 86_400,
  whenReached: { kind: 'block', seconds: 86_400 },
};
const doubling: TryLimit = {
  name: 'test:doubling',
  tries: 3,
  windowSeconds: 172_800,
  whenReached: { kind: 'block', seconds: 900, doublingTo: 3_600 },
};
const alarm: TryLimit = { name: 'test:alarm', tries: 2, windowSeconds: 3_600, whenReached: { kind: 'alarm' } };

let database: Database;
beforeAll(async () => {
  database = await testDatabase({ poolSize: 20 });
});
afterAll(() => database.close());

function limitsAt(start = '2026-11-23T00:00:00Z') {
  const clock = createAdjustableClock(start);
  const limits = createTryLimits({ clock, key: parseKeys(makeKeys()).limits });
  const take = (...of: [TryLimit, string, string?][]) =>
    limits.take(
      database.db,
      of.map(([limit, subject, value]) => ({ limit, subject, ...(value ? { of: value } : {}) })),
    );
  return { clock, limits, take };
}

async function repeat(times: number, work: () => Promise<{ ok: boolean }>): Promise<string> {
  const seen: string[] = [];
  for (let i = 0; i < times; i += 1) seen.push((await work()).ok ? 'o' : 'x');
  return seen.join('');
}

describe('a limit', () => {
  test('lets so many through, then none until its time is over', async () => {
    const { clock, take } = limitsAt();
    expect(await repeat(7, () => take([fiveInQuarter, 'a']))).toBe('oooooxx');
    const refused = await take([fiveInQuarter, 'a']);
    expect(refused).toMatchObject({ ok: false, limit: 'test:quarter' });
    expect(refused.ok ? '' : refused.until.toString()).toBe('2026-11-23T00:15:00Z');
    clock.advance('PT14M59.999S');
    expect(await repeat(1, () => take([fiveInQuarter, 'a']))).toBe('x');
    clock.advance('PT0.001S');
    expect(await repeat(6, () => take([fiveInQuarter, 'a']))).toBe('ooooox');
  });

  test('holds for one subject only', async () => {
    const { take } = limitsAt();
    await repeat(5, () => take([fiveInQuarter, 'b']));
    expect(await repeat(1, () => take([fiveInQuarter, 'c']))).toBe('o');
  });

  test('the window slides: what is older than it no longer counts', async () => {
    const { clock, take } = limitsAt();
    await repeat(4, () => take([fiveInQuarter, 'd']));
    clock.advance('PT15M');
    expect(await repeat(6, () => take([fiveInQuarter, 'd']))).toBe('ooooox');
  });

  test('two limits together: refused by one counts on none', async () => {
    const { clock, take } = limitsAt();
    const both = () => take([fiveInQuarter, 'e'], [tenInDay, 'e']);
    expect(await repeat(20, both)).toBe(`ooooo${'x'.repeat(15)}`);
    clock.advance('PT15M');
    expect(await repeat(20, both)).toBe(`ooooo${'x'.repeat(15)}`);
    clock.advance('PT15M');
    const refused = await both();
    expect(refused.ok ? '' : refused.until.toString()).toBe('2026-11-24T00:15:00Z');
  });

  test('a try that was right is given back', async () => {
    const { limits, take } = limitsAt();
    for (let i = 0; i < 12; i += 1) {
      const taken = await take([fiveInQuarter, 'f']);
      expect(taken.ok).toBe(true);
      if (taken.ok) await limits.giveBack(database.db, taken.receipt);
    }
    expect(await repeat(6, () => take([fiveInQuarter, 'f']))).toBe('ooooox');
  });

  test('what is given back is that try alone, once', async () => {
    const { clock, limits, take } = limitsAt();
    await repeat(4, () => take([fiveInQuarter, 'j']));
    clock.advance('PT1M');
    // At the same moment, of another and by another limit.
    await repeat(4, () => take([fiveInQuarter, 'k'], [tenInDay, 'j']));
    const right = await take([fiveInQuarter, 'j']);
    expect(right.ok).toBe(true);
    if (right.ok) await limits.giveBack(database.db, right.receipt);
    if (right.ok) await limits.giveBack(database.db, right.receipt);
    expect(await repeat(2, () => take([fiveInQuarter, 'k']))).toBe('ox');
    expect(await repeat(2, () => take([fiveInQuarter, 'j']))).toBe('ox');
    expect(await repeat(7, () => take([tenInDay, 'j']))).toBe('oooooox');
  });

  test('a block is for one subject of one limit, also where others have tried before', async () => {
    const { take } = limitsAt();
    await take([fiveInQuarter, 'l'], [tenInDay, 'm']);
    expect(await repeat(6, () => take([fiveInQuarter, 'm']))).toBe('ooooox');
    expect(await repeat(2, () => take([fiveInQuarter, 'l'], [tenInDay, 'm']))).toBe('oo');
  });

  test('each further try doubles the block, up to the longest', async () => {
    const { clock, take } = limitsAt();
    expect(await repeat(4, () => take([doubling, 'g']))).toBe('ooox');
    clock.advance('PT15M');
    expect(await repeat(2, () => take([doubling, 'g']))).toBe('ox');
    clock.advance('PT29M');
    expect(await repeat(1, () => take([doubling, 'g']))).toBe('x');
    clock.advance('PT1M');
    expect(await repeat(2, () => take([doubling, 'g']))).toBe('ox');
    clock.advance('PT60M');
    expect(await repeat(2, () => take([doubling, 'g']))).toBe('ox');
    clock.advance('PT60M');
    expect(await repeat(1, () => take([doubling, 'g']))).toBe('o');
  });

  test('a right one after a block brings none of its own, and none of a wrong one is lifted by it', async () => {
    const { clock, limits, take } = limitsAt();
    const right = async () => {
      const taken = await take([doubling, 'l']);
      if (!taken.ok) throw new Error('a right one is refused');
      return () => limits.giveBack(database.db, taken.receipt);
    };
    expect(await repeat(4, () => take([doubling, 'l']))).toBe('ooox');
    clock.advance('PT15M');
    for (let i = 0; i < 3; i += 1) await (await right())();
    const late = await right();
    clock.advance('PT30M');
    expect(await repeat(2, () => take([doubling, 'l']))).toBe('ox');
    await late();
    clock.advance('PT29M59S');
    expect(await repeat(1, () => take([doubling, 'l']))).toBe('x');
    clock.advance('PT1S');
    await (await right())();
  });

  test('counts different values only, where it says so', async () => {
    const { take } = limitsAt();
    expect(await repeat(9, () => take([fiveInQuarter, 'h', 'the same']))).toBe('ooooooooo');
    const others = ['one', 'two', 'three', 'four', 'five', 'six'];
    const other = () => take([fiveInQuarter, 'h', others.shift() ?? 'none']);
    expect(await repeat(6, other)).toBe('ooooxx');
    expect(await repeat(1, () => take([fiveInQuarter, 'h', 'the same']))).toBe('o');
  });

  test('an alarm refuses nobody and rings once', async () => {
    const { take } = limitsAt();
    const rung: (readonly string[])[] = [];
    for (let i = 0; i < 4; i += 1) {
      const taken = await take([alarm, 'i']);
      if (taken.ok) rung.push(taken.reached);
    }
    expect(rung).toEqual([[], ['test:alarm'], [], []]);
  });

  test('no subject stands in the tables as it is', async () => {
    const { take } = limitsAt();
    await take([fiveInQuarter, 'canary-203.0.113.7', 'canary-of']);
    const { rows } = await database.pool.query(
      `select subject from try_window where subject like '%canary%' union select subject from try_block where subject like '%canary%'`,
    );
    expect(rows).toEqual([]);
  });

  test('what no limit reads any more is swept', async () => {
    const { clock, limits, take } = limitsAt('2026-01-01T00:00:00Z');
    await take([fiveInQuarter, 'old']);
    clock.advance('PT97H');
    await take([fiveInQuarter, 'new']);
    expect(await limits.sweep(database.db, 1)).toBe(1);
    expect(await limits.sweep(database.db, 2)).toBe(1);
    expect(await limits.sweep(database.db, 2)).toBe(0);
  });
});

describe('parallel tries never pass together', () => {
  test.each([2, 20, 50, 200])('%i at once', async (parallel) => {
    const { limits, take } = limitsAt();
    const name = `race ${parallel}`;
    const taken = await Promise.all(
      Array.from({ length: parallel }, () => take([fiveInQuarter, name], [tenInDay, name])),
    );
    const passed = taken.filter((each) => each.ok);
    expect(passed).toHaveLength(Math.min(parallel, 5));
    const { rows } = await database.pool.query('select tries from try_window where limit_name = $1', ['test:quarter']);
    expect(rows.every((row) => row.tries <= 5)).toBe(true);

    await Promise.all(passed.map((each) => (each.ok ? limits.giveBack(database.db, each.receipt) : undefined)));
    expect(await repeat(6, () => take([fiveInQuarter, name]))).toBe('ooooox');
  });

  test('in opposite orders, without a deadlock', async () => {
    const { take } = limitsAt();
    const many = { ...fiveInQuarter, tries: 1_000 };
    const taken = await Promise.all(
      Array.from({ length: 50 }, (_, i) =>
        i % 2 === 0 ? take([many, 'x'], [tenInDay, 'y']) : take([tenInDay, 'y'], [many, 'x']),
      ),
    );
    expect(taken.filter((each) => each.ok)).toHaveLength(10);
  });
});
