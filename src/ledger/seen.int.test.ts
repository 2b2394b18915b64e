import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createCoinFamily, grant, transfer } from '../../tests/support/coin-family.ts';
import { testDatabase } from '../../tests/support/database.ts';
import { stoppedAtLook } from '../../tests/support/stopping.ts';
import { systemClock } from '../base/clock.ts';
import { newId } from '../base/ids.ts';
import { type Database, runnerOf, type SqlRunner } from '../infra/db/index.ts';
import { createLedger, type LedgerOptions } from './index.ts';
import { lookAtNew } from './seen.ts';
import type { Check } from './verify.ts';

let database: Database;
let sql: SqlRunner;
let ledger: ReturnType<typeof createLedger>;
const coin = createCoinFamily();
const [a, b, c] = [newId(), newId(), newId()];

beforeAll(async () => {
  database = await testDatabase();
  sql = runnerOf(database.db);
  ledger = createLedger({ pool: database.pool, clock: systemClock } satisfies LedgerOptions);
  for (const command of [grant(a, 10), transfer(a, b, 4), grant(c, 3)]) await ledger.submit(coin, command);
});
afterAll(async () => {
  await ledger.stop();
  await database.close();
});

const looked = (entriesRead: number) => ({ findings: [], entriesRead });

test('each look reads what is new since the last, on either side, in portions of any size', async () => {
  expect(await lookAtNew(sql)).toEqual(looked(4));
  expect(await lookAtNew(sql)).toEqual(looked(0));
  await ledger.submit(coin, transfer(b, c, 1));
  await ledger.submit(coin, transfer(b, c, 1));
  expect(await lookAtNew(sql, { portion: 1 })).toEqual(looked(4));
  expect(await lookAtNew(sql, { portion: 2 })).toEqual(looked(0));
});

test('who is new is read from the beginning; what was seen is not read again, whatever becomes of it', async () => {
  const late = newId();
  await ledger.submit(coin, grant(late, 5));
  await ledger.submit(coin, transfer(late, c, 2));
  expect(await lookAtNew(sql)).toEqual(looked(3));
  await withoutGuards("update ledger_entry set amount = amount + 1 where reason = 'transfer'", async (asked) => {
    expect(await lookAtNew(asked)).toEqual(looked(0));
  });
});

test('a look that ends between two portions remembers what it has seen, and never what does not agree', async () => {
  await withoutGuards('update ledger_owner set remaining[1] = remaining[1] + 1 where owner_id = $a', async (asked) => {
    await expect(lookAtNew(asked, { portion: 1, stopping: stoppedAtLook(3) })).rejects.toThrow('aborted');
    expect((await lookAtNew(asked)).findings).not.toEqual([]);
  });
  expect((await lookAtNew(sql)).findings).toEqual([]);
});

describe('what features know of owners is asked', () => {
  let isSo = true;
  const check: Check = {
    check: 'whatever a feature knows',
    inJapanese: '',
    asked: 'of-owners',
    text: ({ among }) =>
      `select owner_id as "ownerId", 'not so' as says from ledger_owner where ${among('owner_id')} and ${isSo ? 'false' : `owner_id = '${b}'`}`,
  };

  /** Looks, and tells of whom it was asked. */
  async function look(runner: SqlRunner = sql) {
    const asked: string[] = [];
    const listening: SqlRunner = {
      query: (text, values) => {
        if (text.includes("'not so'")) asked.push(...String(values?.[0]).slice(1, -1).split(','));
        return runner.query(text, values);
      },
    };
    const { findings } = await lookAtNew(listening, { more: [check] });
    return { asked: asked.sort(), says: findings.map(({ says }) => says) };
  }

  beforeEach(async () => void (await look()));

  test('of those who have changed, once', async () => {
    await ledger.submit(coin, transfer(c, b, 1));
    expect(await look()).toEqual({ asked: [b, c].sort(), says: [] });
    expect(await look()).toEqual({ asked: [], says: [] });
    await database.pool.query(`update ledger_owner set notes = '{"x": 1}' where owner_id = $1`, [a]);
    expect(await look()).toEqual({ asked: [a], says: [] });
  });

  test('again until it holds', async () => {
    isSo = false;
    await ledger.submit(coin, transfer(c, b, 1));
    expect((await look()).says).toEqual(['not so']);
    expect(await look()).toEqual({ asked: [b], says: ['not so'] });
    isSo = true;
    expect(await look()).toEqual({ asked: [b], says: [] });
    expect(await look()).toEqual({ asked: [], says: [] });
  });

  test('of those with whom something is set aside, at every look', () =>
    withoutGuards(
      `update ledger_owner set lots = jsonb_build_array(lots::jsonb -> 0
         || jsonb_build_object('origin_owner', owner_id, 'origin_lot', lots -> 0 ->> 'lot'))::json where owner_id = $a`,
      async (runner) => {
        for (let looks = 0; looks < 3; looks += 1) expect(await look(runner)).toEqual({ asked: [a], says: [] });
      },
    ));

  test('after a look that was cut short', async () => {
    await ledger.submit(coin, transfer(c, b, 1));
    const cut: SqlRunner = {
      query: (text, values) => {
        if (text.includes("'not so'")) throw new Error('cut short');
        return sql.query(text, values);
      },
    };
    await expect(look(cut)).rejects.toThrow('cut short');
    expect(await look()).toEqual({ asked: [b, c].sort(), says: [] });
  });
});

