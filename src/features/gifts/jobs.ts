import type { Temporal } from 'temporal-polyfill';
import { newId } from '../../base/ids.ts';
import type { SqlRunner } from '../../infra/db/runner.ts';
import type { Job } from '../../infra/jobs/jobs.ts';
import type { GiftActions } from './actions.ts';
import type { GiftRow } from './facts.ts';

const PORTION = 500;

type Due = Pick<GiftRow, 'giftId' | 'senderSubscriptionId' | 'receiverSubscriptionId'>;

/** Gives back what nobody received in time. Repeatable by nature: a gift that does not wait any more is left alone. */
export function expireGifts({ sql, actions }: { sql: SqlRunner; actions: GiftActions }): Job {
  return {
    name: 'gifts.expire',
    everySeconds: 30,
    async run(now) {
      let done = 0;
      for (;;) {
        const due = await dueGifts(sql, now);
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

function dueGifts(sql: SqlRunner, now: Temporal.Instant): Promise<readonly Due[]> {
  return sql.query<Due>(
    `select gift_id as "giftId", sender_subscription_id as "senderSubscriptionId",
            receiver_subscription_id as "receiverSubscriptionId"
     from gift
     where state = 'waiting' and expires_at <= $1
     order by expires_at, gift_id
     limit ${PORTION}`,
    [now.toString()],
  );
}
