import type { Temporal } from 'temporal-polyfill';
import { plainArray } from '../../infra/db/array-text.ts';
import { loadPage, type Page, type SqlRunner } from '../../infra/db/index.ts';
import type { OrderChangeRow, OrderRow } from './order.ts';
import type { Application } from './rules/application.ts';
import { type OrderState, underWay } from './rules/states.ts';

/** The columns of an order, named `o`. */
export const ORDER = `o.order_id as "orderId", o.order_number as "orderNumber", o.state, o.version,
  o.application_cipher as "applicationCipher", o.contractor_id as "contractorId",
  o.subscription_id as "subscriptionId", o.line_user_id as "lineUserId", o.reviewer_id as "reviewerId",
  o.placed_at as "placedAt", o.changed_at as "changedAt"`;

/**
 * Whoever comes second with one of the keys waits here until the first's transaction ends. In a set order, so that two with
 * keys in common never wait for each other.
 */
export async function lockKeys(sql: SqlRunner, keys: readonly string[]): Promise<void> {
  await sql.query(
    `select pg_advisory_xact_lock(hash)
     from (select distinct hashtextextended('orders:' || key, 0) as hash from unnest($1::text[]) as key order by hash) as ordered`,
    [keys],
  );
}

export interface NewOrder {
  readonly orderId: string;
  readonly requestId: string;
  readonly requestHash: Buffer;
  readonly orderNumber: string;
  readonly applicationCipher: Buffer;
  readonly planCode: string;
  readonly contractorId: string | null;
  readonly lineUserId: string | null;
}

/** Null when the order number was drawn before. */
export async function insertOrder(sql: SqlRunner, now: Temporal.Instant, order: NewOrder): Promise<OrderRow | null> {
  const rows = await sql.query<OrderRow>(
    `insert into product_order as o (order_id, request_id, request_hash, order_number, state, application_cipher,
       plan_code, contractor_id, line_user_id, placed_at, changed_at)
     values ($1, $2, $3, $4, 'acknowledged', $5, $6, $7, $8, $9, $9)
     on conflict (order_number) do nothing
     returning ${ORDER}`,
    [
      order.orderId,
      order.requestId,
      order.requestHash,
      order.orderNumber,
      order.applicationCipher,
      order.planCode,
      order.contractorId,
      order.lineUserId,
      now.toString(),
    ],
  );
  return rows[0] ?? null;
}

/** What an order has in common with others, instead of what was kept before. */
export async function replaceTraits(
  sql: SqlRunner,
  orderId: string,
  traits: readonly { kind: string; hash: Buffer }[],
): Promise<void> {
  await sql.query('delete from product_order_trait where order_id = $1', [orderId]);
  for (const { kind, hash } of traits) {
    await sql.query('insert into product_order_trait (order_id, kind, hash) values ($1, $2, $3)', [
      orderId,
      kind,
      hash,
    ]);
  }
}

/** What a request became, with the hash of what it asked for. */
export async function loadOrderOfRequest(
  sql: SqlRunner,
  requestId: string,
): Promise<(OrderRow & { requestHash: Buffer }) | null> {
  const rows = await sql.query<OrderRow & { requestHash: Buffer }>(
    `select ${ORDER}, o.request_hash as "requestHash" from product_order o where o.request_id = $1`,
    [requestId],
  );
  return rows[0] ?? null;
}

/** Orders on their way of a contractor, or with one of these hashes of a trait; one of them may be left out. */
export async function countUnderWay(
  sql: SqlRunner,
  of: { contractorId: string } | { kind: string; hashes: readonly Buffer[] },
  exceptOrderId: string | null = null,
): Promise<number> {
  const states = plainArray(underWay);
  const [row] =
    'contractorId' in of
      ? await sql.query<{ count: number }>(
          `select count(*)::integer as count from product_order
           where contractor_id = $1 and state = any ($2::text[]) and order_id is distinct from $3::uuid`,
          [of.contractorId, states, exceptOrderId],
        )
      : await sql.query<{ count: number }>(
          `select count(*)::integer as count from product_order_trait t join product_order o using (order_id)
           where t.kind = $1 and t.hash = any ($2::bytea[]) and o.state = any ($3::text[])
             and o.order_id is distinct from $4::uuid`,
          [of.kind, of.hashes, states, exceptOrderId],
        );
  return row?.count ?? 0;
}

export async function loadOrder(sql: SqlRunner, orderId: string): Promise<OrderRow | null> {
  const rows = await sql.query<OrderRow>(`select ${ORDER} from product_order o where o.order_id = $1`, [orderId]);
  return rows[0] ?? null;
}

