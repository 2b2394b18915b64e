import { FIRST_ID, newId } from '../../base/ids.ts';
import type { SqlRunner } from '../../infra/db/runner.ts';
import type { Job } from '../../infra/jobs/jobs.ts';
import type { Ledger } from '../../ledger/family.ts';
import { ownersOfEnded } from '../../ledger/index.ts';
import type { PointFamily } from './family.ts';

/** How many contractors are handed to the ledger at once: few, because people wait behind a portion in its queue. */
const PORTION = 256;

export interface PointJobDeps {
  readonly sql: SqlRunner;
  readonly ledger: Ledger;
  readonly family: PointFamily;
}

/** Takes out of the book what has ended. */
export function expirePoints({ sql, ledger, family }: PointJobDeps): Job {
  return {
    name: 'points.expire',
    everySeconds: 60,
    async run(now, stopping) {
      let done = 0;
      let after = FIRST_ID;
      for (;;) {
        stopping?.throwIfAborted();
        const portion = await ownersOfEnded(sql, 'point', { now, after, size: PORTION });
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
