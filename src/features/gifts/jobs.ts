import { newId } from '../../base/ids.ts';
import type { SqlRunner } from '../../infra/db/runner.ts';
import type { Job } from '../../infra/jobs/jobs.ts';
import type { GiftActions } from './actions.ts';
import { dueGifts } from './due-store.ts';

const PORTION = 500;

/** Gives back what nobody received in time. Repeatable by nature: a gift that does not wait any more is left alone. */
export function expireGifts({ sql, actions }: { sql: SqlRunner; actions: GiftActions }): Job {
  return {
    name: 'gifts.expire',
    everySeconds: 30,
    async run(now, stopping) {
      let done = 0;
      for (;;) {
        stopping?.throwIfAborted();
        const due = await dueGifts(sql, now, PORTION);
        const results = await Promise.all(
          due.map((gift) =>
            actions.returnGift({ requestId: `expire:${newId()}`, gift, reason: 'expired', byLineUserId: null }),
          ),
        );
        const returned = results.filter((given) => given.ok && given.answer.result === 'returned').length;
        done += returned;
        // A portion of which nothing could be returned would be found again for ever.
        if (due.length < PORTION || returned === 0) return done;
      }
    },
  };
}
