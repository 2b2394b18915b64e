import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Database } from '../src/infra/db/index.ts';
import { testDatabase } from './support/database.ts';

let database: Database;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

test('of every table the handbook says once what it holds of people and until when, and of no other', async () => {
  const page = readFileSync(new URL('../docs/operating/what-is-kept.md', import.meta.url), 'utf8');
  const rows = page.split('\n').filter((line) => line.startsWith('| `'));
  const told = rows.flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`([a-z_]+)`/g)].map(([, name]) => name));
  // The journal's months have tables of their own, made as time goes on.
  const { rows: tables } = await database.pool.query<{ name: string }>(
    `select tablename as name from pg_tables where schemaname = 'public' and tablename !~ '^ledger_entry_.*\\d{4}_\\d{2}$'`,
  );
  expect(told.sort()).toEqual(tables.map(({ name }) => name).sort());
  for (const row of rows)
    expect(
      row
        .split('|')
        .map((cell) => cell.trim())
        .filter(Boolean),
      row,
    ).toHaveLength(3);
});
