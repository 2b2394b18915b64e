import { CompiledQuery, type Kysely } from 'kysely';
import type { Tables } from './tables.ts';

/** A pool of connections, or one transaction: stores take either. */
export type Db = Kysely<Tables>;

/**
 * The smallest thing a statement needs: what writes an outbox row or an audit entry works inside a Kysely
 * transaction and inside a ledger batch alike.
 */
export interface SqlRunner {
  query<Row>(text: string, values?: readonly unknown[]): Promise<readonly Row[]>;
}

/** Runs plain SQL on a database or inside a transaction of it. */
export function runnerOf(db: Db): SqlRunner {
  return {
    async query<Row>(text: string, values: readonly unknown[] = []) {
      const result = await db.executeQuery<Row>(CompiledQuery.raw(text, [...values]));
      return result.rows;
    },
  };
}
