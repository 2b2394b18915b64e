import type { Temporal } from 'temporal-polyfill';
import { textArray } from '../../infra/db/array-text.ts';
import type { SqlRunner } from '../../infra/db/index.ts';
import type { Role } from './rules/roles.ts';

/** Somebody who works for the operator. */
export interface StaffMember {
  readonly staffId: string;
  readonly loginId: string;
  readonly name: string;
  readonly role: Role;
}

const MEMBER = `s.staff_id as "staffId", s.login_id as "loginId", s.name, s.role`;

/** False when the login ID is taken. */
export async function insertStaff(
  sql: SqlRunner,
  now: Temporal.Instant,
  member: StaffMember & { readonly passwordHash: string },
): Promise<boolean> {
  const rows = await sql.query(
    `insert into staff (staff_id, login_id, password_hash, name, role, created_at) values ($1, $2, $3, $4, $5, $6)
     on conflict (login_id) do nothing returning 1`,
    [member.staffId, member.loginId, member.passwordHash, member.name, member.role, now.toString()],
  );
  return rows.length > 0;
}

/** An open account with the hash of its password. */
export async function loadStaffPassword(
  sql: SqlRunner,
  loginId: string,
): Promise<{ staffId: string; passwordHash: string } | null> {
  const rows = await sql.query<{ staffId: string; passwordHash: string }>(
    `select staff_id as "staffId", password_hash as "passwordHash" from staff
     where login_id = $1 and closed_at is null`,
    [loginId],
  );
  return rows[0] ?? null;
}

export async function loadStaffMember(sql: SqlRunner, staffId: string): Promise<StaffMember | null> {
  const rows = await sql.query<StaffMember>(
    `select ${MEMBER} from staff s where s.staff_id = $1 and s.closed_at is null`,
    [staffId],
  );
  return rows[0] ?? null;
}

/** Everybody whose account is open, by name. */
export function loadColleagues(sql: SqlRunner): Promise<readonly StaffMember[]> {
  return sql.query<StaffMember>(`select ${MEMBER} from staff s where s.closed_at is null order by s.name, s.staff_id`);
}

/** Also of accounts that are closed: what they did stays. */
export async function loadStaffNames(
  sql: SqlRunner,
  staffIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await sql.query<{ staffId: string; name: string }>(
    `select staff_id as "staffId", name from staff where staff_id::text = any($1::text[])`,
    [textArray(staffIds)],
  );
  return new Map(rows.map(({ staffId, name }) => [staffId, name]));
}

export interface StoredSession {
  readonly sessionId: string;
  readonly createdAt: Temporal.Instant;
  readonly seenAt: Temporal.Instant;
  readonly member: StaffMember;
}

export async function insertStaffSession(
  sql: SqlRunner,
  now: Temporal.Instant,
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
    `select e.session_id as "sessionId", e.created_at as "createdAt", e.seen_at as "seenAt", ${MEMBER}
     from staff_session e join staff s using (staff_id)
     where e.secret_hash = $1 and e.ended_at is null and s.closed_at is null`,
    [secretHash],
  );
  if (!row) return null;
  const { sessionId, createdAt, seenAt, ...member } = row;
  return { sessionId, createdAt, seenAt, member };
}

/** Only forward, so that two requests at once cannot turn the clock back. */
export async function touchStaffSession(sql: SqlRunner, sessionId: string, now: Temporal.Instant): Promise<void> {
  await sql.query('update staff_session set seen_at = greatest(seen_at, $2) where session_id = $1', [
    sessionId,
    now.toString(),
  ]);
}

export async function endStaffSession(sql: SqlRunner, now: Temporal.Instant, sessionId: string): Promise<void> {
  await sql.query('update staff_session set ended_at = $2 where session_id = $1 and ended_at is null', [
    sessionId,
    now.toString(),
  ]);
}
