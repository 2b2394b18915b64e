import type { Temporal } from 'temporal-polyfill';
import type { SqlRunner } from '../../infra/db/index.ts';
import type { OrderRow } from './order.ts';
import { ORDER } from './store.ts';

/** Who asks for an order; whoever is let in by none of these finds nothing. */
export interface Visitor {
  readonly lineUserId: string | null;
  readonly contractorId: string | null;
  /** From a mailed link that was opened in this browser. */
  readonly linkedOrderId: string | null;
  /** Sent from this browser a short while ago: theirs to see until it is completed, and what it brought is to be read. */
  readonly sentOrderId: string | null;
}

export async function insertLink(
  sql: SqlRunner,
  link: { tokenHash: Buffer; orderId: string; expiresAt: Temporal.Instant },
): Promise<void> {
  await sql.query('insert into product_order_link (token_hash, order_id, expires_at) values ($1, $2, $3)', [
    link.tokenHash,
    link.orderId,
    link.expiresAt.toString(),
  ]);
}

/** The order a mailed link opens, while it does. */
export async function findLink(sql: SqlRunner, now: Temporal.Instant, tokenHash: Buffer): Promise<string | null> {
  const rows = await sql.query<{ orderId: string }>(
    'select order_id as "orderId" from product_order_link where token_hash = $1 and expires_at > $2',
    [tokenHash, now.toString()],
  );
  return rows[0]?.orderId ?? null;
}

const OWN = `($1::text is not null and o.line_user_id = $1 or $2::uuid is not null and o.contractor_id = $2
  or $3::uuid is not null and o.order_id = $3
  or $4::uuid is not null and o.order_id = $4 and o.state <> 'completed')`;

const valuesOf = ({ lineUserId, contractorId, linkedOrderId, sentOrderId }: Visitor) => [
  lineUserId,
  contractorId,
  linkedOrderId,
  sentOrderId,
];

/** An order of the visitor's own; anybody else's is not found. With `isLocked` nobody changes it meanwhile. */
export async function loadOwnOrder(
  sql: SqlRunner,
  visitor: Visitor,
  { orderId, isLocked }: { orderId: string; isLocked: boolean },
): Promise<OrderRow | null> {
  const rows = await sql.query<OrderRow>(
    `select ${ORDER} from product_order o where o.order_id = $5 and ${OWN}${isLocked ? ' for update' : ''}`,
    [...valuesOf(visitor), orderId],
  );
  return rows[0] ?? null;
}

/** The visitor's own orders, newest first. */
export function loadOwnOrders(sql: SqlRunner, visitor: Visitor): Promise<readonly OrderRow[]> {
  return sql.query<OrderRow>(
    `select ${ORDER} from product_order o where ${OWN} order by o.placed_at desc, o.order_id desc limit 20`,
    valuesOf(visitor),
  );
}
