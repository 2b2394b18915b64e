import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testDatabase } from '../../../tests/support/database.ts';
import { FolderInUse, startEmbedded } from './embedded.ts';
import { assertDurable, type Database, inTransaction, migrate, NewerSchema, openDatabase } from './index.ts';

let database: Database;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

describe('values', () => {
  test('instants, days and amounts come back as they went in', async () => {
    const at = Temporal.Instant.from('2028-02-29T15:00:00.123Z');
    const { rows } = await sql<{ at: Temporal.Instant; day: string; bytes: number }>`
      select ${at.toString()}::timestamptz as at, '2028-02-29'::date as day, 9007199254740991::bigint as bytes`.execute(
      database.db,
    );
    expect(rows[0]?.at.equals(at)).toBe(true);
    expect(rows[0]?.day).toBe('2028-02-29');
    expect(rows[0]?.bytes).toBe(Number.MAX_SAFE_INTEGER);
  });

  test('an amount too large to be exact fails instead of being rounded', async () => {
    await expect(sql`select 9007199254740992::bigint as bytes`.execute(database.db)).rejects.toThrow(RangeError);
  });
});

describe('migrations', () => {
  test('are done once', async () => expect(await migrate(database.pool)).toEqual([]));

  test('an older program refuses a newer schema', async () => {
    const newer = await testDatabase();
    await newer.pool.query(`insert into schema_migration (number, name) values (9999, 'from the future')`);
    await expect(migrate(newer.pool)).rejects.toThrow(NewerSchema);
    await newer.close();
  });
});

describe('transactions', () => {
  test('a serialization failure is tried anew', async () => {
    let attempts = 0;
    await inTransaction(database.db, async (tx) => {
      attempts += 1;
      if (attempts < 3)
        await sql`do $$ begin raise exception 'lost a race' using errcode = '40001'; end $$`.execute(tx);
    });
    expect(attempts).toBe(3);
  });

  test('the journal is insert-only, for everybody', async () => {
    await database.pool.query(
      `insert into audit_log (audit_id, at, actor_kind, action) values (gen_random_uuid(), now(), 'system', 'test.done')`,
    );
    await expect(database.pool.query('delete from audit_log')).rejects.toThrow('insert-only');
    await expect(database.pool.query(`update audit_log set action = 'x'`)).rejects.toThrow('insert-only');
  });
});

describe('the embedded server', () => {
  test('is durable, refuses a second start in words, and keeps its data', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'renkei-embedded-'));
    const first = await startEmbedded(join(folder, 'postgres'));
    const one = openDatabase({ url: await first.databaseUrl('renkei') });
    await assertDurable(one.pool);
    await one.pool.query('create table kept (word text)');
    await one.pool.query(`insert into kept values ('still here')`);
    await expect(startEmbedded(join(folder, 'postgres'))).rejects.toThrow(FolderInUse);
    await one.close();
    await first.stop();

    const second = await startEmbedded(join(folder, 'postgres'));
    const two = openDatabase({ url: await second.databaseUrl('renkei') });
    expect((await two.pool.query('select word from kept')).rows).toEqual([{ word: 'still here' }]);
    await two.close();
    await second.stop();
    await rm(folder, { recursive: true, force: true });
  });

  test('left behind by a program that was killed, it is taken over and ended in order', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'renkei-orphan-'));
    const program = `import { startEmbedded } from './src/infra/db/embedded.ts';
      await startEmbedded(${JSON.stringify(join(folder, 'postgres'))});
      console.log('up');
      setInterval(() => undefined, 1_000);`;
    const args = ['--import', 'tsx', '--input-type=module', '--eval', program];
    const killed = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(killed.stdout, 'data');
    killed.kill('SIGKILL');
    await once(killed, 'exit');

    const next = await startEmbedded(join(folder, 'postgres'));
    const database = openDatabase({ url: await next.databaseUrl('renkei') });
    expect((await database.pool.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
    await database.close();
    await next.stop();
    // Ended, not only let go: the folder can be started anew.
    await (await startEmbedded(join(folder, 'postgres'))).stop();
    await rm(folder, { recursive: true, force: true });
  });

  test('a server that could lose data is refused', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'renkei-unsafe-'));
    const server = await startEmbedded(join(folder, 'postgres'), ['fsync=off']);
    const unsafe = openDatabase({ url: await server.databaseUrl('renkei') });
    await expect(assertDurable(unsafe.pool)).rejects.toThrow('fsync is off');
    await unsafe.close();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });
});
