import type { Temporal } from 'temporal-polyfill';
import type { Language } from '../../base/language.ts';
import { plainArray, textArray } from '../../infra/db/array-text.ts';
import type { SqlRunner } from '../../infra/db/runner.ts';
import type { StickerOrderRow } from './facts.ts';

/** The columns of an order as `StickerOrderRow` names them. */
const orderColumns = `o.order_id as "orderId", o.contractor_id as "contractorId", o.line_user_id as "lineUserId",
  o.sticker_code as "stickerCode", o.product_id as "productId", o.price_points as "pricePoints",
  o.ordered_at as "orderedAt", o.state, o.last_error as "lastError"`;

/** Orders that count when another is made (theirs, or the LINE account's), and those to be settled; with the language. */
export async function loadOrders(
  sql: SqlRunner,
  of: { contractorIds: readonly string[]; lineUserIds: readonly string[]; orderIds: readonly string[] },
): Promise<readonly (StickerOrderRow & { language: Language })[]> {
  if (of.contractorIds.length === 0 && of.orderIds.length === 0) return [];
  return sql.query<StickerOrderRow & { language: Language }>(
    `select ${orderColumns}, coalesce(a.language, 'ja') as language
     from (
       select order_id from sticker_order where contractor_id = any($1::uuid[]) and state = 'waiting'
       union select order_id from sticker_order where line_user_id = any($2::text[]) and state <> 'returned'
       union select order_id from sticker_order where order_id = any($3::uuid[])
     ) as counting
     join sticker_order o using (order_id)
     left join line_account a on a.line_user_id = o.line_user_id`,
    [plainArray(of.contractorIds), textArray(of.lineUserIds), plainArray(of.orderIds)],
  );
}

export async function insertOrders(sql: SqlRunner, orders: readonly StickerOrderRow[]): Promise<void> {
  if (orders.length === 0) return;
  const moments = plainArray(orders.map((order) => order.orderedAt.toString()));
  await sql.query(
    `insert into sticker_order (order_id, contractor_id, line_user_id, sticker_code, product_id, price_points, state,
       ordered_at, next_attempt_at)
     select order_id, contractor_id, line_user_id, sticker_code, product_id, price_points, 'waiting', at, at
     from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::int[], $7::timestamptz[])
       as row (order_id, contractor_id, line_user_id, sticker_code, product_id, price_points, at)`,
    [
      plainArray(orders.map((order) => order.orderId)),
      plainArray(orders.map((order) => order.contractorId)),
      textArray(orders.map((order) => order.lineUserId)),
      textArray(orders.map((order) => order.stickerCode)),
      textArray(orders.map((order) => order.productId)),
      plainArray(orders.map((order) => order.pricePoints)),
      moments,
    ],
  );
}

export async function updateOrders(
  sql: SqlRunner,
  orders: readonly StickerOrderRow[],
  now: Temporal.Instant,
): Promise<void> {
  if (orders.length === 0) return;
  await sql.query(
    `update sticker_order set state = now.state, settled_at = $4, last_error = now.last_error
     from unnest($1::uuid[], $2::text[], $3::text[]) as now (order_id, state, last_error)
     where sticker_order.order_id = now.order_id`,
    [
      plainArray(orders.map((order) => order.orderId)),
      textArray(orders.map((order) => order.state)),
      textArray(orders.map((order) => order.lastError)),
      now.toString(),
    ],
  );
}

/** To whom a forgotten contractor's stickers went; a name of its own each, for a LINE account has a set once. */
export async function forgetReceivers(sql: SqlRunner, contractorId: string): Promise<void> {
  await sql.query(
    `update sticker_order set line_user_id = 'forgotten ' || order_id where contractor_id = $1 and state <> 'waiting'`,
    [contractorId],
  );
}
