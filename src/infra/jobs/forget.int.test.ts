import { afterAll, beforeAll, expect, test } from 'vitest';
import { testDatabase } from '../../../tests/support/database.ts';
import { stoppedAtLook } from '../../../tests/support/stopping.ts';
import { systemClock } from '../../base/clock.ts';
import { type Database, runnerOf } from '../db/index.ts';
import { forgetOldRequests } from '../http/answer-once.ts';

let database: Database;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

test('what is to be forgotten goes by portions: a process that stops leaves the rest to the next', async () => {
  const sql = runnerOf(database.db);
  const now = systemClock.now();
  await sql.query(
    `insert into idempotent_request (scope, request_id, body_hash, answer, answered_at)
     select 'old', n::text, '\\x00'::bytea, '{}'::jsonb, $1::timestamptz from generate_series(1, 10001) as n
     union all select 'young', '1', '\\x00', '{}', $2`,
    [now.subtract({ hours: 401 * 24 }).toString(), now.subtract({ hours: 399 * 24 }).toString()],
  );
  const left = async () => {
    const rows = await sql.query<{ scope: string }>('select scope from idempotent_request order by scope');
    return rows.map(({ scope }) => scope);
  };
  const job = forgetOldRequests(database);
  await expect(job.run(now, stoppedAtLook(2))).rejects.toThrow('aborted');
  expect(await left()).toEqual(['old', 'young']);
  expect(await job.run(now)).toBe(1);
  expect(await left()).toEqual(['young']);
});
