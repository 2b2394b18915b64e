import { monthOf } from '../../base/operator-month.ts';
import { type Db, inTransaction, runnerOf } from '../../infra/db/index.ts';
import type { Job } from '../../infra/jobs/jobs.ts';
import { inPortions } from '../../infra/jobs/portions.ts';
import type { ActionDeps } from './deps.ts';
import { forgetEmailChanges } from './email-change-store.ts';
import { applyDue } from './terms-store.ts';

const PORTION = 500;

/**
 * Writes changes of plan and options into their subscriptions when their month begins. What counts in a month is the
 * same before and after (see `rules/terms.ts`), so it may stop anywhere and be late.
 */
export function applyPlanChanges({ db, operator, changes }: Pick<ActionDeps, 'db' | 'operator' | 'changes'>): Job {
  return {
    name: 'contractors.apply-plan-changes',
    everySeconds: 10,
    async run(now, stopping) {
      const month = monthOf(now, operator.timeZone);
      return inPortions(PORTION, stopping, () =>
        inTransaction(db, async (tx) => {
          const sql = runnerOf(tx);
          const applied = await applyDue(sql, { now, month, size: PORTION });
          const fields = ['planCode', 'optionCodes'];
          const told = applied.map((each) => ({ type: 'subscription.changed' as const, ...each, fields }));
          await changes.note(sql, now, told);
          return applied.length;
        }),
      );
    },
  };
}

/** Addresses that were wished for are nobody's any more, and those that took effect stand with the contractor. */
export function forgetOldEmailChanges({ db }: { db: Db }): Job {
  return {
    name: 'contractors.forget-email-changes',
    everySeconds: 3_600,
    run: (now, stopping) => forgetEmailChanges(runnerOf(db), now.subtract({ hours: 24 }), stopping),
  };
}
