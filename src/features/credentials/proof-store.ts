import type { Temporal } from 'temporal-polyfill';
import type { SqlRunner } from '../../infra/db/index.ts';
import type { ProofPurpose } from '../../infra/http/session-rules.ts';

type Instant = Temporal.Instant;

export interface ProofTap {
  readonly tapId: string;
  /** The signed-in browser, or the link page, that asked. */
  readonly sessionId: string;
  readonly contractorId: string;
  readonly askedAt: Instant;
  readonly purpose: ProofPurpose;
  readonly answer: 'yes' | 'no' | null;
}

const TAP = `tap_id as "tapId", session_id as "sessionId", contractor_id as "contractorId", asked_at as "askedAt", purpose, answer`;

export async function insertTap(
  sql: SqlRunner,
  now: Instant,
  tap: { tapId: string; sessionId: string; contractorId: string; purpose: ProofPurpose },
): Promise<void> {
  await sql.query(
    'insert into proof_tap (tap_id, session_id, contractor_id, asked_at, purpose) values ($1, $2, $3, $4, $5)',
    [tap.tapId, tap.sessionId, tap.contractorId, now.toString(), tap.purpose],
  );
}

/** What this session asked last in the talk for this purpose, not before `since`, and has not used yet. */
export async function loadTapOf(
  sql: SqlRunner,
  since: Instant,
  { sessionId, contractorId, purpose }: { sessionId: string; contractorId: string; purpose: ProofPurpose },
): Promise<ProofTap | null> {
  const rows = await sql.query<ProofTap>(
    `select ${TAP} from proof_tap
     where session_id = $1 and contractor_id = $2 and purpose = $4 and asked_at >= $3 and used_at is null
     order by asked_at desc limit 1`,
    [sessionId, contractorId, since.toString(), purpose],
  );
  return rows[0] ?? null;
}

/** Takes the yes of a tap, once; of two takers at once one has it. */
export async function useTap(
  sql: SqlRunner,
  now: Instant,
  of: { since: Instant; sessionId: string; contractorId: string; purpose: ProofPurpose },
): Promise<boolean> {
  const rows = await sql.query(
    `update proof_tap set used_at = $1
     where session_id = $2 and contractor_id = $3 and purpose = $4 and asked_at >= $5 and answer = 'yes'
       and used_at is null
     returning 1`,
    [now.toString(), of.sessionId, of.contractorId, of.purpose, of.since.toString()],
  );
  return rows.length > 0;
}

export async function lockTap(sql: SqlRunner, tapId: string): Promise<ProofTap | null> {
  const rows = await sql.query<ProofTap>(`select ${TAP} from proof_tap where tap_id = $1 for update`, [tapId]);
  return rows[0] ?? null;
}

export async function saveAnswer(
  sql: SqlRunner,
  now: Instant,
  { tapId, answer, lineUserId }: { tapId: string; answer: 'yes' | 'no'; lineUserId: string },
): Promise<void> {
  await sql.query('update proof_tap set answer = $2, answered_at = $3, answered_by = $4 where tap_id = $1', [
    tapId,
    answer,
    now.toString(),
    lineUserId,
  ]);
}

/** The code mailed for a session; a new one takes the place of the one before. */
export async function saveMailCode(
  sql: SqlRunner,
  now: Instant,
  { sessionId, hash }: { sessionId: string; hash: Buffer },
): Promise<void> {
  await sql.query(
    `insert into proof_mail_code (session_id, code_hash, sent_at) values ($1, $2, $3)
     on conflict (session_id) do update set code_hash = excluded.code_hash, sent_at = excluded.sent_at, used_at = null`,
    [sessionId, hash, now.toString()],
  );
}

/** Whether a code was mailed for this session that can still be typed. */
export async function hasMailCode(sql: SqlRunner, since: Instant, sessionId: string): Promise<boolean> {
  const rows = await sql.query(
    'select 1 from proof_mail_code where session_id = $1 and sent_at >= $2 and used_at is null',
    [sessionId, since.toString()],
  );
  return rows.length > 0;
}

/** Uses the mailed code up; false when it is not this one, too old or used. */
export async function useMailCode(
  sql: SqlRunner,
  now: Instant,
  { sessionId, hash, since }: { sessionId: string; hash: Buffer; since: Instant },
): Promise<boolean> {
  const rows = await sql.query(
    `update proof_mail_code set used_at = $4
     where session_id = $1 and code_hash = $2 and sent_at >= $3 and used_at is null returning 1`,
    [sessionId, hash, since.toString(), now.toString()],
  );
  return rows.length > 0;
}
