import { runnerOf } from '../../infra/db/index.ts';
import type { Job } from '../../infra/jobs/jobs.ts';
import { deleteAttemptsBefore } from './attempt-store.ts';
import type { LinkingDeps } from './deps.ts';

/** Attempts are kept this long: the record of what became of them is in the audit log. */
const ATTEMPTS_KEPT_HOURS = 72;

/** Forgets tries and link attempts that nothing reads any more. */
export function sweepJob(deps: LinkingDeps): Job {
  return {
    name: 'linking.sweep',
    everySeconds: 3_600,
    async run(now) {
      const attempts = await deleteAttemptsBefore(runnerOf(deps.db), now.subtract({ hours: ATTEMPTS_KEPT_HOURS }));
      return attempts + (await deps.limits.sweep(deps.db));
    },
  };
}