/** Somebody with the superuser's rights, past triggers and constraints; undone afterwards. */
async function withoutGuards(tampering: string, then: (asked: SqlRunner) => Promise<void>): Promise<void> {
  const client = await database.pool.connect();
  try {
    await client.query("begin; set local session_replication_role = 'replica'");
    await client.query(tampering.replaceAll('$a', `'${a}'`).replaceAll('$b', `'${b}'`));
    await then({ query: async (text, values) => (await client.query(text, values as unknown[])).rows });
  } finally {
    await client.query('rollback');
    client.release();
  }
}

describe('after another movement, a look finds', () => {
  beforeEach(async () => {
    expect((await lookAtNew(sql)).findings).toEqual([]);
    await ledger.submit(coin, grant(a, 2));
    await ledger.submit(coin, transfer(a, b, 1));
  });

  const newest = (side: 'in' | 'out', owner: string) =>
    `(select last_${side} from ledger_owner where owner_id = ${owner})`;

  test.each([
    [
      'a balance that was changed',
      'update ledger_owner set remaining[1] = remaining[1] + 1 where owner_id = $a',
      ['sum up to 1'],
    ],
    [
      'an amount that was changed',
      `update ledger_entry set amount = amount + 1 where entry_id = ${newest('out', '$a')}`,
      ['sum up to 0', 'sum up to 2'],
    ],
    [
      'an entry that was removed',
      `delete from ledger_entry where entry_id = ${newest('in', '$a')}`,
      ['sum up to -1', `the entries in of owner ${a}`],
    ],
    [
      'a lot that was removed',
      "update ledger_owner set lots = '[]', remaining = '{}' where owner_id = $b",
      ['holds 0; it was seen', 'which does not exist', 'ends next, and it is nothing'],
    ],
    ['an owner who was removed', 'delete from ledger_owner where owner_id = $b', ['is not there any more']],
    [
      'another unit',
      `update ledger_entry set unit = 'point' where entry_id = ${newest('in', '$b')}`,
      ['in point names lot', 'in point names lot'],
    ],
    [
      'an amount of no lot',
      "update ledger_owner set remaining = remaining || '{0}' where owner_id = $b",
      ['has 1 lots and 2 amounts'],
    ],
    [
      'an entry that its owner does not name',
      'update ledger_owner set last_out = null where owner_id = $a',
      ['sum up to 2', `the entries out of owner ${a}`],
    ],
    [
      'an entry that leads past what was seen',
      `update ledger_entry set to_previous = null where entry_id = ${newest('in', '$b')}`,
      [`the entries in of owner ${b}`],
    ],
    [
      'an entry that names somebody else’s before it',
      `update ledger_entry set to_previous = ${newest('in', '$a')} where entry_id = ${newest('in', '$b')}`,
      [`the entries in of owner ${b}`],
    ],
    [
      'an entry that names itself before it',
      `update ledger_entry set to_previous = entry_id where entry_id = ${newest('in', '$b')}`,
      [`the entries in of owner ${b}`],
    ],
  ])('%s, until it is mended', async (_, tampering, says) => {
    await withoutGuards(tampering, async (asked) => {
      for (const portion of [5_000, 1]) {
        const { findings } = await lookAtNew(asked, { portion });
        const said = findings.map((finding) => finding.says);
        expect(said).toHaveLength(says.length);
        expect(said).toEqual(expect.arrayContaining(says.map((words) => expect.stringContaining(words))));
      }
    });
    expect((await lookAtNew(sql)).findings).toEqual([]);
  });
});
