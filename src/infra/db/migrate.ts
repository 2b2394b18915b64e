import { readdir, readFile } from 'node:fs/promises';
import type pg from 'pg';

const FOLDER = new URL('./migrations/', import.meta.url);

/** The database was written by a newer program; this one must not touch it. */
export class NewerSchema extends Error {
  constructor(found: number, known: number) {
    super(
      `The database is at schema ${found}, this program knows ${known}: run the newer program, or restore a backup.`,
    );
    this.name = 'NewerSchema';
  }
}

/** The database was written by an older program, or is empty; whoever only asks does not change that. */
export class OlderSchema extends Error {
  constructor() {
    super('The database is not at the schema of this program: run "npm run db:migrate" first.');
    this.name = 'OlderSchema';
  }
}

/** Refuses a database that is at another schema than this program's, and changes nothing. */
export async function assertSchema(pool: pg.Pool): Promise<void> {
  const { rows: tables } = await pool.query(`select 1 from pg_tables where tablename = 'schema_migration'`);
  if (tables.length === 0) throw new OlderSchema();
  const { rows } = await pool.query<{ number: number }>('select number from schema_migration');
  const applied = new Set(rows.map((row) => row.number));
  const known = (await migrationFiles()).map(numberOf);
  assertNotNewer(applied, known);
  if (known.some((number) => !applied.has(number))) throw new OlderSchema();
}

function assertNotNewer(applied: ReadonlySet<number>, known: readonly number[]): void {
  const newest = Math.max(0, ...applied);
  if (newest > Math.max(0, ...known)) throw new NewerSchema(newest, Math.max(0, ...known));
}

const migrationFiles = async () => (await readdir(FOLDER)).filter((name) => /^\d{4}_.+\.sql$/.test(name)).sort();
const numberOf = (name: string) => Number(name.slice(0, 4));

/**
 * Brings the schema up to date: numbered SQL files, forward only, each in its own transaction. An advisory lock lets
 * one of several starting processes do it while the others wait.
 *
 * @returns the numbers applied now; empty when nothing was to do.
 */
export async function migrate(pool: pg.Pool): Promise<number[]> {
  const files = await migrationFiles();
  const client = await pool.connect();
  try {
    // A large table takes what it takes, and so does waiting for whoever is at it.
    await client.query('set statement_timeout = 0');
    await client.query(`select pg_advisory_lock(hashtext('renkei migrations'))`);
    await client.query(
      `create table if not exists schema_migration (number integer primary key, name text not null, applied_at timestamptz not null default now())`,
    );
    const { rows } = await client.query<{ number: number }>('select number from schema_migration');
    const applied = new Set(rows.map((row) => row.number));
    assertNotNewer(applied, files.map(numberOf));

    const done: number[] = [];
    for (const name of files) {
      const number = numberOf(name);
      if (applied.has(number)) continue;
      const text = await readFile(new URL(name, FOLDER), 'utf8');
      await client.query('begin');
      await client.query(text);
      await client.query('insert into schema_migration (number, name) values ($1, $2)', [number, name]);
      await client.query('commit');
      done.push(number);
    }
    return done;
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  } finally {
    await client.query(`select pg_advisory_unlock(hashtext('renkei migrations'))`).catch(() => undefined);
    await client.query('reset statement_timeout').catch(() => undefined);
    client.release();
  }
}

/** The database could lose what it acknowledged, or is older than what is known to work. */
export class UntrustedDatabase extends Error {
  constructor(faults: readonly string[]) {
    super(`The database cannot be trusted with data: ${faults.join('; ')}.`);
    this.name = 'UntrustedDatabase';
  }
}

/** Refuses a server that could lose what it acknowledged. */
export async function assertDurable(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query<{ name: string; setting: string }>(
    `select name, setting from pg_settings where name in ('fsync', 'full_page_writes', 'synchronous_commit', 'server_version_num')`,
  );
  const faults = rows.flatMap(({ name, setting }) => {
    if (name === 'server_version_num')
      return Number(setting) < 150_000 ? [`PostgreSQL ${setting} is older than 15`] : [];
    return setting === 'off' ? [`${name} is off`] : [];
  });
  if (faults.length > 0) throw new UntrustedDatabase(faults);
}
