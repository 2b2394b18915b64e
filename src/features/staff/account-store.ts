import type { Temporal } from 'temporal-polyfill';
import type { SqlRunner } from '../../infra/db/index.ts';
import type { Role } from './rules/roles.ts';
import type { StaffMember } from './store.ts';

type Instant = Temporal.Instant;

/** An account as an admin sees it. */
export interface StaffAccount extends StaffMember {
  readonly createdAt: Instant;
  readonly closedAt: Instant | null;
  /** Waits for its first sign-in until then. */
  readonly firstPasswordUntil: Instant | null;
  readonly hasCodes: boolean;
  readonly passkeys: number;
  readonly seenAt: Instant | null;
}

const ACCOUNT = `s.staff_id as "staffId", s.login_id as "loginId", s.name, s.role, s.created_at as "createdAt",
  s.closed_at as "closedAt", s.first_password_until as "firstPasswordUntil",
  exists (select 1 from one_time_seed o where o.owner_kind = 'staff' and o.owner_id = s.staff_id) as "hasCodes",
  (select count(*)::int from passkey p where p.owner_kind = 'staff' and p.owner_id = s.staff_id) as passkeys,
  (select max(e.seen_at) from staff_session e where e.staff_id = s.staff_id) as "seenAt"`;

/** Everybody who works or worked here, those who still do first. */
export function loadAccounts(sql: SqlRunner): Promise<readonly StaffAccount[]> {
  return sql.query<StaffAccount>(`select ${ACCOUNT} from staff s order by s.closed_at is not null, s.login_id`);
}

export async function loadAccount(sql: SqlRunner, staffId: string): Promise<StaffAccount | null> {
  const rows = await sql.query<StaffAccount>(`select ${ACCOUNT} from staff s where s.staff_id = $1`, [staffId]);
  return rows[0] ?? null;
}

interface LockedAccount {
  readonly staffId: string;
  readonly role: Role;
  readonly isOpen: boolean;
  /** Has a second step of their own. */
  readonly canSignIn: boolean;
}

/** Those named and every admin, locked: two admins who close each other come one after the other. */
export function lockAccounts(sql: SqlRunner, staffIds: readonly string[]): Promise<readonly LockedAccount[]> {
  return sql.query<LockedAccount>(
    `select staff_id as "staffId", role, closed_at is null as "isOpen",
       closed_at is null and first_password_until is null as "canSignIn"
     from staff where role = 'admin' or staff_id = any($1::uuid[]) order by staff_id for update`,
    [staffIds],
  );
}

export async function saveRole(sql: SqlRunner, staffId: string, role: Role): Promise<void> {
  await sql.query('update staff set role = $2 where staff_id = $1', [staffId, role]);
}

export async function saveClosed(sql: SqlRunner, staffId: string, closedAt: Instant | null): Promise<void> {
  await sql.query('update staff set closed_at = $2 where staff_id = $1', [staffId, closedAt?.toString() ?? null]);
}

/** A password handed over by somebody else, and nothing else to sign in with. */
export async function saveFirstPassword(
  sql: SqlRunner,
  staffId: string,
  { passwordHash, until }: { passwordHash: string; until: Instant },
): Promise<void> {
  await sql.query('update staff set password_hash = $2, first_password_until = $3 where staff_id = $1', [
    staffId,
    passwordHash,
    until.toString(),
  ]);
  await sql.query(`delete from one_time_seed where owner_kind = 'staff' and owner_id = $1`, [staffId]);
  await sql.query(`delete from passkey where owner_kind = 'staff' and owner_id = $1`, [staffId]);
}

/**
 * The password of one's own in place of the one handed over. False when that is over, was used, or was replaced by
 * another meanwhile.
 */
export async function takeFirstPassword(
  sql: SqlRunner,
  now: Instant,
  { staffId, until, passwordHash }: { staffId: string; until: Instant; passwordHash: string },
): Promise<boolean> {
  const rows = await sql.query(
    `update staff set password_hash = $3, first_password_until = null
     where staff_id = $1 and first_password_until = $2 and first_password_until > $4 and closed_at is null returning 1`,
    [staffId, until.toString(), passwordHash, now.toString()],
  );
  return rows.length > 0;
}

export async function savePassword(sql: SqlRunner, staffId: string, passwordHash: string): Promise<void> {
  await sql.query('update staff set password_hash = $2 where staff_id = $1', [staffId, passwordHash]);
}