/** The order, locked until the transaction ends: everybody who changes it comes one after the other. */
export async function lockOrder(sql: SqlRunner, orderId: string): Promise<OrderRow | null> {
  const rows = await sql.query<OrderRow>(`select ${ORDER} from product_order o where o.order_id = $1 for update`, [
    orderId,
  ]);
  return rows[0] ?? null;
}

export interface OrderSearch {
  readonly states?: readonly OrderState[];
  readonly contractorId?: string;
  readonly lineUserId?: string;
  readonly offset?: number;
  readonly limit: number;
}

/** Newest first; all that is given must match. */
export function loadOrders(
  sql: SqlRunner,
  { states, contractorId, lineUserId, offset = 0, limit }: OrderSearch,
): Promise<Page<OrderRow>> {
  return loadPage(
    sql,
    {
      columns: ORDER,
      from: `product_order o
        where ($1::text[] is null or o.state = any ($1)) and ($2::uuid is null or o.contractor_id = $2)
          and ($3::text is null or o.line_user_id = $3)`,
      values: [states ? plainArray(states) : null, contractorId ?? null, lineUserId ?? null],
      order: 'o.placed_at desc, o.order_id desc',
    },
    { offset, limit },
  );
}

/** What a change writes into the order; what is not given stays. */
export interface OrderPatch {
  readonly contractorId?: string;
  readonly subscriptionId?: string;
  readonly reviewerId?: string | null;
  /** Corrected. */
  readonly application?: Application;
}

/** The order after a change. Its lock is held. */
export async function updateOrder(
  sql: SqlRunner,
  now: Temporal.Instant,
  order: Pick<OrderRow, 'orderId' | 'state' | 'contractorId' | 'subscriptionId' | 'reviewerId'> & {
    /** Null: it stays. */
    readonly applicationCipher: Buffer | null;
  },
): Promise<OrderRow> {
  const [row] = await sql.query<OrderRow>(
    `update product_order o set state = $2, version = version + 1, contractor_id = $3, subscription_id = $4,
       reviewer_id = $5, changed_at = $6, application_cipher = coalesce($7, application_cipher), exception_request_id = null
     where order_id = $1
     returning ${ORDER}`,
    [
      order.orderId,
      order.state,
      order.contractorId,
      order.subscriptionId,
      order.reviewerId,
      now.toString(),
      order.applicationCipher,
    ],
  );
  if (!row) throw new Error('an order that was locked is gone');
  return row;
}

export async function insertChange(sql: SqlRunner, change: OrderChangeRow): Promise<void> {
  await sql.query(
    `insert into product_order_change (order_id, version, event, from_state, to_state, actor_kind, staff_id,
       note_cipher, at, about, before_cipher)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10::text[], $11)`,
    [
      change.orderId,
      change.version,
      change.event,
      change.fromState,
      change.toState,
      change.actorKind,
      change.staffId,
      change.noteCipher,
      change.at.toString(),
      plainArray(change.about),
      change.beforeCipher,
    ],
  );
}

export const CHANGE = `order_id as "orderId", version, event, from_state as "fromState", to_state as "toState",
  actor_kind as "actorKind", staff_id as "staffId", note_cipher as "noteCipher", at, about,
  before_cipher as "beforeCipher"`;

/** An order's history, first to last. */
export function loadChanges(sql: SqlRunner, orderId: string): Promise<readonly OrderChangeRow[]> {
  return sql.query<OrderChangeRow>(`select ${CHANGE} from product_order_change where order_id = $1 order by version`, [
    orderId,
  ]);
}

/** The histories of several orders, each first to last. */
export function loadChangesOfAll(sql: SqlRunner, orderIds: readonly string[]): Promise<readonly OrderChangeRow[]> {
  return sql.query<OrderChangeRow>(
    `select ${CHANGE} from product_order_change where order_id = any($1::uuid[]) order by order_id, version`,
    [plainArray(orderIds)],
  );
}

/** Orders that wait for an answer since before a moment, the longest first. */
export async function loadHeldSince(sql: SqlRunner, before: Temporal.Instant, limit: number): Promise<string[]> {
  const rows = await sql.query<{ orderId: string }>(
    `select order_id as "orderId" from product_order where state = 'held' and changed_at <= $1
     order by changed_at, order_id limit $2`,
    [before.toString(), limit],
  );
  return rows.map(({ orderId }) => orderId);
}
