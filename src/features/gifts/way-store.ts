import type { SqlRunner } from '../../infra/db/runner.ts';

/** The waiting gift under one of a code's hashes (one for each version of the key), or null. */
export async function waitingGiftByCode(sql: SqlRunner, codeHashes: readonly Buffer[]): Promise<string | null> {
  const rows = await sql.query<{ giftId: string }>(
    `select gift_id as "giftId" from gift where gift_code_hash = any($1::bytea[]) and state = 'waiting'`,
    [codeHashes],
  );
  return rows[0]?.giftId ?? null;
}
