import { type Db, runnerOf } from '../../infra/db/index.ts';
import type { RateLimits } from '../../infra/db/rate-limits.ts';
import type { Job } from '../../infra/jobs/jobs.ts';
import { inPortions } from '../../infra/jobs/portions.ts';
import { deleteOldAnswers } from './answer-store.ts';
import { deleteOldConsents } from './consent-store.ts';
import type { SigningKeys } from './openid/keys.ts';
import { deleteEnded } from './openid/payload-store.ts';
import { deleteOldRequests } from './request-store.ts';

/** How long a person can see what was told about them, and a consent after its end. */
const ANSWERS_KEPT = { hours: 400 * 24 };
const REQUESTS_KEPT = { hours: 30 * 24 };
const PORTION = 2_000;

/** Makes the next signing key in time, and forgets spent ones. */
export function signingKeyJob(keys: SigningKeys): Job {
  return { name: 'age-proof.signing-keys', everySeconds: 3_600, run: () => keys.rotate() };
}

/** Forgets tokens that have ended, who has not asked for long, and questions and answers that are too old. */
export function retentionJob({ db, rates }: { db: Db; rates: Pick<RateLimits, 'sweep'> }): Job {
  const sql = runnerOf(db);
  return {
    name: 'age-proof.retention',
    everySeconds: 600,
    async run(now, stopping) {
      let forgotten = 0;
      for (const forget of [
        () => deleteEnded(sql, now, PORTION),
        () => deleteOldRequests(sql, now.subtract(REQUESTS_KEPT), PORTION),
        () => deleteOldAnswers(sql, now.subtract(ANSWERS_KEPT), PORTION),
        () => deleteOldConsents(sql, now.subtract(ANSWERS_KEPT), PORTION),
        () => rates.sweep(PORTION),
      ]) {
        forgotten += await inPortions(PORTION, stopping, forget);
      }
      return forgotten;
    },
  };
}
