import type { Check } from '../../ledger/index.ts';

/** What the ledger's look asks of gifts beyond its own sums. */
export const giftChecks: readonly Check[] = [
  {
    check: 'a gift that waits is set aside whole, and one that has ended holds nothing',
    inJapanese: '受け取りを待つプレゼントは、そのまま取り置かれています。終わったものには何も残りません。',
    asked: 'of-owners',
    text: ({
      among,
    }) => `select gift_id as "ownerId", format('gift %s is %s, is of %s and holds %s', gift_id, state, amount_bytes, coalesce(held, 0)) as says
           from gift
           left join (select owner_id, sum(remaining)::bigint as held from ledger_lot where ${among('owner_id')} group by owner_id) as lot
             on owner_id = gift_id
           where ${among('gift_id')} and coalesce(held, 0) <> case state when 'waiting' then amount_bytes else 0 end`,
  },
  {
    check: 'a gift that waits is known to the ledger',
    inJapanese: '受け取りを待つプレゼントは、台帳にあります。',
    asked: 'by-itself',
    text: () => `select format('gift %s waits, and the ledger knows nothing of it', gift_id) as says
           from gift where state = 'waiting' and not exists (select from ledger_owner where owner_id = gift_id)`,
  },
  {
    check: 'what is set aside belongs to a gift or to a slice on loan',
    inJapanese: '取り置いた分は、プレゼントか、ネットワークに貸した分のものです。',
    asked: 'of-owners',
    text: ({
      among,
    }) => `select owner_id as "ownerId", format('lot %s holds %s for %s, which is neither', lot_id, remaining, owner_id) as says
           from ledger_lot
           where kind = 'set-aside' and unit = 'byte' and remaining > 0 and ${among('owner_id')}
             and not exists (select from gift where gift_id = owner_id)
             and not exists (select from data_reservation where reservation_id = owner_id)`,
  },
  {
    check: 'what is noted of what a subscription gives in a month is what its gifts say',
    inJapanese: '回線がその月に贈った量の控えは、プレゼントの合計と同じです。',
    asked: 'of-owners',
    // Gifts of a later month than the noted one: the clock was set back, and what was given before that is not noted any more.
    text: ({
      among,
    }) => `select owner_id as "ownerId", format('subscription %s is noted with %s bytes in %s gifts of %s, and gave %s in %s', owner_id,
                         noted ->> 'bytes', noted ->> 'gifts', noted ->> 'month', bytes, gifts) as says
           from (select owner_id, notes -> 'gifts' as noted from ledger_owner
                 where ${among('owner_id')} and notes ->> 'gifts' is not null) as owner
           cross join lateral (
             select coalesce(sum(amount_bytes) filter (where is_counted), 0) as bytes, count(*) filter (where is_counted) as gifts,
                    coalesce(bool_or(month > noted ->> 'month'), false) as is_set_back
             from (select *, month = noted ->> 'month' and state in ('waiting', 'claimed') as is_counted
                   from gift where sender_subscription_id = owner_id) as gift) as given
           where not is_set_back and ((noted ->> 'bytes')::numeric <> bytes or (noted ->> 'gifts')::bigint <> gifts)`,
  },
  {
    check: 'who stands with a subscription is who is linked to it, in order',
    inJapanese: '回線に控えた利用者連携は、連携そのものと順番まで同じです。',
    asked: 'by-itself',
    text: () => `select format('subscription %s names %s, but linked are %s', subscription_id, linked_to, links) as says
           from subscription
           left join (select subscription_id, array_agg(line_user_id order by linked_at, user_link_id) as links
                      from user_link where unlinked_at is null group by subscription_id) as linked
             using (subscription_id)
           where linked_to <> coalesce(links, '{}')`,
  },
];
