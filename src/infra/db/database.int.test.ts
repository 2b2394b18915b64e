import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { sql } from 'kysely';
import { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testDatabase } from '../../../tests/support/database.ts';
import { testFolder } from '../../../tests/support/folder.ts';
import { isBusy } from '../http/busy.ts';
import { FolderInUse, startEmbedded } from './embedded.ts';
import {
  assertDurable,
  assertSchema,
  type Database,
  type Db,
  inTransaction,
  migrate,
  NewerSchema,
  OlderSchema,
  openDatabase,
  runnerOf,
} from './index.ts';
import { type Answered, Round } from './round.ts';

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

test('nothing is compiled before it is run, with settings of one’s own or without', async () => {
  for (const settings of [{}, { enable_seqscan: 'off' }]) {
    const own = openDatabase({ url: database.url, poolSize: 1, settings });
    expect((await own.pool.query('show jit')).rows).toEqual([{ jit: 'off' }]);
    await own.close();
  }
});

test('where the same statements are asked again and again, each is planned once, in a transaction too', async () => {
  const own = openDatabase({ url: database.url, poolSize: 1, prepares: true });
  const ask = (db: Db, n: number) => runnerOf(db).query<{ n: number }>('select $1::int + 1 as n', [n]);
  expect(await ask(own.db, 1)).toEqual([{ n: 2 }]);
  expect(await inTransaction(own.db, (tx) => ask(tx, 2))).toEqual([{ n: 3 }]);
  const { rows } = await own.pool.query(
    'select statement, generic_plans + custom_plans as times from pg_prepared_statements',
  );
  expect(rows).toEqual([{ statement: 'select $1::int + 1 as n', times: 2 }]);
  await own.close();
});

describe('a round', () => {
  async function ask(...statements: readonly (readonly [name: string, text: string, values?: readonly unknown[]])[]) {
    const client = await database.pool.connect();
    try {
      const round = new Round(client);
      const asked = statements.map(([name, text, values = []]) => round.add(name, text, values));
      client.query(round);
      return await Promise.allSettled(asked);
    } finally {
      client.release();
    }
  }
  const told = (settled: readonly PromiseSettledResult<Answered<unknown>>[]) =>
    settled.map((one) => (one.status === 'fulfilled' ? [one.value.command, one.value.rows] : one.reason.code));

  test('answers each statement, whether the connection meets it for the first time or again', async () => {
    const list = ['list', 'select n, $2::text as said from unnest($1::int[]) as n', [[1, 2], 'a "word"']] as const;
    for (let time = 0; time < 2; time += 1) {
      expect(
        told(await ask(list, ['none', 'select 1 as n where false'], ['nothing', 'set local time zone utc'])),
      ).toEqual([
        ['SELECT 2', [1, 2].map((n) => ({ n, said: 'a "word"' }))],
        ['SELECT 0', []],
        ['SET', []],
      ]);
    }
  });

  test('ends at the first failure, and the next one asks the same statements', async () => {
    const half = ['half', 'select 10 / $1::int as n', [0]] as const;
    const one = ['one', 'select 1 as n'] as const;
    expect(told(await ask(one, half, one))).toEqual([['SELECT 1', [{ n: 1 }]], '22012', '22012']);
    expect(told(await ask(['half', half[1], [5]], one))).toEqual([
      ['SELECT 1', [{ n: 2 }]],
      ['SELECT 1', [{ n: 1 }]],
    ]);
  });

  test('does not send an object, and says which value it cannot read', async () => {
    await expect(ask(['object', 'select $1::json', [{}]])).rejects.toThrow(TypeError);
    const [large, other] = await ask(['large', 'select 9007199254740992::bigint as n'], ['other', 'select 2 as n']);
    expect(large).toMatchObject({ status: 'rejected', reason: expect.any(RangeError) });
    expect(other).toMatchObject({ status: 'fulfilled', value: { rows: [{ n: 2 }] } });
  });
});

