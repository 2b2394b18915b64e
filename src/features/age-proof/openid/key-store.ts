import type { Temporal } from 'temporal-polyfill';
import type { SqlRunner } from '../../../infra/db/index.ts';

export interface StoredKey {
  readonly kid: string;
  readonly sealed: Buffer;
  readonly signsFrom: Temporal.Instant;
}

export function loadSigningKeys(sql: SqlRunner): Promise<readonly StoredKey[]> {
  return sql.query<StoredKey>(
    'select kid, sealed, signs_from as "signsFrom" from oidc_signing_key order by signs_from',
  );
}

/** One process at a time decides about keys. */
export async function lockSigningKeys(sql: SqlRunner): Promise<void> {
  await sql.query(`select pg_advisory_xact_lock(hashtextextended('age-proof.signing-keys', 0))`);
}

export async function insertSigningKey(sql: SqlRunner, now: Temporal.Instant, key: StoredKey): Promise<void> {
  await sql.query('insert into oidc_signing_key (kid, sealed, signs_from, created_at) values ($1, $2, $3, $4)', [
    key.kid,
    key.sealed,
    key.signsFrom.toString(),
    now.toString(),
  ]);
}

export async function deleteSigningKeys(sql: SqlRunner, kids: readonly string[]): Promise<void> {
  await sql.query('delete from oidc_signing_key where kid = any ($1::text[])', [kids]);
}
