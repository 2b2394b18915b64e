import type { Temporal } from 'temporal-polyfill';
import type { SqlRunner } from '../../infra/db/runner.ts';

/** An order whose turn it is to be asked of LINE. */
export interface DueOrder {
  readonly orderId: string;
  readonly contractorId: string;
  readonly lineUserId: string;
  readonly productId: string;
  readonly orderedAt: Temporal.Instant;
  /** The coming one included. */
  readonly attempts: number;
}

/**
 * Takes orders that are due and counts the try before it is made. Until `leasedUntil` nobody else tries; whoever ends
 * in between leaves the order to be asked again then.
 */
export function takeDueOrders(
  sql: SqlRunner,
  of: { now: Temporal.Instant; leasedUntil: Temporal.Instant; limit: number },
): Promise<readonly DueOrder[]> {
  return sql.query<DueOrder>(
    `update sticker_order o set attempts = attempts + 1, next_attempt_at = $2
     from (
       select order_id from sticker_order where state = 'waiting' and next_attempt_at <= $1
       order by next_attempt_at limit $3 for update skip locked
     ) as due
     where o.order_id = due.order_id
     returning o.order_id as "orderId", o.contractor_id as "contractorId", o.line_user_id as "lineUserId",
               o.product_id as "productId", o.ordered_at as "orderedAt", o.attempts`,
    [of.now.toString(), of.leasedUntil.toString(), of.limit],
  );
}

/** Puts off an order that is still waiting. */
export async function postponeOrder(
  sql: SqlRunner,
  order: { orderId: string; at: Temporal.Instant; why: string },
): Promise<void> {
  await sql.query(
    `update sticker_order set next_attempt_at = $2, last_error = $3 where order_id = $1 and state = 'waiting'`,
    [order.orderId, order.at.toString(), order.why],
  );
}
