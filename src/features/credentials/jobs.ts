import { type Db, runnerOf } from '../../infra/db/index.ts';
import type { Job } from '../../infra/jobs/jobs.ts';
import { forgetAsked } from './store.ts';

/** Questions in the talk and mailed links work for minutes; a day later nothing needs them. */
export function forgetOldQuestions({ db }: { db: Db }): Job {
  return {
    name: 'credentials.forget-questions',
    everySeconds: 3_600,
    run: (now, stopping) => forgetAsked(runnerOf(db), now.subtract({ hours: 24 }), stopping),
  };
}
