import { createHash, randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { type Database, openDatabase } from '../../src/infra/db/index.ts';

interface Options {
  poolSize?: number;
}

/** A database of this test file's own, cloned from the migrated template. Close it in `afterAll`. */
export async function testDatabase(options: Options = {}): Promise<Database> {
  return withAdmin((admin) => cloned(admin, inject('templateName'), options));
}

/**
 * A database of this test file's own with what `fill` writes into an empty one. The first who asks by this name has it
 * written; everybody else of the run, in any worker, gets a clone of that.
 */
export async function filledDatabase(
  name: string,
  fill: (database: Database) => Promise<void>,
  options: Options = {},
): Promise<Database> {
  return withAdmin(async (admin) => {
    const template = `filled_${createHash('sha256').update(name).digest('hex').slice(0, 12)}`;
    await admin.query('select pg_advisory_lock(hashtext($1))', [template]);
    const { rows } = await admin.query('select from pg_database where datname = $1', [template]);
    if (rows.length === 0) {
      const database = await cloned(admin, inject('templateName'), {});
      await fill(database);
      const made = await database.pool.query<{ name: string }>('select current_database() as name');
      await database.close();
      await closeForClones(admin, made.rows[0]?.name ?? '');
      // Its name comes last: whoever sees it finds it whole.
      await admin.query(`alter database ${made.rows[0]?.name} rename to ${template}`);
    }
    await admin.query('select pg_advisory_unlock(hashtext($1))', [template]);
    return cloned(admin, template, options);
  });
}

/** Nobody connects to a template any more, the server's own workers included: then it can be cloned at any moment. */
export async function closeForClones(admin: pg.Client, name: string): Promise<void> {
  await admin.query(`alter database ${name} allow_connections false`);
  for (let others = 1; others > 0; ) {
    const { rows } = await admin.query<{ others: number }>(
      'select count(*)::int as others from pg_stat_activity where datname = $1',
      [name],
    );
    others = rows[0]?.others ?? 0;
    if (others > 0) await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function cloned(admin: pg.Client, template: string, { poolSize = 8 }: Options): Promise<Database> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  await admin.query(`create database ${name} template ${template} strategy file_copy`);
  return openDatabase({ url: inject('adminUrl').replace('/postgres?', `/${name}?`), poolSize });
}

async function withAdmin<T>(work: (admin: pg.Client) => Promise<T>): Promise<T> {
  const admin = new pg.Client({ connectionString: inject('adminUrl') });
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.end();
  }
}
