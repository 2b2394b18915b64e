import { type Db, runnerOf } from '../../infra/db/runner.ts';
import type { Job } from '../../infra/jobs/jobs.ts';
import { deleteSeenBefore } from './store.ts';

/** Cards older than this are hardly answered any more. */
const CARDS_KEPT_HOURS = 24 * 7;

/** Forgets which cards were answered. */
export function sweepCards(db: Db): Job {
  return {
    name: 'help.sweep',
    everySeconds: 3_600,
    run: (now) => deleteSeenBefore(runnerOf(db), now.subtract({ hours: CARDS_KEPT_HOURS })),
  };
}
