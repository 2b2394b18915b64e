import { endOfMonth, startOfMonth } from '../../base/operator-month.ts';
import { plainArray, textArray } from '../../infra/db/array-text.ts';
import type { SqlRunner } from '../../infra/db/runner.ts';
import { isPaused } from '../../ledger/index.ts';
import type { PointCommand } from './commands.ts';
import { type BillRow, type FeeRow, type LinkRow, monthKey, type PointFacts } from './facts.ts';
import { loadOrders } from './order-store.ts';
import type { BillSetting } from './rules/bill-use.ts';

/** What a batch needs, for all its commands at once; what no command of it needs is not asked. */
export async function loadPointFacts(
  sql: SqlRunner,
  commands: readonly PointCommand[],
  zone: string,
): Promise<PointFacts> {
  const of = (...kinds: PointCommand['kind'][]) => [
    ...new Set(commands.filter(({ kind }) => kinds.includes(kind)).map(({ contractorId }) => contractorId)),
  ];
  const grants = commands.filter((command) => command.kind === 'grant');
  const billed = commands.filter((command) => command.kind === 'bill' || command.kind === 'bill-return');
  const orders = commands.filter((command) => command.kind === 'order-sticker');
  const settled = commands.filter((command) => command.kind === 'settle-sticker');
  // Asked together: a batch's statements travel in one round trip.
  const [known, granted, links, fees, settings, bills, stickerOrders, paused] = await Promise.all([
    loadKnown(sql, of('goodwill', 'invitation')),
    loadGranted(sql, grants),
    loadLinks(sql, of('grant', 'order-sticker')),
    Promise.all(
      [...Map.groupBy(grants, ({ month }) => month)].map(([month, due]) =>
        loadFees(
          sql,
          due.map(({ contractorId }) => contractorId),
          { month, zone },
        ),
      ),
    ),
    loadSettings(sql, of('bill')),
    loadBills(sql, billed),
    loadOrders(sql, {
      contractorIds: of('order-sticker'),
      lineUserIds: orders.map(({ lineUserId }) => lineUserId),
      orderIds: settled.map(({ orderId }) => orderId),
    }),
    orders.length > 0 && isPaused(sql),
  ]);
  return {
    known: new Set(known),
    granted: new Set(granted.map(monthKey)),
    links: Map.groupBy(links, ({ contractorId }) => contractorId),
    fees: Map.groupBy(fees.flat(), monthKey),
    settings: new Map(settings.map(({ contractorId, ...row }) => [contractorId, settingOf(row)])),
    bills: new Map(bills.map((bill) => [monthKey(bill), bill])),
    orders: new Map(stickerOrders.map(({ language: _, ...order }) => [order.orderId, order])),
    isPaused: paused,
    languages: new Map(stickerOrders.map(({ lineUserId, language }) => [lineUserId, language])),
    changes: { events: [], bills: new Set(), made: new Set(), settled: new Set(), goodwill: [] },
  };
}

async function loadKnown(sql: SqlRunner, contractorIds: readonly string[]): Promise<readonly string[]> {
  if (contractorIds.length === 0) return [];
  const rows = await sql.query<{ id: string }>(
    'select contractor_id as id from contractor where contractor_id = any($1::uuid[])',
    [plainArray(contractorIds)],
  );
  return rows.map(({ id }) => id);
}

/**
 * Of these contractors and months those that are granted. One look-up by key for each: joined, PostgreSQL read all events
 * and sifted them, because it had planned while there were none (1.9 ms a contractor at 10,000, growing).
 */
async function loadGranted(
  sql: SqlRunner,
  asked: readonly { contractorId: string; month: string }[],
): Promise<readonly { contractorId: string; month: string }[]> {
  if (asked.length === 0) return [];
  return sql.query<{ contractorId: string; month: string }>(
    `select asked.contractor_id as "contractorId", asked.month
     from unnest($1::uuid[], $2::text[]) as asked (contractor_id, month)
     cross join lateral (
       select from point_event e
       where e.contractor_id = asked.contractor_id and e.kind = 'granted' and e.about = asked.month
       limit 1
     ) as known`,
    [plainArray(asked.map(({ contractorId }) => contractorId)), textArray(asked.map(({ month }) => month))],
  );
}

/** Every link these contractors have and had. */
export async function loadLinks(sql: SqlRunner, contractorIds: readonly string[]): Promise<readonly LinkRow[]> {
  if (contractorIds.length === 0) return [];
  return sql.query<LinkRow>(
    `select contractor_id as "contractorId", line_user_id as "lineUserId", linked_at as "linkedAt",
            unlinked_at as "unlinkedAt"
     from contractor_link where contractor_id = any($1::uuid[])
     order by linked_at, contractor_link_id`,
    [plainArray(contractorIds)],
  );
}

/** The subscriptions of these contractors that were in service at any moment of the month, with every plan they had. */
export async function loadFees(
  sql: SqlRunner,
  contractorIds: readonly string[],
  { month, zone }: { month: string; zone: string },
): Promise<readonly FeeRow[]> {
  return sql.query<FeeRow>(
    `select s.contractor_id as "contractorId", $4 as month, s.plan_code as "planCode", s.opens_at as "opensAt",
            coalesce((select json_agg(json_build_object('takesEffectIn', c.takes_effect_in, 'state', c.state,
                                                        'from', c.from_plan_code, 'to', c.to_plan_code)
                                      order by c.takes_effect_in, c.settled_at nulls last, c.plan_change_id)
                      from plan_change c
                      where c.subscription_id = s.subscription_id and c.state <> 'taken-back'), '[]') as "planChanges"
     from subscription s
     where s.contractor_id = any($1::uuid[]) and s.opens_at < $3 and (s.ended_at is null or s.ended_at > $2)`,
    [plainArray(contractorIds), startOfMonth(month, zone).toString(), endOfMonth(month, zone).toString(), month],
  );
}

interface SettingRow {
  readonly use: BillSetting['use'];
  readonly points: number | null;
}

export function settingOf({ use, points }: SettingRow): BillSetting {
  return use === 'fixed' ? { use, points: points ?? 0 } : { use };
}

export async function loadSettings(
  sql: SqlRunner,
  contractorIds: readonly string[],
): Promise<readonly (SettingRow & { contractorId: string })[]> {
  if (contractorIds.length === 0) return [];
  return sql.query<SettingRow & { contractorId: string }>(
    `select contractor_id as "contractorId", bill_use as use, fixed_points as points
     from point_setting where contractor_id = any($1::uuid[])`,
    [plainArray(contractorIds)],
  );
}

async function loadBills(
  sql: SqlRunner,
  asked: readonly { contractorId: string; month: string }[],
): Promise<readonly BillRow[]> {
  if (asked.length === 0) return [];
  return sql.query<BillRow>(
    `select asked.contractor_id as "contractorId", asked.month, bill.used, bill.returned
     from (select distinct * from unnest($1::uuid[], $2::text[]) as each (contractor_id, month)) as asked
     cross join lateral (
       select used_points as used, returned_points as returned from point_bill b
       where b.contractor_id = asked.contractor_id and b.month = asked.month
       limit 1
     ) as bill`,
    [plainArray(asked.map(({ contractorId }) => contractorId)), textArray(asked.map(({ month }) => month))],
  );
}
