import { type Db, runnerOf } from '../../infra/db/index.ts';
import type { Job } from '../../infra/jobs/jobs.ts';
import type { LineClient } from '../../infra/line/client.ts';
import { saveAllowance } from './allowance-store.ts';

export interface AllowanceDeps {
  readonly db: Db;
  readonly line: Pick<LineClient, 'allowance'>;
}

/** Asks LINE how many messages the month still has. Where LINE gives no answer, what it said last stays. */
export function allowanceJob({ db, line }: AllowanceDeps): Job {
  return {
    name: 'official-account.allowance',
    everySeconds: 60,
    async run(now) {
      const answer = await line.allowance();
      if (answer.kind === 'ok') await saveAllowance(runnerOf(db), { ...answer.value, seenAt: now });
      return 0;
    },
  };
}
