import { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createCoinFamily } from '../../tests/support/coin-family.ts';
import { testDatabase } from '../../tests/support/database.ts';
import { systemClock } from '../base/clock.ts';
import { newId } from '../base/ids.ts';
import { type Database, runnerOf } from '../infra/db/index.ts';
import { createLedger } from './index.ts';
import { hourlyReconciliation, isPaused, lastCheck, reconcile } from './reconcile.ts';
import type { Finding } from './said.ts';

let database: Database;
const owner = newId();

beforeAll(async () => {
  database = await testDatabase();
  const ledger = createLedger({ pool: database.pool, clock: systemClock });
  await ledger.submit(createCoinFamily(), { requestId: newId(), kind: 'grant', to: owner, amount: 10 });
  await ledger.stop();
});
afterAll(() => database.close());

test('a difference pauses until a later look agrees; it looks once an hour', async () => {
  const sql = runnerOf(database.db);
  const looks: (readonly Finding[])[] = [];
  const job = hourlyReconciliation({ db: database.db, onChecked: (findings) => looks.push(findings) });
  const at = (minutes: number) => Temporal.Instant.from('2026-04-10T03:00:00Z').add({ minutes });
  const change = (by: number) =>
    database.pool.query('update ledger_owner set remaining[1] = remaining[1] + $2 where owner_id = $1', [owner, by]);

  expect(await isPaused(sql)).toBe(false);
  expect(await job.run(at(0))).toBe(1);
  expect(await isPaused(sql)).toBe(false);

  await change(1);
  expect(await job.run(at(59))).toBe(0);
  expect(await isPaused(sql)).toBe(false);
  expect(await job.run(at(60))).toBe(1);
  expect(await isPaused(sql)).toBe(true);

  await change(-1);
  expect(await job.run(at(90))).toBe(0);
  expect(await isPaused(sql)).toBe(true);
  expect(await job.run(at(120))).toBe(1);
  expect(await isPaused(sql)).toBe(false);

  expect(looks).toEqual([[], [expect.objectContaining({ says: expect.stringContaining(owner) })], []]);
});

test('what only a look from the beginning finds stands until another finds it mended', async () => {
  const sql = runnerOf(database.db);
  const look = (from: 'last-look' | 'beginning', minute: number) =>
    reconcile(database.db, Temporal.Instant.from('2026-04-11T03:00:00Z').add({ minutes: minute }), { more: [], from });
  const lose = async (isLost: boolean) => {
    const client = await database.pool.connect();
    await client.query("set session_replication_role = 'replica'");
    await client.query(`update ledger_entry set amount = ${isLost ? 9 : 10}`);
    await client.query('reset session_replication_role');
    client.release();
  };

  await lose(true);
  expect(await look('last-look', 0)).toEqual([]);
  expect(await look('beginning', 1)).toHaveLength(1);
  expect(await look('last-look', 2)).toEqual([
    expect.objectContaining({ says: expect.stringContaining('sum up to 9') }),
  ]);
  expect(await isPaused(sql)).toBe(true);
  expect(await lastCheck(sql)).toMatchObject({ findingCount: 1, entriesRead: 0 });

  await lose(false);
  expect(await look('last-look', 3)).toHaveLength(1);
  expect(await look('beginning', 4)).toEqual([]);
  expect(await look('last-look', 5)).toEqual([]);
  expect(await isPaused(sql)).toBe(false);
});

test('a look is kept for thirty days, and the last from the beginning as long as there is no other', async () => {
  const job = hourlyReconciliation({ db: database.db, onChecked: () => undefined });
  await job.run(Temporal.Instant.from('2026-06-10T03:00:00Z'));
  const { rows } = await database.pool.query('select checked_at from ledger_check order by checked_at desc');
  expect(rows.map((row) => row.checked_at.toString())).toEqual(['2026-06-10T03:00:00Z', '2026-04-11T03:04:00Z']);
});
