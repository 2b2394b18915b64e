import type { Temporal } from 'temporal-polyfill';
import { newId } from '../../base/ids.ts';
import type { Operator } from '../../base/operator.ts';
import type { Month } from '../../base/operator-month.ts';
import type { SqlRunner } from '../../infra/db/runner.ts';
import type { Job } from '../../infra/jobs/jobs.ts';
import type { Ledger } from '../../ledger/family.ts';
import { dueToExpire, endRun, lastGrantedMonth, linkedAround, markRun, openRun } from './due-store.ts';
import type { PointFamily } from './family.ts';
import { lastDueMonth, linkMoment, monthsDue } from './rules/calendar.ts';

/** How many contractors are handed to the ledger at once: few, because people wait behind a portion in its queue. */
const PORTION = 256;

export interface PointJobDeps {
  readonly sql: SqlRunner;
  readonly ledger: Ledger;
  readonly family: PointFamily;
  readonly operator: Operator;
}

/**
 * Grants what is due, month by month. A run can stop anywhere: its row says up to which contractor all is done, and what
 * was done beyond is found by its own row, once for each contractor and month.
 */
export function grantMonths(deps: PointJobDeps): Job {
  return {
    name: 'points.grant',
    everySeconds: 60,
    async run(now) {
      const { sql, operator } = deps;
      const due = lastDueMonth(now, operator.points.grantDay, operator.timeZone);
      let done = 0;
      for (const month of monthsDue(await lastGrantedMonth(sql), due)) done += await grantMonth(deps, month, now);
      return done;
    },
  };
}

async function grantMonth(
  { sql, ledger, family, operator }: PointJobDeps,
  month: Month,
  now: Temporal.Instant,
): Promise<number> {
  const run = await openRun(sql, month, now);
  if (run.doneAt !== null) return 0;
  const at = linkMoment(month, operator.timeZone);
  let done = 0;
  for (let after = run.through; ; ) {
    const portion = await linkedAround(sql, { at, after, size: PORTION });
    const answers = await Promise.all(
      portion.map((contractorId) =>
        ledger.submit(family, { kind: 'grant', requestId: `grant:${month}:${contractorId}`, contractorId, month }),
      ),
    );
    const granted = answers.filter(({ ok }) => ok).length;
    const last = portion.at(-1);
    if (last !== undefined) await markRun(sql, { month, through: last, granted });
    done += granted;
    if (last === undefined || portion.length < PORTION) break;
    after = last;
  }
  await endRun(sql, month, now);
  return done;
}

/** Takes out of the book what has ended. */
export function expirePoints({ sql, ledger, family }: PointJobDeps): Job {
  return {
    name: 'points.expire',
    everySeconds: 60,
    async run(now) {
      let done = 0;
      let after = '00000000-0000-0000-0000-000000000000';
      for (;;) {
        const portion = await dueToExpire(sql, { now, after, size: PORTION });
        await Promise.all(
          portion.map((contractorId) =>
            // Naturally repeatable: a second run finds nothing left to take.
            ledger.submit(family, { kind: 'expire', requestId: `expire:${newId()}`, contractorId }),
          ),
        );
        done += portion.length;
        const last = portion.at(-1);
        if (last === undefined || portion.length < PORTION) return done;
        after = last;
      }
    },
  };
}
