import type { Check } from '../../ledger/index.ts';

/** What points know of their lots, for the ledger's hourly look. */
export const pointChecks: readonly Check[] = [
  {
    check: 'a sticker order that waits holds its price, and no other holds anything',
    inJapanese: '受け渡しを待つスタンプの代金は取り置かれています。ほかの注文には何も残りません。',
    asked: 'of-owners',
    text: ({
      among,
    }) => `select order_id as "ownerId", format('sticker order %s is %s at %s points and holds %s', order_id, state, price_points, held) as says
           from (
             select o.*, coalesce((select sum(remaining) from ledger_lot where owner_id = o.order_id), 0) as held
             from sticker_order o where ${among('o.order_id')}
           ) as ordered
           where held <> case when state = 'waiting' then price_points else 0 end`,
  },
  {
    check: 'a sticker order that waits is known to the ledger',
    inJapanese: '受け渡しを待つスタンプの代金は、台帳にあります。',
    asked: 'by-itself',
    text: () => `select format('sticker order %s waits, and the ledger knows nothing of it', order_id) as says
           from sticker_order
           where state = 'waiting' and not exists (select from ledger_owner where owner_id = order_id)`,
  },
  {
    check: 'a contractor reads the points that are there',
    inJapanese: 'ポイントの履歴と、実際にあるポイントは同じです。',
    asked: 'of-owners',
    text: ({
      among,
    }) => `select contractor_id as "ownerId", format('contractor %s reads %s points, %s are there', contractor_id, told, coalesce(held, 0)) as says
           from (select contractor_id, sum(points) as told from point_event where ${among('contractor_id')} group by contractor_id) as history
           full join (
             select owner_id as contractor_id, sum(remaining) as held from ledger_lot
             where unit = 'point' and kind <> 'set-aside' and ${among('owner_id')} group by owner_id
           ) as book using (contractor_id)
           where coalesce(told, 0) <> coalesce(held, 0)`,
  },
];
