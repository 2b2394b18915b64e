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

/** A member's columns of `staff s`. */
export const MEMBER = `s.staff_id as "staffId", s.login_id as "loginId", s.name, s.role`;

/** False when the login ID is taken. */
export async function insertStaff(
  sql: SqlRunner,
  now: Temporal.Instant,
  member: StaffMember & { readonly passwordHash: string; readonly firstPasswordUntil?: Temporal.Instant },
): Promise<boolean> {
  const rows = await sql.query(
    `insert into staff (staff_id, login_id, password_hash, name, role, created_at, first_password_until)
     values ($1, $2, $3, $4, $5, $6, $7) on conflict (login_id) do nothing returning 1`,
    [
      member.staffId,
      member.loginId,
      member.passwordHash,
      member.name,
      member.role,
      now.toString(),
      member.firstPasswordUntil?.toString() ?? null,
    ],
  );
  return rows.length > 0;
}

export interface StoredPassword {
  readonly staffId: string;
  readonly passwordHash: string;
  /** Set while it is a one-time password that somebody else handed over. */
  readonly firstPasswordUntil: Temporal.Instant | null;
}

/** An open account with the hash of its password. */
export async function loadStaffPassword(sql: SqlRunner, loginId: string): Promise<StoredPassword | null> {
  const rows = await sql.query<StoredPassword>(
    `select staff_id as "staffId", password_hash as "passwordHash", first_password_until as "firstPasswordUntil"
     from staff where login_id = $1 and closed_at is null`,
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

/** What customers are told each of them is called; who has chosen nothing is missing. */
export async function loadPublicNames(
  sql: SqlRunner,
  staffIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await sql.query<{ staffId: string; name: string }>(
    `select staff_id as "staffId", public_name as name from staff
     where staff_id::text = any($1::text[]) and public_name is not null`,
    [textArray(staffIds)],
  );
  return new Map(rows.map(({ staffId, name }) => [staffId, name]));
}

export async function savePublicName(sql: SqlRunner, staffId: string, name: string | null): Promise<void> {
  await sql.query('update staff set public_name = $2 where staff_id = $1', [staffId, name]);
}
