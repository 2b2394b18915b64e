import type { Msisdn } from '../../base/msisdn.ts';
import type { SqlRunner } from '../../infra/db/runner.ts';

// What two ways of handing over look up: the gift of a code, and the subscription of a phone number.

/** The waiting gift under one of a code's hashes (one for each version of the key), or null. */
export async function waitingGiftByCode(sql: SqlRunner, codeHashes: readonly Buffer[]): Promise<string | null> {
  const rows = await sql.query<{ giftId: string }>(
    `select gift_id as "giftId" from gift where gift_code_hash = any($1::bytea[]) and state = 'waiting'`,
    [codeHashes],
  );
  return rows[0]?.giftId ?? null;
}

/** Whose number it is, or null. */
export async function subscriptionByNumber(sql: SqlRunner, msisdn: Msisdn): Promise<string | null> {
  const rows = await sql.query<{ subscriptionId: string }>(
    `select subscription_id as "subscriptionId" from subscription where msisdn = $1`,
    [msisdn],
  );
  return rows[0]?.subscriptionId ?? null;
}
