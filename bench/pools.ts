import type pg from 'pg';
import type { BenchDatabase } from './database.ts';
import { callersFor } from './load.ts';

/** A baseline's pool: how many connections suited it best. */
export interface BestPool {
  readonly pool: pg.Pool;
  readonly size: number;
  close(): Promise<void>;
}

/** Tries a baseline with several numbers of connections and keeps the best, so that the comparison is fair. */
export async function bestPool(
  bench: BenchDatabase,
  sizes: readonly number[],
  waiting: number,
  ask: (pool: pg.Pool) => Promise<unknown>,
): Promise<BestPool> {
  let best: (BestPool & { perSecond: number }) | undefined;
  for (const size of sizes) {
    const opened = bench.open(size);
    const { perSecond } = await callersFor(1, waiting, () => ask(opened.pool));
    const tried = { pool: opened.pool, size, perSecond, close: () => opened.close() };
    const worse = best === undefined || perSecond > best.perSecond ? best : tried;
    if (worse !== tried) best = tried;
    await worse?.close();
  }
  if (best === undefined) throw new Error('no number of connections to try');
  return best;
}
