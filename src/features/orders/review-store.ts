import { plainArray } from '../../infra/db/array-text.ts';
import type { SqlRunner } from '../../infra/db/index.ts';
import type { OrderRow } from './order.ts';
import type { OrderState } from './rules/states.ts';
import type { TraitKind } from './rules/traits.ts';
import { ORDER } from './store.ts';

export interface Shared {
  readonly kind: TraitKind;
  readonly orderId: string;
  readonly orderNumber: string;
  readonly state: OrderState;
}

/** What other orders have in common with this one, the newest first. */
export function loadShared(sql: SqlRunner, orderId: string): Promise<readonly Shared[]> {
  return sql.query<Shared>(
    `select other.kind, o.order_id as "orderId", o.order_number as "orderNumber", o.state
     from product_order_trait own
     join product_order_trait other on other.hash = own.hash and other.kind = own.kind and other.order_id <> own.order_id
     join product_order o on o.order_id = other.order_id
     where own.order_id = $1
     order by o.placed_at desc, o.order_id, other.kind limit 100`,
    [orderId],
  );
}

/** Orders in these states as the staff work through them: the longest waiting first. */
export function loadQueue(
  sql: SqlRunner,
  { states, limit, offset }: { states: readonly OrderState[]; limit: number; offset: number },
): Promise<readonly OrderRow[]> {
  return sql.query<OrderRow>(
    `select ${ORDER} from product_order o where o.state = any ($1::text[])
     order by o.placed_at, o.order_id limit $2 offset $3`,
    [plainArray(states), limit, offset],
  );
}

/** The last that ended, the newest first. */
export function loadEnded(
  sql: SqlRunner,
  { states, limit, offset }: { states: readonly OrderState[]; limit: number; offset: number },
): Promise<readonly OrderRow[]> {
  return sql.query<OrderRow>(
    `select ${ORDER} from product_order o where o.state = any ($1::text[])
     order by o.changed_at desc, o.order_id limit $2 offset $3`,
    [plainArray(states), limit, offset],
  );
}

/** Orders whose SIM is being ended, those first that the network cannot end. */
export function loadEnds(
  sql: SqlRunner,
  { limit, offset }: { states: readonly OrderState[]; limit: number; offset: number },
): Promise<readonly OrderRow[]> {
  return sql.query<OrderRow>(
    `select ${ORDER} from product_order o
     join (select order_id, bool_or(state = 'stuck') as is_stuck from product_order_activation
           where state in ('ending', 'stuck') group by order_id) ends using (order_id)
     order by ends.is_stuck desc, o.changed_at, o.order_id limit $1 offset $2`,
    [limit, offset],
  );
}

export async function countInStates(sql: SqlRunner): Promise<ReadonlyMap<OrderState, number>> {
  const rows = await sql.query<{ state: OrderState; count: number }>(
    'select state, count(*)::integer as count from product_order group by state',
  );
  return new Map(rows.map(({ state, count }) => [state, count]));
}

/** What was put before a second person for this order as it is; any change of the order forgets it. */
export async function saveException(sql: SqlRunner, orderId: string, requestId: string): Promise<void> {
  await sql.query('update product_order set exception_request_id = $2 where order_id = $1', [orderId, requestId]);
}

export async function loadException(sql: SqlRunner, orderId: string): Promise<string | null> {
  const [row] = await sql.query<{ requestId: string | null }>(
    'select exception_request_id as "requestId" from product_order where order_id = $1',
    [orderId],
  );
  return row?.requestId ?? null;
}
