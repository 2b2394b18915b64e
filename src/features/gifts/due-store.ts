import type { Temporal } from 'temporal-polyfill';
import type { SqlRunner } from '../../infra/db/runner.ts';
import type { GiftRow } from './facts.ts';

type Due = Pick<GiftRow, 'giftId' | 'senderSubscriptionId' | 'receiverSubscriptionId'>;

/** Gifts that wait past their time, the longest first; at most so many. */
export function dueGifts(sql: SqlRunner, now: Temporal.Instant, size: number): Promise<readonly Due[]> {
  return sql.query<Due>(
    `select gift_id as "giftId", sender_subscription_id as "senderSubscriptionId",
            receiver_subscription_id as "receiverSubscriptionId"
     from gift
     where state = 'waiting' and expires_at <= $1
     order by expires_at, gift_id
     limit $2`,
    [now.toString(), size],
  );
}
