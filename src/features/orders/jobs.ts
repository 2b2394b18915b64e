import { inTransaction, runnerOf } from '../../infra/db/index.ts';
import type { Job } from '../../infra/jobs/jobs.ts';
import { changeOrder } from './change.ts';
import type { OrdersDeps } from './deps.ts';
import { openOrder } from './order.ts';
import { answerLastDay, isOver } from './rules/deadlines.ts';
import { loadHeldSince, lockOrder } from './store.ts';

const PORTION = 100;

/** Ends orders whose question was not answered in time, each in a transaction of its own. */
export function expireHeld(deps: OrdersDeps): Job {
  const { db, operator, secrets } = deps;
  return {
    name: 'orders.expire-held',
    everySeconds: 60,
    async run(now) {
      const { timeZone: zone, orders } = operator;
      // What was asked later than this cannot be over yet; by calendar days below.
      const before = now.subtract({ hours: 24 * orders.answerDays });
      const ids = await loadHeldSince(runnerOf(db), before, PORTION);
      let done = 0;
      for (const orderId of ids) {
        done += await inTransaction(db, async (tx) => {
          const row = await lockOrder(runnerOf(tx), orderId);
          const order = row && openOrder(secrets.show, row);
          if (order?.state !== 'held') return 0;
          if (!isOver(answerLastDay(order.changedAt, { days: orders.answerDays, zone }), now, zone)) return 0;
          await changeOrder(deps, tx, order, { event: 'expire', actor: { kind: 'system' } });
          return 1;
        });
      }
      return done;
    },
  };
}
