import { Temporal } from 'temporal-polyfill';
import type { SqlRunner } from '../../../infra/db/runner.ts';
import type { Job } from '../../../infra/jobs/jobs.ts';
import {
  forgetConflicts,
  forgetCounters,
  forgetDelivered,
  forgetNotices,
  forgetSliceAnswers,
  forgetSlices,
  forgetUntold,
  forgetUses,
} from './retention-store.ts';

/** A day more than records are taken for: whatever is still taken finds what was counted before. */
const FORGOTTEN_LATER = Temporal.Duration.from({ hours: 24 });

/** Longer than any month. */
const A_MONTH = Temporal.Duration.from({ hours: 32 * 24 });

/** As long as the messages' own keys: the same cause names the same month, and must not be told twice. */
const NOTICES_KEPT = Temporal.Duration.from({ hours: 400 * 24 });

/** Secrecy of communications: single uses, and what the network was told of them, are forgotten after the operator's days; daily totals stay. */
export function forgetSingleUses({ sql, keptDays }: { sql: SqlRunner; keptDays: number }): Job {
  return {
    name: 'data.forget-single-uses',
    everySeconds: 3_600,
    async run(now, stopping) {
      const before = now.subtract({ hours: keptDays * 24 }).subtract(FORGOTTEN_LATER);
      let forgotten = 0;
      for (const forget of [
        forgetCounters,
        forgetUses,
        forgetSlices,
        forgetSliceAnswers,
        forgetDelivered,
        forgetConflicts,
      ]) {
        forgotten += await forget(sql, before, stopping);
      }
      const moot = [before, now.subtract(A_MONTH)].sort(Temporal.Instant.compare)[0] ?? before;
      forgotten += await forgetUntold(sql, moot, stopping);
      return forgotten + (await forgetNotices(sql, now.subtract(NOTICES_KEPT), stopping));
    },
  };
}
