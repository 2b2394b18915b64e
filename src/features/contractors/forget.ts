import type { Operator } from '../../base/operator.ts';
import { audit, type Db, inTransaction, runnerOf } from '../../infra/db/index.ts';
import type { Job } from '../../infra/jobs/jobs.ts';
import { inPortions } from '../../infra/jobs/portions.ts';
import type { ChangeFeed } from './change-feed.ts';
import { type Former, forgetContractor, lockFormer } from './forget-store.ts';

export type { Former } from './forget-store.ts';

const PORTION = 20;
/** As long as what was checked at the contract is kept (本人確認記録). */
const YEARS = 3;

/** What else leads to a former contractor, in the transaction that forgets them. */
export type FormerHook = (tx: Db, former: Former) => Promise<unknown>;

/** Forgets contractors whose last contract ended long ago. Bills, amounts and the audit log stay, and say of nobody. */
export function forgetFormer(deps: {
  readonly db: Db;
  readonly operator: Pick<Operator, 'timeZone'>;
  readonly onForgotten: readonly FormerHook[];
  readonly changes: Pick<ChangeFeed, 'note'>;
}): Job {
  return {
    name: 'contractors.forget',
    everySeconds: 21_600,
    run(now, stopping) {
      const before = now.toZonedDateTimeISO(deps.operator.timeZone).subtract({ years: YEARS }).toInstant();
      return inPortions(PORTION, stopping, () =>
        inTransaction(deps.db, async (tx) => {
          const sql = runnerOf(tx);
          const due = await lockFormer(sql, before, PORTION);
          for (const former of due) {
            for (const hook of deps.onForgotten) await hook(tx, former);
            await forgetContractor(sql, now, former);
            const { contractorId } = former;
            await audit(sql, now, { actor: { kind: 'system' }, action: 'contractors.forgotten', contractorId });
            const change = { type: 'contractor.forgotten', contractorId, subscriptionId: null, fields: [] } as const;
            await deps.changes.note(sql, now, [change]);
          }
          return due.length;
        }),
      );
    },
  };
}
