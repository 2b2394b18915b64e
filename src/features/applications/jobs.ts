import { type Db, runnerOf } from '../../infra/db/runner.ts';
import type { Job } from '../../infra/jobs/jobs.ts';
import { deleteExpired } from './store.ts';

const PORTION = 500;

/** Removes drafts that nobody went on with: with them goes everything that was typed. */
export function removeDraftsJob({ db }: { db: Db }): Job {
  return {
    name: 'applications.remove-drafts',
    everySeconds: 3_600,
    run: (now) => deleteExpired(runnerOf(db), now, PORTION),
  };
}
