import { inTransaction, runnerOf } from '../../infra/db/index.ts';
import type { Job } from '../../infra/jobs/jobs.ts';
import { changeOrder } from './change.ts';
import type { OrdersDeps } from './deps.ts';
import { dropStale, loadToForget, saveForgotten } from './forget-store.ts';
import { openOrder, sealApplication } from './order.ts';
import { answerLastDay, isOver } from './rules/deadlines.ts';
import { forgotten } from './rules/forget.ts';
import { loadHeldSince, lockOrder } from './store.ts';

const PORTION = 100;

/** Ends orders whose question was not answered in time, each in a transaction of its own. */
export function expireHeld(deps: OrdersDeps): Job {
  const { db, operator, secrets } = deps;
  return {
    name: 'orders.expire-held',
    everySeconds: 60,
    async run(now, stopping) {
      const { timeZone: zone, orders } = operator;
      // What was asked later than this cannot be over yet; by calendar days below.
      const before = now.subtract({ hours: 24 * orders.answerDays });
      const ids = await loadHeldSince(runnerOf(db), before, PORTION);
      let done = 0;
      for (const orderId of ids) {
        stopping?.throwIfAborted();
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

/** The law's years after a contract's end (本人確認記録), and how long a first password waits to be looked at. */
const YEARS_AFTER_CONTRACT = 3;
const PASSWORD_DAYS = 30;

/** Forgets whom an order was about when its time is over; what became of it stays. In portions, each its own transaction. */
export function forgetOrders(deps: OrdersDeps): Job {
  const { db, operator, secrets } = deps;
  return {
    name: 'orders.forget',
    everySeconds: 3_600,
    async run(now, stopping) {
      const local = now.toZonedDateTimeISO(operator.timeZone);
      const before = {
        nothing: local.subtract({ days: operator.orders.keptDays }).toInstant(),
        contract: local.subtract({ years: YEARS_AFTER_CONTRACT }).toInstant(),
      };
      const passwordsBefore = local.subtract({ days: PASSWORD_DAYS }).toInstant();
      let done = await dropStale(runnerOf(db), { now, passwordsBefore });
      const ids = await loadToForget(runnerOf(db), before, PORTION);
      for (const orderId of ids) {
        stopping?.throwIfAborted();
        await inTransaction(db, async (tx) => {
          const sql = runnerOf(tx);
          const row = await lockOrder(sql, orderId);
          if (!row) return;
          const { application } = openOrder(secrets.show, row);
          const applicationCipher = sealApplication(secrets.show, orderId, forgotten(application));
          await saveForgotten(sql, now, { orderId, applicationCipher });
        });
        done += 1;
      }
      return done;
    },
  };
}
