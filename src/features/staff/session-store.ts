import type { Temporal } from 'temporal-polyfill';
import type { SqlRunner } from '../../infra/db/index.ts';
import { MEMBER, type StaffMember } from './store.ts';

type Instant = Temporal.Instant;

export interface StoredSession {
  readonly sessionId: string;
  readonly createdAt: Instant;
  readonly seenAt: Instant;
  /** When it last gave a second step. */
  readonly provenAt: Instant;
  readonly member: StaffMember;
}

/** A browser that is signed in, as its owner sees it. */
export type SignedInDevice = Omit<StoredSession, 'member'> & { readonly userAgent: string | null };

const SESSION = `e.session_id as "sessionId", e.created_at as "createdAt", e.seen_at as "seenAt",
  coalesce(e.proven_at, e.created_at) as "provenAt"`;

export async function insertStaffSession(
  sql: SqlRunner,
  now: Instant,
  session: { sessionId: string; secretHash: Buffer; staffId: string; userAgent: string | null },
): Promise<void> {
  await sql.query(
    `insert into staff_session (session_id, secret_hash, staff_id, user_agent, created_at, seen_at)
     values ($1, $2, $3, $4, $5, $5)`,
    [session.sessionId, session.secretHash, session.staffId, session.userAgent, now.toString()],
  );
}

/** A session that has not been ended, of an account that is open, with the role as it is now. */
export async function findStaffSession(sql: SqlRunner, secretHash: Buffer): Promise<StoredSession | null> {
  const [row] = await sql.query<Omit<StoredSession, 'member'> & StaffMember>(
    `select ${SESSION}, ${MEMBER} from staff_session e join staff s using (staff_id)
     where e.secret_hash = $1 and e.ended_at is null and s.closed_at is null`,
    [secretHash],
  );
  if (!row) return null;
  const { sessionId, createdAt, seenAt, provenAt, ...member } = row;
  return { sessionId, createdAt, seenAt, provenAt, member };
}

/** Those of one member that have not been ended, last used first. */
export function loadSessionsOf(sql: SqlRunner, staffId: string): Promise<readonly SignedInDevice[]> {
  return sql.query<SignedInDevice>(
    `select ${SESSION}, e.user_agent as "userAgent" from staff_session e
     where e.staff_id = $1 and e.ended_at is null order by e.seen_at desc, e.session_id`,
    [staffId],
  );
}

/** Only forward, so that two requests at once cannot turn the clock back. */
export async function touchStaffSession(sql: SqlRunner, sessionId: string, now: Instant): Promise<void> {
  await sql.query('update staff_session set seen_at = greatest(seen_at, $2) where session_id = $1', [
    sessionId,
    now.toString(),
  ]);
}

export async function proveStaffSession(sql: SqlRunner, sessionId: string, now: Instant): Promise<void> {
  await sql.query('update staff_session set proven_at = $2 where session_id = $1', [sessionId, now.toString()]);
}

/** Of one member: that session, or with `except` all others. Answers how many ended. */
export async function endSessionsOf(
  sql: SqlRunner,
  now: Instant,
  { staffId, only, except }: { staffId: string; only?: string; except?: string },
): Promise<number> {
  const rows = await sql.query(
    `update staff_session set ended_at = $2
     where staff_id = $1 and ended_at is null
       and ($3::uuid is null or session_id = $3) and ($4::uuid is null or session_id <> $4) returning 1`,
    [staffId, now.toString(), only ?? null, except ?? null],
  );
  return rows.length;
}

/** Forgets sessions that were last used before an instant; answers how many. */
export async function deleteSessionsBefore(sql: SqlRunner, before: Instant, portion: number): Promise<number> {
  const rows = await sql.query(
    `delete from staff_session where session_id in (
       select session_id from staff_session where seen_at < $1 limit $2) returning 1`,
    [before.toString(), portion],
  );
  return rows.length;
}
