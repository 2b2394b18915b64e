import type { Bilingual } from '../../base/operator.ts';
import { plainArray, textArray } from '../../infra/db/array-text.ts';
import type { SqlRunner } from '../../infra/db/runner.ts';

/** What is already recorded under a name. */
export interface RecordedItem {
  readonly sourceId: string;
  readonly contractorId: string;
  readonly subscriptionId: string | null;
  readonly kind: string;
  readonly label: Bilingual;
  readonly amountYen: number;
  readonly isTaxed: boolean;
  readonly causedMs: number;
}

/** Charges of a source by their ids. */
export async function loadRecorded(
  sql: SqlRunner,
  source: string,
  sourceIds: readonly string[],
): Promise<ReadonlyMap<string, RecordedItem>> {
  const rows = await sql.query<RecordedItem>(
    `select source_id as "sourceId", contractor_id as "contractorId", subscription_id as "subscriptionId", kind, label,
            amount_yen as "amountYen", is_taxed as "isTaxed",
            (extract(epoch from caused_at) * 1000)::float8 as "causedMs"
     from bill_charge where source = $1 and source_id = any($2::text[])`,
    [source, textArray(sourceIds)],
  );
  return new Map(rows.map((row) => [row.sourceId, row]));
}

/** Whose a subscription is, by id; those that do not exist are missing. */
export async function contractorsOf(
  sql: SqlRunner,
  subscriptionIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await sql.query<{ id: string; contractorId: string }>(
    `select subscription_id as id, contractor_id as "contractorId" from subscription
     where subscription_id = any($1::uuid[])`,
    [plainArray(subscriptionIds)],
  );
  return new Map(rows.map(({ id, contractorId }) => [id, contractorId]));
}

/** Items of one source are taken one request after the other, so that what is recorded can be compared. */
export async function lockSource(sql: SqlRunner, source: string): Promise<void> {
  await sql.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`bill-items:${source}`]);
}
