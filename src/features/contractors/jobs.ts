import { monthOf } from '../../base/operator-month.ts';
import { type Db, inTransaction, runnerOf } from '../../infra/db/index.ts';
import type { Job } from '../../infra/jobs/jobs.ts';
import { inPortions } from '../../infra/jobs/portions.ts';
import { applyDue } from './terms-store.ts';

const PORTION = 500;

/**
 * Writes changes of plan and options into their subscriptions when their month begins. What counts in a month is the
 * same before and after (see `rules/terms.ts`), so it may stop anywhere and be late.
 */
export function applyPlanChanges({ db, timeZone }: { db: Db; timeZone: string }): Job {
  return {
    name: 'contractors.apply-plan-changes',
    everySeconds: 10,
    async run(now) {
      const month = monthOf(now, timeZone);
      return inPortions(PORTION, () =>
        inTransaction(db, (tx) => applyDue(runnerOf(tx), { now, month, size: PORTION })),
      );
    },
  };
}
