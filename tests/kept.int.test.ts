import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { disclosers } from '../src/app/features/disclosers.ts';
import { keptBackOfOthers, tablesOfRecord } from '../src/features/disclosure/index.ts';
import type { Database } from '../src/infra/db/index.ts';
import { testDatabase } from './support/database.ts';

let database: Database;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

/** The journal's months have tables of their own, made as time goes on. */
async function tables(): Promise<readonly string[]> {
  const { rows } = await database.pool.query<{ name: string }>(
    `select tablename as name from pg_tables where schemaname = 'public' and tablename !~ '^ledger_entry_.*\\d{4}_\\d{2}$'`,
  );
  return rows.map(({ name }) => name).sort();
}

test('of every table the handbook says once what it holds of people and until when, and of no other', async () => {
  const page = readFileSync(new URL('../docs/operating/what-is-kept.md', import.meta.url), 'utf8');
  const rows = page.split('\n').filter((line) => line.startsWith('| `'));
  const told = rows.flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`([a-z_]+)`/g)].map(([, name]) => name));
  expect(told.sort()).toEqual(await tables());
  for (const row of rows)
    expect(
      row
        .split('|')
        .map((cell) => cell.trim())
        .filter(Boolean),
      row,
    ).toHaveLength(3);
});

test('whoever asks what is kept of them is told of every table, or it is said why not: each once', async () => {
  const told = disclosers.flatMap((each) => each.tables);
  const keptBack = [keptBackOfOthers, ...disclosers.map((each) => each.keptBack)];
  const named = [...told, ...tablesOfRecord, ...keptBack.flatMap((each) => Object.keys(each))];
  expect(named.sort()).toEqual(await tables());
  for (const why of keptBack.flatMap((each) => Object.values(each))) expect(why).not.toBe('');
});

/** What a feature says it answers for is what its statements read; views stand for the tables behind them. */
test('a table that a feature answers for is read by it', () => {
  const VIEWS: Readonly<Record<string, string>> = {
    data_usage_earlier: 'data_usage_daily',
    ledger_owner: 'entriesSql',
    ledger_lot_closed: 'ledger_lot',
    ledger_entry: 'entriesSql',
    ledger_entry_rest: 'entriesSql',
  };
  const sources = readdirSync('src/features').flatMap((feature) => {
    const file = `src/features/${feature}/disclose-store.ts`;
    return existsSync(file)
      ? [
          readFileSync(file, 'utf8')
            .replace(/tables: \[[^\]]*\]/, '')
            .replace(/keptBack: \{[^}]*\}/, ''),
        ]
      : [];
  });
  const unread = disclosers
    .flatMap((each) => each.tables)
    .filter((table) => !sources.some((source) => new RegExp(`\\b${VIEWS[table] ?? table}\\b`).test(source)));
  expect(unread).toEqual([]);
});
