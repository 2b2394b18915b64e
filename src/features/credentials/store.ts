import type { Temporal } from 'temporal-polyfill';
import { newId } from '../../base/ids.ts';
import type { Language } from '../../base/language.ts';
import type { SqlRunner } from '../../infra/db/index.ts';
import { forgetWhere } from '../../infra/jobs/forget.ts';

type Instant = Temporal.Instant;

// Forgotten passwords --------------------------------------------------------------------------

export interface ResetRequest {
  readonly requestId: string;
  readonly loginId: string;
  readonly language: Language;
  readonly requestedAt: Instant;
}

export async function insertResetRequest(
  sql: SqlRunner,
  now: Instant,
  request: { loginId: string; language: Language },
): Promise<void> {
  await sql.query(
    'insert into password_reset_request (request_id, login_id, language, requested_at) values ($1, $2, $3, $4)',
    [newId(), request.loginId, request.language, now.toString()],
  );
}

/** Takes requests out, oldest first: whoever takes them answers them in the same transaction. */
export function takeResetRequests(sql: SqlRunner, limit: number): Promise<readonly ResetRequest[]> {
  return sql.query<ResetRequest>(
    `delete from password_reset_request where request_id in (
       select request_id from password_reset_request order by request_id limit $1 for update skip locked)
     returning request_id as "requestId", login_id as "loginId", language, requested_at as "requestedAt"`,
    [limit],
  );
}

export async function insertReset(
  sql: SqlRunner,
  now: Instant,
  reset: { tokenHash: Buffer; contractorId: string; expiresAt: Instant },
): Promise<void> {
  await sql.query(
    'insert into password_reset (token_hash, contractor_id, created_at, expires_at) values ($1, $2, $3, $4)',
    [reset.tokenHash, reset.contractorId, now.toString(), reset.expiresAt.toString()],
  );
}

/** Whose password a link may set, while it works. */
export async function findReset(sql: SqlRunner, now: Instant, tokenHash: Buffer): Promise<string | null> {
  const [row] = await sql.query<{ contractorId: string }>(
    `select contractor_id as "contractorId" from password_reset
     where token_hash = $1 and used_at is null and expires_at > $2`,
    [tokenHash, now.toString()],
  );
  return row?.contractorId ?? null;
}

/** Uses a link up, with every other of the same contractor. Null when it no longer works: somebody was faster. */
export async function useReset(sql: SqlRunner, now: Instant, tokenHash: Buffer): Promise<string | null> {
  const [row] = await sql.query<{ contractorId: string }>(
    `update password_reset set used_at = $2 where token_hash = $1 and used_at is null and expires_at > $2
     returning contractor_id as "contractorId"`,
    [tokenHash, now.toString()],
  );
  if (row) await closeResets(sql, now, row.contractorId);
  return row?.contractorId ?? null;
}

/** Links that were mailed before a password was changed work no longer. */
export async function closeResets(sql: SqlRunner, now: Instant, contractorId: string): Promise<void> {
  await sql.query('update password_reset set used_at = $2 where contractor_id = $1 and used_at is null', [
    contractorId,
    now.toString(),
  ]);
}

// Recovery codes -------------------------------------------------------------------------------

/** New codes in place of all there were. */
export async function replaceRecoveryCodes(
  sql: SqlRunner,
  contractorId: string,
  hashes: readonly Buffer[],
): Promise<void> {
  await sql.query('delete from recovery_code where contractor_id = $1', [contractorId]);
  for (const hash of hashes) {
    await sql.query('insert into recovery_code (contractor_id, code_hash) values ($1, $2)', [contractorId, hash]);
  }
}

/** Uses a code up; false when there is none such left. */
export async function useRecoveryCode(
  sql: SqlRunner,
  now: Instant,
  { contractorId, hash }: { contractorId: string; hash: Buffer },
): Promise<boolean> {
  const rows = await sql.query(
    `update recovery_code set used_at = $3 where contractor_id = $1 and code_hash = $2 and used_at is null returning 1`,
    [contractorId, hash, now.toString()],
  );
  return rows.length > 0;
}

export async function countRecoveryCodes(sql: SqlRunner, contractorId: string): Promise<number> {
  const [row] = await sql.query<{ count: number }>(
    'select count(*)::integer as count from recovery_code where contractor_id = $1 and used_at is null',
    [contractorId],
  );
  return row?.count ?? 0;
}

// History --------------------------------------------------------------------------------------

/** When sign-ins with the right login ID were refused, latest first. */
export async function loadRefusedSignIns(sql: SqlRunner, contractorId: string, limit: number): Promise<Instant[]> {
  const rows = await sql.query<{ at: Instant }>(
    `select at from audit_log where contractor_id = $1 and action = 'contractors.sign-in-refused'
     order by at desc limit $2`,
    [contractorId, limit],
  );
  return rows.map((row) => row.at);
}

/** Forgets what was asked in talks and mailed as a link before then; answers how much it was. */
export async function forgetAsked(sql: SqlRunner, before: Temporal.Instant, stopping?: AbortSignal): Promise<number> {
  const taps = await forgetWhere(sql, { table: 'proof_tap', condition: 'asked_at < $1', before }, stopping);
  return taps + (await forgetWhere(sql, { table: 'password_reset', condition: 'created_at < $1', before }, stopping));
}

/** Codes for recovery, and links that were mailed. */
export async function deleteRecovery(sql: SqlRunner, contractorId: string): Promise<void> {
  await sql.query('delete from recovery_code where contractor_id = $1', [contractorId]);
  await sql.query('delete from password_reset where contractor_id = $1', [contractorId]);
}
