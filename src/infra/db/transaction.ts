import type { Db } from './runner.ts';

/** PostgreSQL says: somebody else was in the way, nothing was done, try again. */
const TRY_AGAIN = new Set(['40001', '40P01']);
const TRIES = 5;

/** Runs work in one transaction; a serialization failure or a deadlock is tried anew, at most five times. */
export async function inTransaction<Result>(db: Db, work: (tx: Db) => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await db.transaction().execute(work);
    } catch (error) {
      if (attempt === TRIES || !TRY_AGAIN.has(sqlState(error) ?? '')) throw error;
      await new Promise((resolve) => setTimeout(resolve, attempt * 5 + Math.random() * 20));
    }
  }
}

class TakenBack extends Error {}

/** Does it in a transaction that is never committed: a dry run that says exactly what would happen. */
export async function takenBack<Result>(db: Db, work: (tx: Db) => Promise<Result>): Promise<Result> {
  let result: { value: Result } | undefined;
  try {
    await db.transaction().execute(async (tx) => {
      result = { value: await work(tx) };
      throw new TakenBack();
    });
  } catch (error) {
    if (!(error instanceof TakenBack) || !result) throw error;
    return result.value;
  }
  throw new Error('a dry run was committed');
}

/** The five-character SQLSTATE of a database error, or undefined for any other. */
export function sqlState(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
