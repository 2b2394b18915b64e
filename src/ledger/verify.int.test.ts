import { execFile } from 'node:child_process';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createCoinFamily } from '../../tests/support/coin-family.ts';
import { testDatabase } from '../../tests/support/database.ts';
import { systemClock } from '../base/clock.ts';
import { newId } from '../base/ids.ts';
import { type Database, runnerOf } from '../infra/db/index.ts';
import { createLedger, verifyLedger } from './index.ts';

let database: Database;
const [a, b] = [newId(), newId()];

beforeAll(async () => {
  database = await testDatabase();
  const ledger = createLedger({ pool: database.pool, clock: systemClock });
  const coin = createCoinFamily();
  await ledger.submit(coin, { requestId: newId(), kind: 'grant', to: a, amount: 10 });
  await ledger.submit(coin, { requestId: newId(), kind: 'transfer', from: a, to: b, amount: 4 });
  await ledger.stop();
});
afterAll(() => database.close());

describe('the journal', () => {
  test.each(['update ledger_entry set amount = amount + 1', 'delete from ledger_entry'])(
    'refuses: %s',
    async (text) => {
      await expect(database.pool.query(text)).rejects.toThrow('ledger_entry is insert-only');
    },
  );

  test.each([
    ['a lot below zero', 'update ledger_owner set remaining = array[-1]'],
    [
      'a movement of nothing',
      `insert into ledger_entry (entry_id, at, request_scope, request_id, reason, unit, amount, to_owner_id, to_lot_id)
       select gen_random_uuid(), now(), 'x', 'x', 'purchase', 'byte', 0, owner_id, lot_id from ledger_lot`,
    ],
    [
      'an amount out of nowhere',
      `insert into ledger_entry (entry_id, at, request_scope, request_id, reason, unit, amount, to_owner_id, to_lot_id)
       select gen_random_uuid(), now(), 'x', 'x', 'luck', 'byte', 1, owner_id, lot_id from ledger_lot`,
    ],
  ])('and its tables refuse %s', async (_, text) => {
    await expect(database.pool.query(text)).rejects.toHaveProperty('code', '23514');
  });
});

describe('verifying', () => {
  beforeEach(async () => expect(await verifyLedger(runnerOf(database.db))).toEqual([]));

  /** Somebody with the superuser's rights, past triggers and constraints; undone afterwards. */
  async function findingsAfter(tampering: string) {
    const client = await database.pool.connect();
    try {
      await client.query("begin; set local session_replication_role = 'replica'");
      await client.query(tampering, tampering.includes('$1') ? [a] : []);
      const findings = await verifyLedger({ query: async (text) => (await client.query(text)).rows });
      return findings;
    } finally {
      await client.query('rollback');
      client.release();
    }
  }

  test.each([
    [
      'a balance that was changed',
      'update ledger_owner set remaining[1] = remaining[1] + 1 where owner_id = $1',
      ['sum up to'],
    ],
    [
      'an amount that was changed',
      "update ledger_entry set amount = amount + 1 where reason = 'transfer'",
      ['sum up to 5', 'sum up to 5'],
    ],
    [
      'an entry that was removed',
      "delete from ledger_entry where reason = 'plan-grant'",
      ['sum up to -4', `the entries in of owner ${a} are not one chain`],
    ],
    [
      'a lot that was removed',
      `with over as (delete from ledger_ending where owner_id = $1)
       update ledger_owner set lots = '[]', remaining = '{}', ends_next_ms = null where owner_id = $1`,
      ['which does not exist', 'which does not exist'],
    ],
    [
      'an owner who was removed',
      'delete from ledger_owner where owner_id = $1',
      ['which does not exist', 'which does not exist', 'noted for nothing', `of owner ${a} are`, `of owner ${a} are`],
    ],
    ['an end that its owner does not know', 'update ledger_owner set ends_next_ms = 1', ['ends next', 'ends next']],
    ['an end by which nothing is found', 'delete from ledger_ending where owner_id = $1', ['which is not noted']],
    [
      'an end of nothing',
      'insert into ledger_ending (owner_id, ends_ms) values ($1, 1)',
      ['ends at 1, which is noted for nothing'],
    ],
    [
      'an amount of no lot',
      "update ledger_owner set remaining = remaining || '{0}' where owner_id = $1",
      ['has 1 lots and 2 amounts'],
    ],
    [
      'an entry that its owner does not name',
      'update ledger_owner set last_out = null where owner_id = $1',
      [`the entries out of owner ${a}`],
    ],
    [
      'an entry that names none before it',
      "update ledger_entry set to_previous = gen_random_uuid() where reason = 'plan-grant'",
      [`the entries in of owner ${a}`],
    ],
    ['another unit', "update ledger_entry set unit = 'point' where reason = 'plan-grant'", ['in point names lot']],
    [
      'below zero, by whatever way',
      `alter table ledger_owner drop constraint ledger_owner_remaining_check;
       delete from ledger_ending where owner_id = (select owner_id from ledger_owner where remaining = '{4}');
       update ledger_owner set remaining = '{-1}', ends_next_ms = null where remaining = '{4}'`,
      ['holds -1, its entries sum up to 4', 'holds -1'],
    ],
    [
      'an amount set aside from nowhere',
      `update ledger_owner set lots = json_build_array(lots::jsonb -> 0
         || jsonb_build_object('origin_owner', owner_id, 'origin_lot', gen_random_uuid())) where owner_id = $1`,
      ['came from lot'],
    ],
  ])('finds %s', async (_, tampering, says) => {
    const findings = await findingsAfter(tampering);
    expect(findings.map((finding) => finding.says)).toEqual(says.map((words) => expect.stringContaining(words)));
  });
});

describe('npm run ledger:verify', () => {
  const run = (url: string) =>
    new Promise<{ code: number; said: string }>((done) => {
      execFile(
        process.execPath,
        ['--import', './jsx.ts', 'src/commands/ledger-verify.ts'],
        { env: { ...process.env, DATABASE_URL: url } },
        (error, stdout, stderr) => done({ code: Number(error?.code ?? 0), said: stdout + stderr }),
      );
    });

  test('says that all is well, or what is not and exits 1', async () => {
    expect(await run(database.url)).toEqual({ code: 0, said: expect.stringContaining('agree') });
    await database.pool.query('update ledger_owner set remaining[1] = remaining[1] + 1 where owner_id = $1', [a]);
    expect(await run(database.url)).toEqual({ code: 1, said: expect.stringContaining(a) });
  });
});
