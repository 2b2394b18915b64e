import type { Temporal } from 'temporal-polyfill';
import { plainArray } from '../../infra/db/array-text.ts';
import type { SqlRunner } from '../../infra/db/index.ts';
import { forgetWhere } from '../../infra/jobs/forget.ts';

type Instant = Temporal.Instant;

/** A mail address somebody wishes for; `confirmedAt` once it is theirs. */
export interface EmailChange {
  readonly email: string;
  readonly codeHash: Buffer;
  readonly requestId: string;
  readonly askedAt: Instant;
  readonly confirmedAt: Instant | null;
}

/** What was asked for last, not before `since`. */
export async function loadEmailChange(
  sql: SqlRunner,
  { contractorId, since }: { contractorId: string; since: Instant },
): Promise<EmailChange | null> {
  const rows = await sql.query<EmailChange>(
    `select email, code_hash as "codeHash", request_id as "requestId", asked_at as "askedAt",
       confirmed_at as "confirmedAt"
     from email_change where contractor_id = $1 and asked_at >= $2`,
    [contractorId, since.toString()],
  );
  return rows[0] ?? null;
}

/** A new wish takes the place of the one before. */
export async function saveEmailChange(
  sql: SqlRunner,
  now: Instant,
  asked: { contractorId: string; email: string; codeHash: Buffer; requestId: string },
): Promise<void> {
  await sql.query(
    `insert into email_change (contractor_id, email, code_hash, request_id, asked_at) values ($1, $2, $3, $4, $5)
     on conflict (contractor_id) do update set email = excluded.email, code_hash = excluded.code_hash,
       request_id = excluded.request_id, asked_at = excluded.asked_at, confirmed_at = null`,
    [asked.contractorId, asked.email, asked.codeHash, asked.requestId, now.toString()],
  );
}

export async function settleEmailChange(sql: SqlRunner, now: Instant, contractorId: string): Promise<void> {
  await sql.query('update email_change set confirmed_at = $2 where contractor_id = $1', [contractorId, now.toString()]);
}

/** Their wishes are over: the back office has set the addresses, having asked the people. */
export async function dropEmailChanges(sql: SqlRunner, contractorIds: readonly string[]): Promise<void> {
  if (contractorIds.length === 0) return;
  await sql.query('delete from email_change where contractor_id = any ($1::uuid[])', [plainArray(contractorIds)]);
}

/** Answers how many were forgotten. */
export function forgetEmailChanges(sql: SqlRunner, before: Instant, stopping?: AbortSignal): Promise<number> {
  return forgetWhere(sql, { table: 'email_change', condition: 'asked_at < $1', before }, stopping);
}
