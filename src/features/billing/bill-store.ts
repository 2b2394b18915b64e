import type { Temporal } from 'temporal-polyfill';
import type { Bilingual } from '../../base/operator.ts';
import type { Month } from '../../base/operator-month.ts';
import { plainArray, textArray } from '../../infra/db/array-text.ts';
import type { SqlRunner } from '../../infra/db/runner.ts';
import type { BillLine, LineKind, OpenCharge, Totals } from './rules/bill.ts';

/** A bill with what it comes to. */
export interface Bill extends Totals {
  readonly billId: string;
  readonly contractorId: string;
  readonly month: Month;
  readonly taxPercent: number;
  readonly lineCount: number;
  readonly closedAt: Temporal.Instant;
}

export interface NewBill extends Omit<Bill, 'closedAt' | 'lineCount'> {
  readonly lines: readonly BillLine[];
}

const COLUMNS = `bill_id as "billId", contractor_id as "contractorId", month, total_yen as "totalYen",
  taxed_yen as "taxedYen", tax_percent as "taxPercent", tax_yen as "taxYen", line_count as "lineCount",
  closed_at as "closedAt"`;

/** The last month whose bills are closed for everybody; null when billing has not begun. */
export async function lastClosedMonth(sql: SqlRunner): Promise<Month | null> {
  const [row] = await sql.query<{ month: Month | null }>('select max(month) as month from bill_closing');
  return row?.month ?? null;
}

export async function markClosed(sql: SqlRunner, month: Month, now: Temporal.Instant): Promise<void> {
  await sql.query('insert into bill_closing (month, finished_at) values ($1, $2) on conflict do nothing', [
    month,
    now.toString(),
  ]);
}

/** Contractors who were there by the month's end and have no bill of it yet, in id order. */
export async function dueForBill(
  sql: SqlRunner,
  due: { month: Month; monthEnd: Temporal.Instant; after: string; size: number },
): Promise<readonly string[]> {
  const rows = await sql.query<{ id: string }>(
    `select c.contractor_id as id from contractor c
     where c.contractor_id > $3 and c.created_at < $2
       -- By key for each: as "not exists" it could be joined with every bill there is.
       and (select b.bill_id from bill b where b.contractor_id = c.contractor_id and b.month = $1) is null
     order by c.contractor_id limit $4`,
    [due.month, due.monthEnd.toString(), due.after, due.size],
  );
  return rows.map(({ id }) => id);
}

/** What is on no bill yet, caused up to a month; locked until the transaction ends. */
export async function loadOpenCharges(
  sql: SqlRunner,
  contractorIds: readonly string[],
  month: Month,
  options: { isLocked: boolean },
): Promise<ReadonlyMap<string, readonly OpenCharge[]>> {
  const rows = await sql.query<OpenCharge & { contractorId: string }>(
    `select contractor_id as "contractorId", charge_id as "chargeId", kind, subscription_id as "subscriptionId", month,
            label, amount_yen as "amountYen", is_taxed as "isTaxed"
     from bill_charge
     where contractor_id = any($1::uuid[]) and bill_id is null and month <= $2
     order by caused_at, charge_id${options.isLocked ? ' for update' : ''}`,
    [plainArray(contractorIds), month],
  );
  return new Map(
    [...Map.groupBy(rows, ({ contractorId }) => contractorId)].map(([id, charges]) => [
      id,
      charges.map(({ contractorId: _, ...charge }) => charge),
    ]),
  );
}

