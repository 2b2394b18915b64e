import type { Check } from '../../../ledger/index.ts';

/** What the ledger's look asks of data beyond its own sums. */
export const dataChecks: readonly Check[] = [
  {
    check: 'a slice on loan is set aside whole, and one that has ended holds nothing',
    inJapanese: 'ネットワークに貸した分は、そのまま取り置かれています。終わったものには何も残りません。',
    asked: 'of-owners',
    text: ({ among }) => `select reservation_id as "ownerId", format('reservation %s is %s, was lent %s and holds %s',
                         reservation_id, state, bytes, coalesce(held, 0)) as says
           from data_reservation
           left join (select owner_id, sum(remaining)::bigint as held from ledger_lot where ${among('owner_id')} group by owner_id) as lot
             on owner_id = reservation_id
           where ${among('reservation_id')} and coalesce(held, 0) <> case state when 'open' then bytes else 0 end`,
  },
  {
    check: 'a slice on loan is known to the ledger',
    inJapanese: 'ネットワークに貸した分は、台帳にあります。',
    asked: 'by-itself',
    text: () => `select format('reservation %s is on loan, and the ledger knows nothing of it', reservation_id) as says
           from data_reservation
           where state = 'open' and not exists (select from ledger_owner where owner_id = reservation_id)`,
  },
  {
    check: 'the day noted with a subscription is later than those written down',
    inJapanese: '回線に控えた日は、ほかのどの日の記録よりも後です。',
    asked: 'of-owners',
    text: ({
      among,
    }) => `select owner_id as "ownerId", format('subscription %s is noted with %s, and %s is written down', owner_id, day, last) as says
           from (select owner_id, (notes -> 'day' ->> 0)::date as day from ledger_owner
                 where ${among('owner_id')} and notes -> 'day' is not null) as owner
           cross join lateral (select max(used_on) as last from data_usage_earlier where subscription_id = owner_id) as earlier
           where last >= day`,
  },
  {
    check: 'a month noted with a subscription is one that it was turned into, by that plan',
    inJapanese: '回線に控えた月は、実際に切り替えを終えた月で、プランも同じです。',
    asked: 'of-owners',
    text: ({
      among,
    }) => `select owner_id as "ownerId", format('subscription %s is noted with %s by %s, which it was not turned into', owner_id, noted ->> 0, noted ->> 1) as says
           from (select owner_id, notes -> 'month' as noted from ledger_owner
                 where ${among('owner_id')} and notes -> 'month' is not null) as owner
           where not exists (select from data_month where subscription_id = owner_id and month = noted ->> 0 and plan_code = noted ->> 1)`,
  },
];
