import type { Temporal } from 'temporal-polyfill';
import type { SqlRunner } from '../db/runner.ts';
import type { Tables } from '../db/tables.ts';
import { inPortions } from './portions.ts';

/** Rows in one statement: some tens of milliseconds. */
const PORTION = 10_000;

/**
 * Deletes what is older than it may be, and answers how many rows. A portion is a transaction of its own: nobody waits long for a
 * row that is in use after all, and a run may stop between two.
 *
 * @param condition of a row, with the instant as `$1`
 */
export function forgetWhere(
  sql: SqlRunner,
  { table, condition, before }: { table: keyof Tables; condition: string; before: Temporal.Instant },
  stopping: AbortSignal | undefined,
): Promise<number> {
  return inPortions(PORTION, stopping, async () => {
    const gone = await sql.query(
      `delete from ${table} where ctid = any(array(select ctid from ${table} where ${condition} limit ${PORTION}))
       returning 1`,
      [before.toString()],
    );
    return gone.length;
  });
}
