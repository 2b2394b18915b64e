import type { Temporal } from 'temporal-polyfill';
import type { SqlRunner } from '../../../infra/db/index.ts';

/** What the provider keeps: an id and links as hashes, the content sealed. */
export interface StoredPayload {
  readonly sealed: Buffer;
  readonly consumedAt: Temporal.Instant | null;
  readonly idHash: Buffer;
}

export interface NewPayload {
  readonly model: string;
  readonly idHash: Buffer;
  readonly sealed: Buffer;
  readonly grantHash: Buffer | null;
  readonly uidHash: Buffer | null;
  readonly expiresAt: Temporal.Instant;
}

export async function savePayload(sql: SqlRunner, payload: NewPayload): Promise<void> {
  await sql.query(
    `insert into oidc_payload (model, id_hash, sealed, grant_hash, uid_hash, expires_at)
     values ($1, $2, $3, $4, $5, $6)
     on conflict (model, id_hash) do update set
       sealed = excluded.sealed, grant_hash = excluded.grant_hash, uid_hash = excluded.uid_hash,
       expires_at = excluded.expires_at`,
    [payload.model, payload.idHash, payload.sealed, payload.grantHash, payload.uidHash, payload.expiresAt.toString()],
  );
}

export async function loadPayload(
  sql: SqlRunner,
  key: { model: string; by: 'id_hash' | 'uid_hash'; hash: Buffer; now: Temporal.Instant },
): Promise<StoredPayload | null> {
  const rows = await sql.query<StoredPayload>(
    `select sealed, consumed_at as "consumedAt", id_hash as "idHash" from oidc_payload
     where model = $1 and ${key.by} = $2 and expires_at > $3`,
    [key.model, key.hash, key.now.toString()],
  );
  return rows[0] ?? null;
}

/** False when somebody has used it already: of two who come at once, one is right. */
export async function consumePayload(
  sql: SqlRunner,
  key: { model: string; idHash: Buffer; now: Temporal.Instant },
): Promise<boolean> {
  const rows = await sql.query(
    `update oidc_payload set consumed_at = $3 where model = $1 and id_hash = $2 and consumed_at is null returning 1`,
    [key.model, key.idHash, key.now.toString()],
  );
  return rows.length > 0;
}

export async function deletePayload(sql: SqlRunner, key: { model: string; idHash: Buffer }): Promise<void> {
  await sql.query('delete from oidc_payload where model = $1 and id_hash = $2', [key.model, key.idHash]);
}

/** Grants and everything that rests on them: tokens, codes. */
export async function deleteGrants(sql: SqlRunner, grantHashes: readonly Buffer[]): Promise<void> {
  await sql.query(
    `delete from oidc_payload where grant_hash = any ($1::bytea[]) or (model = 'Grant' and id_hash = any ($1::bytea[]))`,
    [grantHashes],
  );
}

/** Forgets what has ended; answers how many. */
export async function deleteEnded(sql: SqlRunner, now: Temporal.Instant, portion: number): Promise<number> {
  const rows = await sql.query(
    `delete from oidc_payload where (model, id_hash) in (
       select model, id_hash from oidc_payload where expires_at <= $1 limit $2) returning 1`,
    [now.toString(), portion],
  );
  return rows.length;
}
