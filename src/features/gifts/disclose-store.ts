import { plainArray, textArray } from '../../infra/db/array-text.ts';
import type { Discloser } from '../../infra/db/disclosure.ts';
import { entriesSql } from '../../ledger/index.ts';

/**
 * Gifts of the contractor's subscriptions. Of the other side there is what was shown: another subscription of the same contract,
 * or the name on LINE where the contractor's own account gave or took the gift. Whom others of the family exchange gifts with was
 * shown to them alone.
 */
export const giftsDiscloser: Discloser = {
  tables: ['gift'],
  keptBack: {},
  async disclose(sql, { subscriptionIds, ownAccounts }) {
    const gifts = await sql.query(
      `with entry as (
         select distinct from_owner_id, to_owner_id, at
         from unnest($1::uuid[]) as own (id) cross join lateral (
           select from_owner_id, to_owner_id, at from ${entriesSql('in', 'own.id')} as come where reason = 'gift-claimed') as come
       ), found as (
         select gift_id, 'sent' as direction from gift where sender_subscription_id = any($1::uuid[])
         union all
         select gift_id, 'received' from gift where receiver_subscription_id = any($1::uuid[]) and way <> 'direct'
         union all
         select gift_id, 'received' from entry join gift on way = 'direct' and sender_subscription_id = from_owner_id
           and offered_at = at and receiver_subscription_id = to_owner_id
       )
       select direction, case direction when 'sent' then sender_subscription_id else receiver_subscription_id end as "subscriptionId",
         amount_bytes as "amountBytes", way, month, state, offered_at as "offeredAt", expires_at as "expiresAt",
         ended_at as "endedAt", declined_at as "declinedAt",
         case when sender_subscription_id = any($1::uuid[]) and receiver_subscription_id = any($1::uuid[])
           then case direction when 'sent' then receiver_subscription_id else sender_subscription_id end
         end as "otherSubscriptionIdOfContract",
         case when direction = 'sent' and state = 'claimed' and sender_line_user_id = any($2::text[]) then receiver.display_name
           when direction = 'received' and receiver_line_user_id = any($2::text[]) then sender.display_name
         end as "otherNameOnLine"
       from found join gift using (gift_id)
       left join line_account sender on sender.line_user_id = sender_line_user_id
       left join line_account receiver on receiver.line_user_id = receiver_line_user_id
       order by offered_at, gift_id, direction`,
      [plainArray(subscriptionIds), textArray(ownAccounts)],
    );
    return { gifts };
  },
};
