import { type Db, runnerOf } from '../../infra/db/runner.ts';
import type { Job } from '../../infra/jobs/jobs.ts';
import { inPortions } from '../../infra/jobs/portions.ts';
import { countAsked } from './asked-store.ts';
import { deleteSeenBefore } from './store.ts';

/** Cards older than this are hardly answered any more. */
const CARDS_KEPT_HOURS = 24 * 7;

/** Forgets which cards were answered. */
export function sweepCards(db: Db): Job {
  return {
    name: 'help.sweep',
    everySeconds: 3_600,
    run: (now, stopping) => deleteSeenBefore(runnerOf(db), now.subtract({ hours: CARDS_KEPT_HOURS }), stopping),
  };
}

const PORTION = 5_000;

/** Counts together what was asked, so that figures are a minute old at most. */
export function countQuestions(db: Db): Job {
  return {
    name: 'help.count',
    everySeconds: 60,
    run: (_now, stopping) => inPortions(PORTION, stopping, () => countAsked(runnerOf(db), PORTION)),
  };
}
