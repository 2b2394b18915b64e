import type { Operator } from '../../../base/operator.ts';
import { addMonths, monthOf } from '../../../base/operator-month.ts';
import { type Db, inTransaction, runnerOf } from '../../../infra/db/index.ts';
import type { Job } from '../../../infra/jobs/jobs.ts';
import { inPortions } from '../../../infra/jobs/portions.ts';
import { forgetNext, loadProgress } from './days-retention-store.ts';

const PORTION = 1_000;

/** What was used on which day, and which months somebody was turned into, are forgotten after the operator's months. */
export function forgetDays({ db, operator }: { db: Db; operator: Pick<Operator, 'usage' | 'timeZone'> }): Job {
  return {
    name: 'data.forget-days',
    everySeconds: 3_600,
    async run(now, stopping) {
      const month = addMonths(monthOf(now, operator.timeZone), -operator.usage.daysKeptMonths);
      let after = await loadProgress(runnerOf(db), month);
      if (after === null) return 0;
      return inPortions(PORTION, stopping, async () => {
        const portion = { month, after: after ?? '', size: PORTION, now };
        const { count, through } = await inTransaction(db, (tx) => forgetNext(runnerOf(tx), portion));
        after = through;
        return count;
      });
    },
  };
}
