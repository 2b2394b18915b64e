import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EmbeddedPostgres, startEmbedded } from '../src/infra/db/embedded.ts';
import { byKeySettings, type Database, migrate, openDatabase } from '../src/infra/db/index.ts';

export interface BenchDatabase {
  readonly database: Database;
  /** The ledger's own connections, as in the app. */
  readonly ledgerLane: Database;
  /** Another pool on the same database, for a baseline with its own number of connections. */
  open(poolSize: number): Database;
  close(): Promise<void>;
}

/** `DATABASE_URL`, which should be a database of the bench's own, or a server made for this run and removed after it. */
export async function openBenchDatabase(url = process.env.DATABASE_URL): Promise<BenchDatabase> {
  if (url) return openAt(url);
  const server = await startBenchServer();
  const opened = await openAt(await server.databaseUrl('bench'));
  return {
    ...opened,
    async close() {
      await opened.close();
      await server.stop();
    },
  };
}

/** A database at this address, with its tables. */
export async function openAt(url: string): Promise<BenchDatabase> {
  const open = (poolSize: number, settings = {}) =>
    openDatabase({ url, poolSize, applicationName: 'renkei bench', settings });
  // Everything is seeded in a few statements.
  const database = open(8, { statement_timeout: '0' });
  const ledgerLane = open(6, byKeySettings);
  await migrate(database.pool);
  return {
    database,
    ledgerLane,
    open,
    async close() {
      await Promise.all([ledgerLane.close(), database.close()]);
    },
  };
}

/** Files of the write-ahead log, 16 MB each: more than is written between two checkpoints. */
const LOG_FILES = 128;

/** Room as a server of its own would have; everything that makes it durable is as delivered. */
const SETTINGS = [
  'max_wal_size=4GB',
  `min_wal_size=${LOG_FILES * 16}MB`,
  'checkpoint_timeout=15min',
  'wal_compression=on',
];

/**
 * Has the server write through so many files of its log, and keep them. A server that runs for weeks writes into files it has
 * used before; a new one makes each anew, 16 MB of nothing, while every commit waits for it.
 */
const usedBefore = `do $$ begin
  for file in 1..${LOG_FILES} loop
    perform pg_logical_emit_message(false, 'bench', ''), pg_switch_wal();
  end loop;
end $$`;

/** A PostgreSQL made for this run, and removed after it. */
export async function startBenchServer(sharedBuffers = '512MB'): Promise<EmbeddedPostgres> {
  const folder = await mkdtemp(join(tmpdir(), 'renkei-bench-'));
  const server = await startEmbedded(join(folder, 'postgres'), [`shared_buffers=${sharedBuffers}`, ...SETTINGS]);
  const { pool, close } = openDatabase({ url: await server.databaseUrl('postgres'), applicationName: 'renkei bench' });
  await pool.query(usedBefore);
  await pool.query('checkpoint');
  await close();
  return {
    databaseUrl: (name) => server.databaseUrl(name),
    async stop() {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
