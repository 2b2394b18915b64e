import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { Temporal } from 'temporal-polyfill';
import { GatheringSocket } from './gathering-socket.ts';
import { preparingPool } from './preparing-pool.ts';
import type { Db } from './runner.ts';
import type { Tables } from './tables.ts';

export interface Database {
  readonly db: Db;
  readonly pool: pg.Pool;
  readonly url: string;
  close(): Promise<void>;
}

export interface DatabaseOptions {
  /** `postgresql://…`; a socket folder as `postgresql://user@/name?host=/folder`. */
  url: string;
  /** Connections at most. About eight suffice for two cores. */
  poolSize?: number;
  applicationName?: string;
  /** Settings of PostgreSQL for every connection, beside those that all have. */
  settings?: Readonly<Record<string, string>>;
  /** Whether every statement is planned once a connection: where the same ones are asked again and again. */
  prepares?: boolean;
  /** Told when an idle connection breaks; the pool makes a new one by itself. */
  onConnectionError?: (error: Error) => void;
}

/**
 * How long a statement may take. Nothing asked here takes a second of a working database; what hangs (behind a lock, on a sick
 * disk) is given up, so that it does not keep one of few connections. Commands that read everything set it to 0.
 */
const STATEMENT_TIMEOUT = '60s';

const BIGINT = 20;
const DATE = 1082;
const TIMESTAMPTZ = 1184;

/** How values are read: bigint as a checked safe number, timestamptz as an instant, date as its ISO text. */
const types: pg.CustomTypesConfig = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    if (format !== 'binary') {
      if (oid === BIGINT) return readSafeInteger;
      if (oid === TIMESTAMPTZ) return readInstant;
      if (oid === DATE) return (text: string) => text;
    }
    return pg.types.getTypeParser(oid, format);
  },
};

function readSafeInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`an amount beyond 2^53: ${text}`);
  return value;
}

const instants = new Map<string, Temporal.Instant>();
const INSTANTS_REMEMBERED = 10_000;

/**
 * `2026-11-23 19:12:54.178+00` as PostgreSQL writes it. Months begin and end at the same few moments in thousands of rows,
 * and to read one costs ten times what it costs to find it.
 */
function readInstant(text: string): Temporal.Instant {
  let instant = instants.get(text);
  if (instant === undefined) {
    if (instants.size >= INSTANTS_REMEMBERED) instants.clear();
    instant = Temporal.Instant.from(text.replace(' ', 'T'));
    instants.set(text, instant);
  }
  return instant;
}

/** A pool on a PostgreSQL. Nothing is connected yet; the first query is. */
export function openDatabase(options: DatabaseOptions): Database {
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.poolSize ?? 8,
    application_name: options.applicationName ?? 'renkei',
    connectionTimeoutMillis: 10_000,
    // Statements asked for together travel together. One at a time is as before.
    pipeline: true,
    stream: () => new GatheringSocket(),
    types,
    // Text comes out in the session's zone; UTC keeps the offset constant. PostgreSQL as distributions build it compiles
    // what it takes for long work before it begins (`jit`), and of statements with arrays it expects much: the hourly look at
    // the ledger took 21 seconds so, and 1.6 without.
    options: Object.entries({ jit: 'off', statement_timeout: STATEMENT_TIMEOUT, ...options.settings, timezone: 'UTC' })
      .map(([name, value]) => `-c ${name}=${value}`)
      .join(' '),
  });
  pool.on('error', (error) => options.onConnectionError?.(error));
  // A connection that breaks while it is lent out fails the query under way, if any; unheard it would end the process.
  pool.on('connect', (client) => client.on('error', () => undefined));
  const db = new Kysely<Tables>({
    dialect: new PostgresDialect({ pool: options.prepares ? preparingPool(pool) : pool }),
  });
  return {
    db,
    pool,
    url: options.url,
    async close() {
      await db.destroy();
      // Kysely leaves a pool open that it never used.
      if (!pool.ended) await pool.end();
    },
  };
}
