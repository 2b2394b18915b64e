import type { Check } from '../../ledger/index.ts';

/** What the ledger's look asks of data beyond its own sums. */
export const dataChecks: readonly Check[] = [
  {
    check: 'a slice on loan is set aside whole, and one that has ended holds nothing',
    inJapanese: 'ネットワークに貸した分は、そのまま取り置かれています。終わったものには何も残りません。',
    text: `select format('reservation %s is %s, was lent %s and holds %s',
                         reservation_id, state, bytes, coalesce(held, 0)) as says
           from data_reservation
           left join (select owner_id, sum(remaining)::bigint as held from ledger_lot group by owner_id) as lot
             on owner_id = reservation_id
           where coalesce(held, 0) <> case state when 'open' then bytes else 0 end`,
  },
];
