import { Temporal } from 'temporal-polyfill';
import type { SqlRunner } from '../../../infra/db/runner.ts';
import type { Job } from '../../../infra/jobs/jobs.ts';
import type { DataActions } from '../actions.ts';
import { dueSlices } from '../batch/slice-store.ts';

/** How many slices are given back at once. */
const PORTION = 1_024;

/** How long the network's word on a slice may be under way after its time is up. */
const GRACE = Temporal.Duration.from({ seconds: 60 });

/** Gives back what was lent and nobody settled in time. */
export function endOfSlices({ sql, actions }: { sql: SqlRunner; actions: Pick<DataActions, 'returnSlice'> }): Job {
  return {
    name: 'data.end-of-slices',
    everySeconds: 15,
    async run(now, stopping) {
      let done = 0;
      for (;;) {
        stopping?.throwIfAborted();
        const due = await dueSlices(sql, now.subtract(GRACE), PORTION);
        await Promise.all(due.map((slice) => actions.returnSlice({ ...slice, reason: 'expired' })));
        done += due.length;
        if (due.length < PORTION) return done;
      }
    },
  };
}
