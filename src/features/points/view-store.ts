import type { Temporal } from 'temporal-polyfill';
import { isId } from '../../base/ids.ts';
import type { SqlRunner } from '../../infra/db/runner.ts';
import type { PointEventDetail, PointEventKind } from './facts.ts';
import type { UsedOnBill } from './rules/bill-return.ts';
import { GOODWILL_DAYS } from './rules/goodwill.ts';

// What a person may see: who asks is part of every statement, so anybody else's is not found.

/** What there is now, and when it ends; nothing ends when there is nothing. */
export async function loadBalance(
  sql: SqlRunner,
  contractorId: string,
  now: Temporal.Instant,
): Promise<{ points: number; end: Temporal.Instant | null }> {
  const [row] = await sql.query<{ points: number; end: Temporal.Instant | null }>(
    `select coalesce(sum(remaining), 0)::int as points, min(expires_at) as end
     from ledger_lot
     where owner_id = $1 and unit = 'point' and kind <> 'set-aside' and expires_at > $2 and remaining > 0`,
    [contractorId, now.toString()],
  );
  return row ?? { points: 0, end: null };
}

export interface HistoryItem {
  readonly eventId: string;
  readonly at: Temporal.Instant;
  readonly kind: PointEventKind;
  readonly points: number;
  readonly balanceAfter: number;
  readonly detail: PointEventDetail;
}

/** What happened to a contractor's points, newest first, after the event named. */
export async function loadHistory(
  sql: SqlRunner,
  of: { contractorId: string; before: string; size: number },
): Promise<readonly HistoryItem[]> {
  return sql.query<HistoryItem>(
    `select event_id as "eventId", at, kind, points, balance_after as "balanceAfter", detail
     from point_event
     where contractor_id = $1 and kind <> 'ending' and event_id < $2
     order by event_id desc limit $3`,
    [of.contractorId, isId(of.before) ? of.before : 'ffffffff-ffff-ffff-ffff-ffffffffffff', of.size],
  );
}

/** Points of a month's bill that could still come back. */
/** The contractor's bills that took points which have not all come back, newest first. */
export function billsWithPoints(sql: SqlRunner, contractorId: string): Promise<readonly UsedOnBill[]> {
  return sql.query<UsedOnBill>(
    `select month, used_points - returned_points as points from point_bill
     where contractor_id = $1 and used_points > returned_points order by month desc limit 24`,
    [contractorId],
  );
}

export interface OrderView {
  readonly orderId: string;
  readonly lineUserId: string;
  readonly stickerCode: string;
  readonly pricePoints: number;
  readonly state: 'waiting' | 'delivered' | 'returned';
}

const orderColumns = `order_id as "orderId", line_user_id as "lineUserId", sticker_code as "stickerCode",
  price_points as "pricePoints", state`;

/** The contractor's orders, newest first. */
export function loadOrdersOf(sql: SqlRunner, contractorId: string): Promise<readonly OrderView[]> {
  return sql.query<OrderView>(
    `select ${orderColumns} from sticker_order where contractor_id = $1 order by ordered_at desc, order_id desc limit 100`,
    [contractorId],
  );
}

/** An order of this contractor's; null for anything else. */
export async function loadOrder(sql: SqlRunner, contractorId: string, orderId: string): Promise<OrderView | null> {
  if (!isId(orderId)) return null;
  const [order] = await sql.query<OrderView>(
    `select ${orderColumns} from sticker_order where contractor_id = $1 and order_id = $2`,
    [contractorId, orderId],
  );
  return order ?? null;
}

/** The LINE accounts linked to a contractor now, by the names they have on LINE, first linked first. */
export function linkedAccounts(
  sql: SqlRunner,
  contractorId: string,
): Promise<readonly { lineUserId: string; displayName: string | null }[]> {
  return sql.query(
    `select k.line_user_id as "lineUserId", a.display_name as "displayName"
     from contractor_link k left join line_account a using (line_user_id)
     where k.contractor_id = $1 and k.unlinked_at is null
     order by k.linked_at, k.contractor_link_id`,
    [contractorId],
  );
}

/** The contractors a LINE account is linked to now, first linked first. */
export function contractorsOf(
  sql: SqlRunner,
  lineUserId: string,
): Promise<readonly { contractorId: string; name: string }[]> {
  return sql.query(
    `select c.contractor_id as "contractorId", c.name
     from contractor_link k join contractor c using (contractor_id)
     where k.line_user_id = $1 and k.unlinked_at is null
     order by k.linked_at, k.contractor_link_id`,
    [lineUserId],
  );
}

/** How many points staff gave a contractor in the last days, beside one request. */
export async function givenLately(
  sql: SqlRunner,
  of: { contractorId: string; now: Temporal.Instant; except: string },
): Promise<number> {
  const since = of.now.subtract({ hours: GOODWILL_DAYS * 24 }).toString();
  const [row] = await sql.query<{ points: number }>(
    `select coalesce(sum(points), 0)::int as points from point_event
     where contractor_id = $1 and kind = 'goodwill' and at > $2 and about <> $3`,
    [of.contractorId, since, of.except],
  );
  return row?.points ?? 0;
}