/** Writes bills with their lines, and marks their charges. Fails when one of them is there already. */
export async function insertBills(sql: SqlRunner, now: Temporal.Instant, bills: readonly NewBill[]): Promise<void> {
  if (bills.length === 0) return;
  await sql.query(
    `insert into bill (bill_id, contractor_id, month, total_yen, taxed_yen, tax_percent, tax_yen, line_count, closed_at,
       told_at)
     select bill_id, contractor_id, month, total_yen, taxed_yen, tax_percent, tax_yen, line_count, $9,
            -- Of an empty one there is nothing to tell.
            case when line_count = 0 then $9::timestamptz end
     from unnest($1::uuid[], $2::uuid[], $3::text[], $4::bigint[], $5::bigint[], $6::int[], $7::bigint[], $8::int[])
       as row (bill_id, contractor_id, month, total_yen, taxed_yen, tax_percent, tax_yen, line_count)`,
    [
      plainArray(bills.map((bill) => bill.billId)),
      plainArray(bills.map((bill) => bill.contractorId)),
      plainArray(bills.map((bill) => bill.month)),
      plainArray(bills.map((bill) => bill.totalYen)),
      plainArray(bills.map((bill) => bill.taxedYen)),
      plainArray(bills.map((bill) => bill.taxPercent)),
      plainArray(bills.map((bill) => bill.taxYen)),
      plainArray(bills.map((bill) => bill.lines.length)),
      now.toString(),
    ],
  );
  const lines = bills.flatMap(({ billId, lines: own }) => own.map((line, position) => ({ billId, position, ...line })));
  await sql.query(
    `with line as (
       insert into bill_line (bill_id, position, kind, subscription_id, label, amount_yen, is_taxed, charge_id)
       select bill_id, position, kind, subscription_id, label::jsonb, amount_yen, is_taxed, charge_id
       from unnest($1::uuid[], $2::int[], $3::text[], $4::uuid[], $5::text[], $6::bigint[], $7::boolean[], $8::uuid[])
         as row (bill_id, position, kind, subscription_id, label, amount_yen, is_taxed, charge_id)
       returning bill_id, charge_id
     )
     update bill_charge c set bill_id = line.bill_id from line where c.charge_id = line.charge_id`,
    [
      plainArray(lines.map((line) => line.billId)),
      plainArray(lines.map((line) => line.position)),
      plainArray(lines.map((line) => line.kind)),
      plainArray(lines.map((line) => line.subscriptionId)),
      textArray(lines.map((line) => JSON.stringify(line.label))),
      plainArray(lines.map((line) => line.amountYen)),
      plainArray(lines.map((line) => String(line.isTaxed))),
      plainArray(lines.map((line) => line.chargeId)),
    ],
  );
}

/** A contractor's bills with something on them, the newest first. */
export async function loadBills(sql: SqlRunner, contractorId: string): Promise<readonly Bill[]> {
  return sql.query<Bill>(
    `select ${COLUMNS} from bill where contractor_id = $1 and line_count > 0 order by month desc limit 60`,
    [contractorId],
  );
}

/** A line as it is shown; the subscription goes by its number. */
export interface ShownLine {
  readonly kind: LineKind;
  readonly subscriptionId: string | null;
  readonly label: Bilingual;
  readonly amountYen: number;
  readonly isTaxed: boolean;
}

/** One bill of a contractor's own with its lines; anybody else's is not found. */
export async function loadBill(
  sql: SqlRunner,
  own: { contractorId: string; month: Month },
): Promise<{ bill: Bill; lines: readonly ShownLine[] } | null> {
  const [bill] = await sql.query<Bill>(
    `select ${COLUMNS} from bill where contractor_id = $1 and month = $2 and line_count > 0`,
    [own.contractorId, own.month],
  );
  if (bill === undefined) return null;
  const lines = await sql.query<ShownLine>(
    `select kind, subscription_id as "subscriptionId", label, amount_yen as "amountYen", is_taxed as "isTaxed"
     from bill_line where bill_id = $1 order by position`,
    [bill.billId],
  );
  return { bill, lines };
}

/** A bill to be told of, with what points paid of it. */
export interface UntoldBill extends Bill {
  readonly pointsYen: number;
}

/** Takes bills nobody has been told of, to be told in this transaction. */
export async function takeUntoldBills(sql: SqlRunner, limit: number): Promise<readonly UntoldBill[]> {
  return sql.query<UntoldBill>(
    `select ${COLUMNS},
       (select coalesce(-sum(amount_yen), 0)::int from bill_line l where l.bill_id = bill.bill_id and kind = 'points')
         as "pointsYen"
     from bill where told_at is null order by closed_at, bill_id limit $1 for update skip locked`,
    [limit],
  );
}

export async function markBillsTold(sql: SqlRunner, billIds: readonly string[], now: Temporal.Instant): Promise<void> {
  await sql.query('update bill set told_at = $2 where bill_id = any($1::uuid[])', [
    plainArray(billIds),
    now.toString(),
  ]);
}
