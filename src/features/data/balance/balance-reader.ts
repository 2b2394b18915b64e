import type { Temporal } from 'temporal-polyfill';
import type { SqlRunner } from '../../../infra/db/runner.ts';
import type { Calendar } from '../rules/calendar.ts';
import { type Balance, readBalances } from './balance.ts';

/** How many are asked of the database at once: with more waiting it works on one part while the program reads another. */
const AT_ONCE = 256;

/**
 * Look-ups asked for in one turn of the event loop go to the database together. Alone, a look-up waits for nothing but the
 * end of the turn.
 */
export function createBalanceReader(deps: {
  sql: SqlRunner;
  calendar: Calendar;
  now: () => Temporal.Instant;
}): (subscriptionId: string) => Promise<Balance> {
  let waiting = new Map<string, PromiseWithResolvers<Balance>>();

  /** Reads for those that wait; later look-ups begin anew. */
  async function flush(): Promise<void> {
    const asked = waiting;
    waiting = new Map();
    try {
      const balances = await readBalances(deps.sql, [...asked.keys()], { now: deps.now(), calendar: deps.calendar });
      for (const balance of balances) asked.get(balance.subscriptionId)?.resolve(balance);
    } catch (error) {
      for (const { reject } of asked.values()) reject(error);
    }
  }

  return (subscriptionId) => {
    if (waiting.size === 0) setImmediate(() => waiting.size > 0 && flush());
    // Whoever asks for the same is answered with it.
    const one = waiting.get(subscriptionId) ?? Promise.withResolvers<Balance>();
    waiting.set(subscriptionId, one);
    if (waiting.size === AT_ONCE) void flush();
    return one.promise;
  };
}
