import type { Temporal } from 'temporal-polyfill';
import type { SqlRunner } from '../../infra/db/runner.ts';
import { type Balance, readBalances } from './balance.ts';
import type { Calendar } from './rules/calendar.ts';

/**
 * Look-ups asked for in one turn of the event loop go to the database as one. Alone, a look-up waits for nothing but
 * the end of the turn.
 */
export function createBalanceReader(deps: {
  sql: SqlRunner;
  calendar: Calendar;
  now: () => Temporal.Instant;
}): (subscriptionId: string) => Promise<Balance> {
  let waiting: Map<string, ((result: Promise<Balance>) => void)[]> | undefined;

  function flush(asked: Map<string, ((result: Promise<Balance>) => void)[]>): void {
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

  return (subscriptionId) =>
    new Promise((resolve) => {
      if (waiting === undefined) {
        const asked = new Map<string, ((result: Promise<Balance>) => void)[]>();
        waiting = asked;
        setImmediate(() => {
          waiting = undefined;
          flush(asked);
        });
      }
      waiting.set(subscriptionId, [...(waiting.get(subscriptionId) ?? []), resolve]);
    });
}
