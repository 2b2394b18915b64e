import { runnerOf } from '../../infra/db/index.ts';
import type { Job } from '../../infra/jobs/jobs.ts';
import { inPortions } from '../../infra/jobs/portions.ts';
import { deleteAttemptsBefore } from './attempt-store.ts';
import type { LinkingDeps } from './deps.ts';
import { forgetAliases, forgetStrangers } from './store.ts';

/** Attempts are kept this long: the record of what became of them is in the audit log. */
const ATTEMPTS_KEPT_HOURS = 72;

/** Links stand for the time of the contract and three years after it (see `contractors/forget.ts`); so does who did what. */
const ALIASES_KEPT_YEARS = 3;
const PORTION = 2_000;

/** Somebody who blocked us and comes back within a year and a bit is known by name and language. */
const STRANGERS_KEPT = { hours: 400 * 24 };

/**
 * Forgets LINE accounts to which nothing of a contract leads: their names once they have long been no friends, and which of them
 * the audit log tells of.
 */
export function forgetPeopleJob({ db, operator }: Pick<LinkingDeps, 'db' | 'operator'>): Job {
  const sql = runnerOf(db);
  return {
    name: 'linking.forget-people',
    everySeconds: 21_600,
    async run(now, stopping) {
      const strangers = await inPortions(PORTION, stopping, () =>
        forgetStrangers(sql, now.subtract(STRANGERS_KEPT), PORTION),
      );
      const before = now.toZonedDateTimeISO(operator.timeZone).subtract({ years: ALIASES_KEPT_YEARS }).toInstant();
      return strangers + (await inPortions(PORTION, stopping, () => forgetAliases(sql, before, PORTION)));
    },
  };
}

/** Forgets tries and link attempts that nothing reads any more. */
export function sweepJob(deps: LinkingDeps): Job {
  return {
    name: 'linking.sweep',
    everySeconds: 3_600,
    async run(now, stopping) {
      const before = now.subtract({ hours: ATTEMPTS_KEPT_HOURS });
      const attempts = await deleteAttemptsBefore(runnerOf(deps.db), before, stopping);
      return attempts + (await inPortions(PORTION, stopping, () => deps.limits.sweep(deps.db, PORTION)));
    },
  };
}
