import { readdir, readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testDatabase } from '../../tests/support/database.ts';
import { type Database, migrate, runnerOf } from '../infra/db/index.ts';
import { entriesSql, verifyLedger } from './index.ts';

const MIGRATIONS = new URL('../infra/db/migrations/', import.meta.url);
const OWNER_ROW = '0190_owner_row.sql';

let database: Database;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

const id = (n: number) => `0190a000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`;
const [A, B, GIFT] = [id(1), id(2), id(3)];

/** A ledger as it was before an owner's lots stood in its row: what A got, gave to B and used, and what has ended or will, empty. */
async function asItWasBefore(): Promise<void> {
  await database.pool.query('drop schema public cascade; create schema public');
  await database.pool.query(
    'create table schema_migration (number integer primary key, name text not null, applied_at timestamptz not null default now())',
  );
  for (const name of (await readdir(MIGRATIONS)).sort()) {
    if (!name.endsWith('.sql') || name >= OWNER_ROW) continue;
    await database.pool.query(await readFile(new URL(name, MIGRATIONS), 'utf8'));
    await database.pool.query('insert into schema_migration values ($1, $2)', [Number(name.slice(0, 4)), name]);
  }
  const lot = (owner: string, n: number, kind: string, remaining: number, end: string, origin = 'null, null') =>
    `('${owner}', '${id(n)}', 'byte', '${kind}', ${remaining}, '2026-01-01T00:00:00.123Z', '${end}', ${origin})`;
  const entry = (n: number, reason: string, amount: number, from: string, to: string) =>
    `('${id(n)}', now(), 'test', '${n}', '${reason}', 'byte', ${amount}, ${from}, ${to})`;
  const side = (owner: string, n: number, after: number) => `'${owner}', '${id(n)}', ${after}`;
  const none = 'null, null, null';
  await database.pool.query(`
    insert into ledger_owner values ('${A}'), ('${B}'), ('${GIFT}');
    insert into ledger_lot (owner_id, lot_id, unit, kind, remaining, granted_at, expires_at, origin_owner_id, origin_lot_id) values
      ${lot(A, 11, 'base', 0, '2026-01-31T15:00:00Z')}, ${lot(A, 12, 'base', 70, '2999-01-31T15:00:00Z')},
      ${lot(A, 13, 'gift', 0, '2998-12-31T15:00:00Z')}, ${lot(B, 21, 'gift', 20, '2999-12-31T15:00:00Z')},
      ${lot(GIFT, 31, 'set-aside', 10, '2999-01-31T15:00:00Z', `'${A}', '${id(12)}'`)};
    insert into ledger_entry (entry_id, at, request_scope, request_id, reason, unit, amount,
      from_owner_id, from_lot_id, from_lot_after, to_owner_id, to_lot_id, to_lot_after) values
      ${entry(101, 'plan-grant', 5, none, side(A, 11, 5))}, ${entry(102, 'usage', 5, side(A, 11, 0), none)},
      ${entry(103, 'plan-grant', 100, none, side(A, 12, 100))},
      ${entry(104, 'gift-claimed', 20, side(A, 12, 80), side(B, 21, 20))},
      ${entry(105, 'gift-set-aside', 10, side(A, 12, 70), side(GIFT, 31, 10))};
    insert into data_usage_daily (subscription_id, used_on, used_bytes, zero_rated_bytes, over_bytes) values
      ('${A}', '2026-04-09', 1, 2, 0), ('${A}', '2026-04-10', 3, 4, 1), ('${B}', '2026-03-31', 5, 0, 0);`);
}

test('what was in the ledger before stands in its owners’ rows, its entries one behind the other and where they were', async () => {
  await asItWasBefore();
  const before = 'select * from ledger_lot_before order by lot_id';
  await database.pool.query('create table ledger_lot_before as select * from ledger_lot');
  const { rows: journal } = await database.pool.query(`select pg_relation_filenode('ledger_entry') as file`);
  const days = async () => (await database.pool.query('select * from data_usage_daily order by 1, 2')).rows;
  const daysBefore = await days();
  expect(await migrate(database.pool)).toContain(190);

  expect(await verifyLedger(runnerOf(database.db))).toEqual([]);
  const { rows: now } = await database.pool.query('select * from ledger_lot order by lot_id');
  const { rows: then } = await database.pool.query(before);
  expect(now.map((row) => JSON.stringify(row))).toEqual(then.map(({ is_empty: _, ...row }) => JSON.stringify(row)));
  const { rows: places } = await database.pool.query(
    'select distinct pg_relation_filenode(tableoid) as file from ledger_entry',
  );
  expect(places).toEqual(journal);
  expect(await days()).toEqual(daysBefore);
  const { rows: earlier } = await database.pool.query('select used_on from data_usage_earlier');
  expect(earlier).toEqual([{ used_on: '2026-04-09' }]);
  const { rows } = await database.pool.query<{ side: string; amount: number }>(
    `(select 'out' as side, amount from ${entriesSql('out', '$1')} as gone)
     union all (select 'in', amount from ${entriesSql('in', '$1')} as come)`,
    [A],
  );
  expect(rows.map(({ side, amount }) => `${side} ${amount}`)).toEqual(['out 10', 'out 20', 'out 5', 'in 100', 'in 5']);
});
