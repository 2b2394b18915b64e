import type { Temporal } from 'temporal-polyfill';
import type { SqlRunner } from '../../infra/db/runner.ts';
import { type Balance, readBalances } from './balance.ts';
import type { Calendar } from './rules/calendar.ts';

type Answer = (result: Promise<Balance>) => void;

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
  let waiting = new Map<string, Answer[]>();

  function flush(asked: ReadonlyMap<string, readonly Answer[]>): void {
    const ids = [...asked.keys()];
    const read = readBalances(deps.sql, ids, { now: deps.now(), calendar: deps.calendar });
    for (const [index, id] of ids.entries()) {
      const one = read.then((balances) => {
        const balance = balances[index];
        if (balance === undefined) throw new Error('a balance asked for was not answered');
        return balance;
      });
      for (const answer of asked.get(id) ?? []) answer(one);
    }
  }

  /** Takes what waits; later look-ups begin anew. */
  function take(): ReadonlyMap<string, readonly Answer[]> {
    const taken = waiting;
    waiting = new Map();
    return taken;
  }

  return (subscriptionId) =>
    new Promise((resolve) => {
      if (waiting.size === 0) setImmediate(() => waiting.size > 0 && flush(take()));
      const answers = waiting.get(subscriptionId);
      if (answers === undefined) waiting.set(subscriptionId, [resolve]);
      else answers.push(resolve);
      if (waiting.size === AT_ONCE) flush(take());
    });
}
