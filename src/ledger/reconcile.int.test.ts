import { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createCoinFamily } from '../../tests/support/coin-family.ts';
import { testDatabase } from '../../tests/support/database.ts';
import { systemClock } from '../base/clock.ts';
import { newId } from '../base/ids.ts';
import { type Database, runnerOf } from '../infra/db/index.ts';
import { createLedger } from './index.ts';
import { hourlyReconciliation, isPaused } from './reconcile.ts';
import type { Finding } from './verify.ts';

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

test('a look is kept for thirty days', async () => {
  const job = hourlyReconciliation({ db: database.db, onChecked: () => undefined });
  await job.run(Temporal.Instant.from('2026-06-10T03:00:00Z'));
  const { rows } = await database.pool.query('select checked_at from ledger_check');
  expect(rows).toHaveLength(1);
});
