import type { PostgresCursor, PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely';
import type pg from 'pg';
import { nameOf } from './prepared.ts';

/** What Kysely takes for a pool, on which every statement with values is prepared: planned once a connection. */
export function preparingPool(pool: pg.Pool): PostgresPool {
  const known = new WeakMap<pg.PoolClient, PreparingClient>();
  return {
    options: pool.options,
    async connect() {
      const client = await pool.connect();
      const preparing = known.get(client) ?? new PreparingClient(client);
      known.set(client, preparing);
      return preparing;
    },
    end: () => pool.end(),
  };
}

/** What is used of the driver's client here. */
interface NamingClient {
  query<R>(statement: { name?: string; text: string; values: unknown[] }): Promise<PostgresQueryResult<R>>;
  release(destroy?: boolean): void;
}

class PreparingClient implements PostgresPoolClient {
  readonly #client: NamingClient;

  constructor(client: NamingClient) {
    this.#client = client;
  }

  query<R>(sql: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<R>>;
  query<R>(cursor: PostgresCursor<R>): PostgresCursor<R>;
  query<R>(
    asked: string | PostgresCursor<R>,
    parameters: readonly unknown[] = [],
  ): Promise<PostgresQueryResult<R>> | PostgresCursor<R> {
    if (typeof asked !== 'string') throw new TypeError('no cursors here');
    const name = parameters.length > 0 ? nameOf(asked) : undefined;
    return this.#client.query({ ...(name !== undefined && { name }), text: asked, values: [...parameters] });
  }

  release(destroy?: boolean): void {
    this.#client.release(destroy);
  }
}
