import type { Temporal } from 'temporal-polyfill';
import type { SqlRunner } from '../../infra/db/index.ts';
import type { SecondProof } from '../../infra/http/session.ts';
import { forgetWhere } from '../../infra/jobs/forget.ts';
import type { AttemptState } from './rules/attempt.ts';

export type Purpose = 'contractor' | 'user';

export interface Attempt {
  readonly attemptId: string;
  readonly purpose: Purpose;
  /** For whom LINE issued the link token: the only account this attempt may bind. */
  readonly lineUserId: string;
  readonly tokenCipher: Buffer | null;
  readonly isThisBrowser: boolean;
  /** A contractor id or a subscription id, once proven. */
  readonly targetId: string | null;
  readonly linkCodeId: string | null;
  /** Whose password was right on the page, where more is asked for. */
  readonly confirmedContractorId: string | null;
  /** What was given beyond the password. */
  readonly provenBy: SecondProof | null;
  readonly createdAt: Temporal.Instant;
  /** Until when a nonce counts. */
  readonly nonceUntil: Temporal.Instant;
  readonly state: AttemptState;
  readonly failure: string | null;
  readonly endedByEvent: string | null;
}

/** `browser` is the placeholder of the hash to compare with. */
const attemptColumns = (browser: string) => `link_attempt_id as "attemptId", purpose, line_user_id as "lineUserId",
  link_token_cipher as "tokenCipher", coalesce(browser_hash = ${browser}, false) as "isThisBrowser",
  target_id as "targetId", link_code_id as "linkCodeId",
  confirmed_contractor_id as "confirmedContractorId", proven_by as "provenBy", created_at as "createdAt", expires_at as "nonceUntil",
  state, failure, ended_by_event as "endedByEvent"`;

export async function insertAttempt(
  sql: SqlRunner,
  attempt: {
    attemptId: string;
    purpose: Purpose;
    lineUserId: string;
    tokenHash: Buffer;
    tokenCipher: Buffer;
    createdAt: Temporal.Instant;
    expiresAt: Temporal.Instant;
  },
): Promise<void> {
  await sql.query(
    `insert into link_attempt (link_attempt_id, purpose, line_user_id, link_token_hash, link_token_cipher, created_at,
       expires_at)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [
      attempt.attemptId,
      attempt.purpose,
      attempt.lineUserId,
      attempt.tokenHash,
      attempt.tokenCipher,
      attempt.createdAt.toString(),
      attempt.expiresAt.toString(),
    ],
  );
}

/** Gives the page to the first browser that opens it, in one statement: of two at once one gets it. */
export async function openAttempt(
  sql: SqlRunner,
  page: { purpose: Purpose; tokenHash: Buffer; browserHash: Buffer },
): Promise<Attempt | null> {
  const rows = await sql.query<Attempt>(
    `update link_attempt
     set browser_hash = coalesce(browser_hash, $2), state = case state when 'issued' then 'opened' else state end
     where link_token_hash = $1 and purpose = $3
     returning ${attemptColumns('$2')}`,
    [page.tokenHash, page.browserHash, page.purpose],
  );
  return rows[0] ?? null;
}

export async function loadAttempt(
  sql: SqlRunner,
  page: { attemptId: string; purpose: Purpose; browserHash: Buffer },
  { lock = false } = {},
): Promise<Attempt | null> {
  const rows = await sql.query<Attempt>(
    `select ${attemptColumns('$2')} from link_attempt where link_attempt_id = $1 and purpose = $3
     ${lock ? 'for update' : ''}`,
    [page.attemptId, page.browserHash, page.purpose],
  );
  return rows[0] ?? null;
}

/** Finds an attempt by the nonce LINE reports, and locks it: of two reports at once one decides. */
export async function lockAttemptByNonce(sql: SqlRunner, nonceHash: Buffer): Promise<Attempt | null> {
  const rows = await sql.query<Attempt>(
    `select ${attemptColumns('null::bytea')} from link_attempt where nonce_hash = $1 for update`,
    [nonceHash],
  );
  return rows[0] ?? null;
}

export async function saveProof(
  sql: SqlRunner,
  proof: {
    attemptId: string;
    targetId: string;
    linkCodeId: string | null;
    provenBy: SecondProof | null;
    nonceHash: Buffer;
    tokenCipher: Buffer;
    nonceUntil: Temporal.Instant;
  },
): Promise<void> {
  await sql.query(
    `update link_attempt set state = 'proven', target_id = $2, link_code_id = $3, nonce_hash = $4,
       link_token_cipher = $5, expires_at = $6, proven_by = $7
     where link_attempt_id = $1`,
    [
      proof.attemptId,
      proof.targetId,
      proof.linkCodeId,
      proof.nonceHash,
      proof.tokenCipher,
      proof.nonceUntil.toString(),
      proof.provenBy,
    ],
  );
}

/** The password on the page was right; what comes next goes on from there. */
export async function saveConfirmed(
  sql: SqlRunner,
  { attemptId, contractorId }: { attemptId: string; contractorId: string },
): Promise<void> {
  await sql.query('update link_attempt set confirmed_contractor_id = $2 where link_attempt_id = $1', [
    attemptId,
    contractorId,
  ]);
}

/** Ends an attempt; the link token goes with it. */
export async function endAttempt(
  sql: SqlRunner,
  now: Temporal.Instant,
  end: { attemptId: string; state: 'linked' | 'failed' | 'refused'; failure: string | null; eventId: string },
): Promise<void> {
  await sql.query(
    `update link_attempt set state = $2, failure = $3, ended_at = $4, ended_by_event = $5, link_token_cipher = null
     where link_attempt_id = $1`,
    [end.attemptId, end.state, end.failure, now.toString(), end.eventId],
  );
}

/** Attempts long over tell nothing any more. */
export function deleteAttemptsBefore(
  sql: SqlRunner,
  before: Temporal.Instant,
  stopping?: AbortSignal,
): Promise<number> {
  return forgetWhere(sql, { table: 'link_attempt', condition: 'created_at < $1', before }, stopping);
}
