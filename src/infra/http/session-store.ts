import type { Temporal } from 'temporal-polyfill';
import type { SqlRunner } from '../db/runner.ts';
import type { SecondProof, Session, SessionRow } from './session.ts';
import type { ProofPurpose } from './session-rules.ts';

interface StoredSession {
  session_id: string;
  contractor_id: string | null;
  line_user_id: string | null;
  method: Session['method'];
  user_agent: string | null;
  created_at: Temporal.Instant;
  authenticated_at: Temporal.Instant;
  seen_at: Temporal.Instant;
  ended_at: Temporal.Instant | null;
  proven_at: Temporal.Instant | null;
  proven_for: ProofPurpose | null;
  rested_at: Temporal.Instant | null;
}

const COLUMNS = `session_id, contractor_id, line_user_id, method, user_agent, created_at, authenticated_at, seen_at, ended_at,
  proven_at, proven_for, rested_at`;

export async function insertSession(
  sql: SqlRunner,
  session: Session & { userAgent: string | null; provenBy: SecondProof | null },
  secretHash: Buffer,
): Promise<void> {
  await sql.query(
    `insert into web_session (session_id, secret_hash, contractor_id, line_user_id, method, user_agent,
                              created_at, authenticated_at, seen_at, proven_at, proven_by)
     values ($1, $2, $3, $4, $5, $6, $7, $7, $7, $8, $9)`,
    [
      session.sessionId,
      secretHash,
      session.contractorId,
      session.lineUserId,
      session.method,
      session.userAgent,
      session.createdAt.toString(),
      session.provenAt?.toString() ?? null,
      session.provenBy,
    ],
  );
}

/** The living session with this secret, last seen after `idleLimit`. */
export async function findSession(
  sql: SqlRunner,
  secretHash: Buffer,
  idleLimit: Temporal.Instant,
): Promise<{ session: Session; seenAt: Temporal.Instant } | null> {
  const [row] = await sql.query<StoredSession>(
    `select ${COLUMNS} from web_session where secret_hash = $1 and ended_at is null and seen_at > $2`,
    [secretHash, idleLimit.toString()],
  );
  return row ? { session: sessionOf(row), seenAt: row.seen_at } : null;
}

/**
 * Notes the visit, never backwards, so that simultaneous requests cannot turn the clock back, and whether the session had been
 * idle for too long before it, in the same statement, so that neither of two requests can miss it. Returns whether it rests.
 */
export async function touchSession(
  sql: SqlRunner,
  sessionId: string,
  { now, restLimit }: { now: Temporal.Instant; restLimit: Temporal.Instant },
): Promise<boolean> {
  const [row] = await sql.query<{ isRested: boolean }>(
    `update web_session
     set seen_at = greatest(seen_at, $2),
         rested_at = case when seen_at < $3 then coalesce(rested_at, $2) else rested_at end
     where session_id = $1 and ended_at is null
     returning rested_at is not null as "isRested"`,
    [sessionId, now.toString(), restLimit.toString()],
  );
  return row?.isRested ?? true;
}

export async function wakeSession(sql: SqlRunner, sessionId: string): Promise<void> {
  await sql.query('update web_session set rested_at = null where session_id = $1 and ended_at is null', [sessionId]);
}

export async function setContractor(
  sql: SqlRunner,
  sessionId: string,
  { contractorId, isProven }: { contractorId: string; isProven: boolean },
): Promise<void> {
  await sql.query(
    `update web_session set contractor_id = $2, proven_at = case when $3 then proven_at end
     where session_id = $1 and ended_at is null`,
    [sessionId, contractorId, isProven],
  );
}

export async function listSessions(
  sql: SqlRunner,
  contractorId: string,
  idleLimit: Temporal.Instant,
): Promise<SessionRow[]> {
  const rows = await sql.query<StoredSession>(
    `select ${COLUMNS} from web_session
     where contractor_id = $1 and ended_at is null and seen_at > $2
     order by seen_at desc, session_id desc
     limit 100`,
    [contractorId, idleLimit.toString()],
  );
  return rows.map(rowOf);
}

export async function loadHistory(sql: SqlRunner, contractorId: string, limit: number): Promise<SessionRow[]> {
  const rows = await sql.query<StoredSession>(
    `select ${COLUMNS} from web_session where contractor_id = $1 order by created_at desc, session_id desc limit $2`,
    [contractorId, limit],
  );
  return rows.map(rowOf);
}

export async function saveProof(
  sql: SqlRunner,
  sessionId: string,
  proof: { provenAt: Temporal.Instant; provenFor: ProofPurpose | null; by: SecondProof },
): Promise<void> {
  await sql.query(
    `update web_session set proven_at = $2, proven_by = $3, proven_for = $4, rested_at = null
     where session_id = $1 and ended_at is null`,
    [sessionId, proof.provenAt.toString(), proof.by, proof.provenFor],
  );
}

/** Ends the living sessions that match all that is given; answers how many there were. */
export async function endSessions(
  sql: SqlRunner,
  now: Temporal.Instant,
  match: { sessionId?: string; contractorId?: string; lineUserId?: string; exceptSessionId?: string },
): Promise<number> {
  const rows = await sql.query(
    `update web_session set ended_at = $1
     where ended_at is null
       and ($2::uuid is null or session_id = $2)
       and ($3::uuid is null or contractor_id = $3)
       and ($4::text is null or line_user_id = $4)
       and ($5::uuid is null or session_id <> $5)
     returning session_id`,
    [
      now.toString(),
      match.sessionId ?? null,
      match.contractorId ?? null,
      match.lineUserId ?? null,
      match.exceptSessionId ?? null,
    ],
  );
  return rows.length;
}

/** Whether it is, or was, a session of this contractor. */
export async function isSessionOf(sql: SqlRunner, of: { sessionId: string; contractorId: string }): Promise<boolean> {
  const rows = await sql.query('select from web_session where session_id = $1 and contractor_id = $2', [
    of.sessionId,
    of.contractorId,
  ]);
  return rows.length > 0;
}

function rowOf(row: StoredSession): SessionRow {
  return { ...sessionOf(row), userAgent: row.user_agent, seenAt: row.seen_at, endedAt: row.ended_at };
}

function sessionOf(row: StoredSession): Session {
  return {
    sessionId: row.session_id,
    contractorId: row.contractor_id,
    lineUserId: row.line_user_id,
    method: row.method,
    authenticatedAt: row.authenticated_at,
    createdAt: row.created_at,
    provenAt: row.proven_at,
    provenFor: row.proven_for,
    isRested: row.rested_at !== null,
  };
}
