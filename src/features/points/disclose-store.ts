import type { Discloser } from '../../infra/db/disclosure.ts';
import { loadBalance } from './view-store.ts';

/** Points and what became of them, stickers that were got for them. */
export const pointsDiscloser: Discloser = {
  tables: ['point_setting', 'point_event', 'sticker_order'],
  keptBack: {
    point_bill: 'the sum of what the history says of a month',
    point_grant_run: 'counts; nothing of anybody',
  },
  async disclose(sql, { contractorId, now }) {
    const balance = await loadBalance(sql, contractorId, now);
    const [useOnBills = null] = await sql.query(
      `select bill_use as "use", fixed_points as "fixedPoints", changed_at as "changedAt"
       from point_setting where contractor_id = $1`,
      [contractorId],
    );
    const history = await sql.query(
      `select at, kind, points, balance_after as "balanceAfterPoints" from point_event
       where contractor_id = $1 order by at, event_id`,
      [contractorId],
    );
    const stickers = await sql.query(
      `select sticker_code as "stickerCode", price_points as "pricePoints", state, ordered_at as "orderedAt",
         settled_at as "settledAt"
       from sticker_order where contractor_id = $1 order by ordered_at, order_id`,
      [contractorId],
    );
    return { points: { balancePoints: balance.points, balanceEndsAt: balance.end, useOnBills, history, stickers } };
  },
};
