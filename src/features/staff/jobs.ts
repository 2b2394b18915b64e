import { type Db, runnerOf } from '../../infra/db/index.ts';
import type { Job } from '../../infra/jobs/jobs.ts';
import { inPortions } from '../../infra/jobs/portions.ts';
import { deleteLooksBefore } from './looks-store.ts';
import { deleteSessionsBefore } from './session-store.ts';

/** As long as people's own sessions. That somebody signed in, and looked at whom and why, stays in the audit log. */
const KEPT = { hours: 180 * 24 };
const PORTION = 2_000;

/** Forgets staff's sessions long after their last use, and looks that open no page any more. */
export function forgetSessionsAndLooks({ db }: { db: Db }): Job {
  const sql = runnerOf(db);
  return {
    name: 'staff.forget',
    everySeconds: 21_600,
    async run(now, stopping) {
      const before = now.subtract(KEPT);
      const sessions = await inPortions(PORTION, stopping, () => deleteSessionsBefore(sql, before, PORTION));
      return sessions + (await inPortions(PORTION, stopping, () => deleteLooksBefore(sql, before, PORTION)));
    },
  };
}