describe('migrations', () => {
  test('are done once', async () => expect(await migrate(database.pool)).toEqual([]));

  test('an older program refuses a newer schema', async () => {
    const newer = await testDatabase();
    await newer.pool.query(`insert into schema_migration (number, name) values (9999, 'from the future')`);
    await expect(migrate(newer.pool)).rejects.toThrow(NewerSchema);
    await expect(assertSchema(newer.pool)).rejects.toThrow(NewerSchema);
    await newer.close();
  });

  test('a command that only asks works on its own schema, and makes none', async () => {
    await assertSchema(database.pool);
    const older = await testDatabase();
    await older.pool.query('delete from schema_migration where number = (select max(number) from schema_migration)');
    await expect(assertSchema(older.pool)).rejects.toThrow(OlderSchema);
    await older.pool.query('drop table schema_migration');
    await expect(assertSchema(older.pool)).rejects.toThrow(OlderSchema);
    await older.close();
  });
});

describe('a statement that hangs', () => {
  test('is given up and its connection goes on, in a minute unless told otherwise', async () => {
    const own = openDatabase({ url: database.url, poolSize: 1, settings: { statement_timeout: '20ms' } });
    const error = await own.pool.query('select pg_sleep(60)').catch((failure: unknown) => failure);
    expect(isBusy(error)).toBe(true);
    expect((await own.pool.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
    await own.close();
    expect((await database.pool.query('show statement_timeout')).rows).toEqual([{ statement_timeout: '1min' }]);
  });

  test('may be a migration, which takes what it takes', async () => {
    const own = openDatabase({ url: database.url, poolSize: 1, settings: { statement_timeout: '100ms' } });
    const held = await database.pool.connect();
    await held.query(`select pg_advisory_lock(hashtext('renkei migrations'))`);
    const migrated = migrate(own.pool);
    await held.query('select pg_sleep(0.3)');
    await held.query(`select pg_advisory_unlock(hashtext('renkei migrations'))`);
    held.release();
    expect(await migrated).toEqual([]);
    expect((await own.pool.query('show statement_timeout')).rows).toEqual([{ statement_timeout: '100ms' }]);
    await own.close();
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
    const folder = testFolder();
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
  });

  test('left behind by a program that was killed, it is taken over and ended in order', async () => {
    const folder = testFolder();
    const program = `import { startEmbedded } from './src/infra/db/embedded.ts';
      const server = await startEmbedded(${JSON.stringify(join(folder, 'postgres'))});
      console.log(await server.databaseUrl('postgres'));
      setInterval(() => undefined, 1_000);`;
    const args = ['--input-type=module', '--eval', program];
    const killed = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    const [url] = await once(killed.stdout, 'data');
    const owner = await ownersBackend(String(url).trim());
    // A busy server notices late that its owner has gone.
    process.kill(owner, 'SIGSTOP');
    killed.kill('SIGKILL');
    await once(killed, 'exit');

    const starting = startEmbedded(join(folder, 'postgres'));
    setTimeout(() => process.kill(owner, 'SIGCONT'), 300);
    const next = await starting;
    const database = openDatabase({ url: await next.databaseUrl('renkei') });
    expect((await database.pool.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
    await database.close();
    await next.stop();
    // Ended, not only let go: the folder can be started anew.
    await (await startEmbedded(join(folder, 'postgres'))).stop();
  });

  /** The server's process that serves whoever holds the owner's lock. */
  async function ownersBackend(url: string): Promise<number> {
    const looking = openDatabase({ url });
    const { rows } = await looking.pool.query<{ pid: number }>(`select pid from pg_locks where locktype = 'advisory'`);
    await looking.close();
    return rows[0]?.pid ?? Number.NaN;
  }

  test('a server that could lose data is refused', async () => {
    const folder = testFolder();
    const server = await startEmbedded(join(folder, 'postgres'), ['fsync=off']);
    const unsafe = openDatabase({ url: await server.databaseUrl('renkei') });
    await expect(assertDurable(unsafe.pool)).rejects.toThrow('fsync is off');
    await unsafe.close();
    await server.stop();
  });
});
