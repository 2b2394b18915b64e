import type { Temporal } from 'temporal-polyfill';
import { newId } from '../../base/ids.ts';
import type { Month } from '../../base/operator-month.ts';
import { plainArray, textArray } from '../../infra/db/array-text.ts';
import { auditAll } from '../../infra/db/audit.ts';
import type { SqlRunner } from '../../infra/db/runner.ts';
import { uuidArray } from '../../infra/db/uuid-array.ts';
import type { BillRow, PointEvent, PointEventDetail, PointFacts } from './facts.ts';
import type { Granted } from './grant-of-many.ts';
import { insertOrders, updateOrders } from './order-store.ts';

/** Writes what the batch decided. `tellAt` is when the talk may tell what it announces. */
export async function savePointFacts(
  sql: SqlRunner,
  facts: PointFacts,
  at: { now: Temporal.Instant; tellAt: Temporal.Instant },
): Promise<void> {
  const { events, bills, made, settled, goodwill } = facts.changes;
  const orders = (ids: Iterable<string>) => [...ids].flatMap((id) => facts.orders.get(id) ?? []);
  await Promise.all([
    insertEvents(sql, events, at),
    saveBills(
      sql,
      [...bills].flatMap((key) => facts.bills.get(key) ?? []),
    ),
    insertOrders(sql, orders(made)),
    updateOrders(sql, orders(settled), at.now),
    auditAll(sql, at.now, [
      ...goodwill.map(({ contractorId, points, staff }) => ({
        actor: { kind: 'staff', id: staff } as const,
        action: 'points.goodwill-given',
        contractorId,
        detail: { points },
      })),
      ...orders(made).map(({ contractorId, orderId, stickerCode }) => ({
        actor: { kind: 'contractor', id: contractorId } as const,
        action: 'points.sticker-ordered',
        contractorId,
        detail: { orderId, stickerCode },
      })),
    ]),
  ]);
}

async function insertEvents(
  sql: SqlRunner,
  events: readonly PointEvent[],
  at: { now: Temporal.Instant; tellAt: Temporal.Instant },
): Promise<void> {
  if (events.length === 0) return;
  await sql.query(
    `insert into point_event (contractor_id, event_id, at, kind, points, balance_after, about, detail, tell_at)
     select contractor_id, event_id, $9::timestamptz, kind, points, balance_after, about, detail::jsonb,
            case when is_told then $10::timestamptz end
     from unnest($1::uuid[], $2::uuid[], $3::text[], $4::int[], $5::int[], $6::text[], $7::text[], $8::bool[])
       as row (contractor_id, event_id, kind, points, balance_after, about, detail, is_told)`,
    [
      plainArray(events.map((event) => event.contractorId)),
      plainArray(events.map(() => newId())),
      textArray(events.map((event) => event.kind)),
      plainArray(events.map((event) => event.points)),
      plainArray(events.map((event) => event.balanceAfter)),
      textArray(events.map((event) => event.about)),
      textArray(events.map((event) => JSON.stringify(event.detail))),
      plainArray(events.map((event) => (event.isTold ? 't' : 'f'))),
      at.now.toString(),
      at.tellAt.toString(),
    ],
  );
}

/** What a month brought many, in the history of each, with what is there then. */
export async function insertGranted(
  sql: SqlRunner,
  granted: readonly Granted[],
  { month, now, tellAt }: { month: Month; now: Temporal.Instant; tellAt: Temporal.Instant },
): Promise<void> {
  const detail: PointEventDetail = { month };
  await sql.query(
    `insert into point_event (contractor_id, event_id, at, kind, points, balance_after, about, detail, tell_at)
     select contractor_id, event_id, $4::timestamptz, 'granted', points,
            (select sum(lot.remaining) from ledger_lot lot
             where lot.owner_id = contractor_id and lot.unit = 'point' and lot.expires_at > $4),
            $5, $6::jsonb, $7::timestamptz
     from unnest($1::uuid[], $2::uuid[], $3::int[]) as granted (contractor_id, event_id, points)`,
    [
      uuidArray(granted.map(({ contractorId }) => contractorId)),
      uuidArray(granted.map(() => newId())),
      plainArray(granted.map(({ points }) => points)),
      now.toString(),
      month,
      JSON.stringify(detail),
      tellAt.toString(),
    ],
  );
}

async function saveBills(sql: SqlRunner, bills: readonly BillRow[]): Promise<void> {
  if (bills.length === 0) return;
  await sql.query(
    `insert into point_bill (contractor_id, month, used_points, returned_points)
     select * from unnest($1::uuid[], $2::text[], $3::int[], $4::int[])
     on conflict (contractor_id, month) do update set returned_points = excluded.returned_points`,
    [
      plainArray(bills.map((bill) => bill.contractorId)),
      textArray(bills.map((bill) => bill.month)),
      plainArray(bills.map((bill) => bill.used)),
      plainArray(bills.map((bill) => bill.returned)),
    ],
  );
}
