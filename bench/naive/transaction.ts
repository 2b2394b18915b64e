import type pg from 'pg';

/** Asks a prepared statement. */
export type Ask = (name: string, text: string, values?: readonly unknown[]) => Promise<readonly pg.QueryResultRow[]>;

/** One interactive transaction on a connection of the pool, each statement a round trip; every one is prepared. */
export async function transaction<T>(pool: pg.Pool, steps: (ask: Ask) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  const ask: Ask = async (name, text, values = []) => (await client.query({ name, text, values: [...values] })).rows;
  try {
    await ask('begin', 'begin');
    const result = await steps(ask);
    await ask('commit', 'commit');
    return result;
  } catch (error) {
    await ask('rollback', 'rollback');
    throw error;
  } finally {
    client.release();
  }
}
