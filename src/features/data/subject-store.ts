import { plainArray, textArray } from '../../infra/db/array-text.ts';
import type { SqlRunner } from '../../infra/db/runner.ts';

/** Which of these ids are subscriptions. */
export async function knownSubscriptions(sql: SqlRunner, ids: readonly string[]): Promise<readonly string[]> {
  if (ids.length === 0) return [];
  const rows = await sql.query<{ id: string }>(
    'select subscription_id as id from subscription where subscription_id = any($1::uuid[])',
    [plainArray(ids)],
  );
  return rows.map(({ id }) => id);
}

/** Ids of subscriptions by their phone numbers. */
export async function subscriptionsByNumber(
  sql: SqlRunner,
  msisdns: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (msisdns.length === 0) return new Map();
  const rows = await sql.query<{ msisdn: string; id: string }>(
    'select msisdn, subscription_id as id from subscription where msisdn = any($1::text[])',
    [textArray(msisdns)],
  );
  return new Map(rows.map(({ msisdn, id }) => [msisdn, id]));
}
