import type { Temporal } from 'temporal-polyfill';
import type { SqlRunner } from '../db/runner.ts';
import type { FactorOwner } from './one-time-code.ts';

type Instant = Temporal.Instant;

export interface Passkey {
  readonly credentialId: string;
  readonly userAgent: string | null;
  readonly createdAt: Instant;
  readonly lastUsedAt: Instant | null;
}

export interface StoredPasskey {
  readonly credentialId: string;
  readonly ownerId: string;
  readonly publicKey: Buffer;
  readonly counter: number;
}

export async function insertChallenge(
  sql: SqlRunner,
  now: Instant,
  challenge: { hash: Buffer; purpose: string; expiresAt: Instant },
): Promise<void> {
  await sql.query('delete from passkey_challenge where expires_at <= $1', [now.toString()]);
  await sql.query('insert into passkey_challenge (challenge_hash, purpose, expires_at) values ($1, $2, $3)', [
    challenge.hash,
    challenge.purpose,
    challenge.expiresAt.toString(),
  ]);
}

/** Uses a challenge up; false when there is none such, or made for something else, or it is too late. */
export async function takeChallenge(
  sql: SqlRunner,
  now: Instant,
  challenge: { hash: Buffer; purpose: string },
): Promise<boolean> {
  const rows = await sql.query(
    'delete from passkey_challenge where challenge_hash = $1 and purpose = $2 and expires_at > $3 returning 1',
    [challenge.hash, challenge.purpose, now.toString()],
  );
  return rows.length > 0;
}

/** False when the credential is known already. */
export async function insertPasskey(
  sql: SqlRunner,
  now: Instant,
  passkey: {
    credentialId: string;
    owner: FactorOwner;
    publicKey: Buffer;
    counter: number;
    transports: readonly string[];
    userAgent: string | null;
  },
): Promise<boolean> {
  const rows = await sql.query(
    `insert into passkey (credential_id, owner_kind, owner_id, public_key, counter, transports, user_agent, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (credential_id) do nothing returning 1`,
    [
      passkey.credentialId,
      passkey.owner.kind,
      passkey.owner.id,
      passkey.publicKey,
      passkey.counter,
      passkey.transports,
      passkey.userAgent,
      now.toString(),
    ],
  );
  return rows.length > 0;
}

export async function findPasskey(
  sql: SqlRunner,
  kind: FactorOwner['kind'],
  credentialId: string,
): Promise<StoredPasskey | null> {
  const rows = await sql.query<StoredPasskey>(
    `select credential_id as "credentialId", owner_id as "ownerId", public_key as "publicKey", counter from passkey
     where owner_kind = $1 and credential_id = $2`,
    [kind, credentialId],
  );
  return rows[0] ?? null;
}

export async function savePasskeyUse(
  sql: SqlRunner,
  now: Instant,
  { credentialId, counter }: { credentialId: string; counter: number },
): Promise<void> {
  await sql.query('update passkey set counter = $2, last_used_at = $3 where credential_id = $1', [
    credentialId,
    counter,
    now.toString(),
  ]);
}

export function loadPasskeys(sql: SqlRunner, owner: FactorOwner): Promise<readonly Passkey[]> {
  return sql.query<Passkey>(
    `select credential_id as "credentialId", user_agent as "userAgent", created_at as "createdAt",
       last_used_at as "lastUsedAt"
     from passkey where owner_kind = $1 and owner_id = $2 order by created_at, credential_id`,
    [owner.kind, owner.id],
  );
}

/** One of the owner's own; false when there is none such. */
export async function deletePasskey(sql: SqlRunner, owner: FactorOwner, credentialId: string): Promise<boolean> {
  const rows = await sql.query(
    'delete from passkey where owner_kind = $1 and owner_id = $2 and credential_id = $3 returning 1',
    [owner.kind, owner.id, credentialId],
  );
  return rows.length > 0;
}

/** Everything somebody's passkeys leave behind. */
export async function deletePasskeysOf(sql: SqlRunner, owner: FactorOwner): Promise<void> {
  await sql.query('delete from passkey where owner_kind = $1 and owner_id = $2', [owner.kind, owner.id]);
}
