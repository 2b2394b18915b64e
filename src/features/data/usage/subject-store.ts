import type { Temporal } from 'temporal-polyfill';
import { holderAt, type NumberHolder } from '../../../base/number-holder.ts';
import { textArray } from '../../../infra/db/array-text.ts';
import type { SqlRunner } from '../../../infra/db/runner.ts';
import { uuidArray } from '../../../infra/db/uuid-array.ts';

/** Which of these ids, each named once, are no subscriptions: hardly any, so one count mostly says all. */
export async function unknownSubscriptions(sql: SqlRunner, ids: readonly string[]): Promise<readonly string[]> {
  if (ids.length === 0) return [];
  const rows = await sql.query<{ id: string }>(
    `select id from unnest($1::uuid[]) as asked (id)
     where (select count(*) from subscription where subscription_id = any($1::uuid[])) < cardinality($1::uuid[])
       and not exists (select from subscription where subscription_id = asked.id)`,
    [uuidArray(ids)],
  );
  return rows.map(({ id }) => id);
}

/**
 * Whose each of these phone numbers is at a moment; undefined for one that nobody ever had. Most had one holder ever, for whom
 * no moment is read.
 */
export type HolderOf = (msisdn: string, atMs: () => number) => string | undefined;

/** Reads who holds or held these numbers with one statement; the answer says whose one was at a moment. */
export async function holdersByNumber(sql: SqlRunner, msisdns: readonly string[]): Promise<HolderOf> {
  if (msisdns.length === 0) return () => undefined;
  const rows = await sql.query<NumberHolder & { msisdn: string }>(
    `select msisdn, subscription_id as "subscriptionId", date_part('epoch', opens_at) * 1000 as "opensMs"
     from subscription where msisdn = any($1::text[]) order by msisdn, opens_at`,
    [textArray(msisdns)],
  );
  const holders = Map.groupBy(rows, ({ msisdn }) => msisdn);
  return (msisdn, atMs) => {
    const [first, ...others] = holders.get(msisdn) ?? [];
    if (first === undefined || others.length === 0) return first?.subscriptionId;
    return holderAt([first, ...others], atMs())?.subscriptionId;
  };
}

/** Whose a number is now, or null. */
export async function subscriptionOfNumber(
  sql: SqlRunner,
  now: Temporal.Instant,
  msisdn: string,
): Promise<string | null> {
  return (await holdersByNumber(sql, [msisdn]))(msisdn, () => now.epochMilliseconds) ?? null;
}
