import type pg from 'pg';
import { expect } from 'vitest';

/**
 * Does `work` while a transaction of its own holds what `hold` locks, and lets go once so many of its statements wait for
 * that: what they then find is what matters. Without a lock in the program nothing waits, and the test fails.
 */
export async function whileHeld<Result>(
  pool: pg.Pool,
  hold: { text: string; values?: readonly unknown[]; waiting: number },
  work: () => Promise<Result>,
): Promise<Result> {
  const holding = await pool.connect();
  try {
    await holding.query('begin');
    await holding.query(hold.text, [...(hold.values ?? [])]);
    const working = work();
    await expect
      .poll(async () => {
        const { rows } = await pool.query(
          `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
        );
        return rows.length;
      })
      .toBe(hold.waiting);
    await holding.query('commit');
    return await working;
  } finally {
    // Closed, so that a test that fails holds nothing.
    holding.release(true);
  }
}
