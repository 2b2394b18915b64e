import type { Temporal } from 'temporal-polyfill';
import type { Language } from '../../base/language.ts';
import type { SqlRunner } from '../../infra/db/index.ts';

export interface Contractor {
  readonly contractorId: string;
  readonly loginId: string;
  readonly name: string;
  readonly kana: string | null;
  /** ISO date; null for a company. */
  readonly birthDate: string | null;
  readonly email: string;
  /** Whether their identity was checked against an official document when the contract was made. */
  readonly isIdentityVerified: boolean;
  /** The password is somebody else's choice: it opens nothing but the page that changes it. */
  readonly mustChangePassword: boolean;
  readonly createdAt: Temporal.Instant;
  /** In which they last read My Page; null before they did. Mails are written in it. */
  readonly language: Language | null;
}

const CONTRACTOR = `contractor_id as "contractorId", login_id as "loginId", name, kana, birth_date as "birthDate", email,
  is_identity_verified as "isIdentityVerified", must_change_password as "mustChangePassword", created_at as "createdAt", language`;

export async function loadContractor(sql: SqlRunner, contractorId: string): Promise<Contractor | null> {
  const rows = await sql.query<Contractor>(`select ${CONTRACTOR} from contractor where contractor_id = $1`, [
    contractorId,
  ]);
  return rows[0] ?? null;
}

/** The contractor for changing them, locked until the transaction ends. */
export async function lockContractor(sql: SqlRunner, contractorId: string): Promise<Contractor | null> {
  const rows = await sql.query<Contractor>(`select ${CONTRACTOR} from contractor where contractor_id = $1 for update`, [
    contractorId,
  ]);
  return rows[0] ?? null;
}

interface StoredPassword {
  readonly contractorId: string;
  readonly passwordHash: string;
  readonly mustChangePassword: boolean;
}

export async function loadPassword(sql: SqlRunner, loginId: string): Promise<StoredPassword | null> {
  const rows = await sql.query<StoredPassword>(
    `select contractor_id as "contractorId", password_hash as "passwordHash",
       must_change_password as "mustChangePassword" from contractor where login_id = $1`,
    [loginId],
  );
  return rows[0] ?? null;
}

export async function loadContractorByLoginId(sql: SqlRunner, loginId: string): Promise<Contractor | null> {
  const rows = await sql.query<Contractor>(`select ${CONTRACTOR} from contractor where login_id = $1`, [loginId]);
  return rows[0] ?? null;
}

/** Everybody of this name and birth date, however name and blanks were written. */
export function findPeople(
  sql: SqlRunner,
  person: { name: string; birthDate: string },
): Promise<readonly Contractor[]> {
  return sql.query<Contractor>(
    `select ${CONTRACTOR} from contractor where name_folded = fold_name($1) and birth_date = $2
     order by created_at, contractor_id limit 20`,
    [person.name, person.birthDate],
  );
}

export async function updatePassword(sql: SqlRunner, contractorId: string, passwordHash: string): Promise<void> {
  await sql.query('update contractor set password_hash = $2, must_change_password = false where contractor_id = $1', [
    contractorId,
    passwordHash,
  ]);
}

/** The language somebody reads My Page in; writes nothing where it is the one known. */
export async function saveLanguage(sql: SqlRunner, contractorId: string, language: Language): Promise<void> {
  await sql.query('update contractor set language = $2 where contractor_id = $1 and language is distinct from $2', [
    contractorId,
    language,
  ]);
}

export interface NewContractor extends Omit<Contractor, 'createdAt' | 'language'> {
  readonly passwordHash: string;
}

/** Null when the login ID is taken. */
export async function insertContractor(
  sql: SqlRunner,
  now: Temporal.Instant,
  contractor: NewContractor,
): Promise<Contractor | null> {
  const rows = await sql.query<Contractor>(
    `insert into contractor (contractor_id, login_id, password_hash, name, kana, birth_date, email,
       is_identity_verified, must_change_password, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
     on conflict (login_id) do nothing
     returning ${CONTRACTOR}`,
    [
      contractor.contractorId,
      contractor.loginId,
      contractor.passwordHash,
      contractor.name,
      contractor.kana,
      contractor.birthDate,
      contractor.email,
      contractor.isIdentityVerified,
      contractor.mustChangePassword,
      now.toString(),
    ],
  );
  return rows[0] ?? null;
}

/** Where they live, sealed; null where it is not known. */
export async function loadHome(sql: SqlRunner, contractorId: string): Promise<Buffer | null> {
  const rows = await sql.query<{ homeCipher: Buffer | null }>(
    'select home_cipher as "homeCipher" from contractor where contractor_id = $1',
    [contractorId],
  );
  return rows[0]?.homeCipher ?? null;
}

export async function saveHome(sql: SqlRunner, contractorId: string, homeCipher: Buffer): Promise<void> {
  await sql.query('update contractor set home_cipher = $2 where contractor_id = $1', [contractorId, homeCipher]);
}

export async function updateContractor(
  sql: SqlRunner,
  contractor: Omit<Contractor, 'loginId' | 'mustChangePassword' | 'createdAt'>,
): Promise<Contractor | null> {
  const rows = await sql.query<Contractor>(
    `update contractor set name = $2, kana = $3, birth_date = $4, email = $5, is_identity_verified = $6
     where contractor_id = $1
     returning ${CONTRACTOR}`,
    [
      contractor.contractorId,
      contractor.name,
      contractor.kana,
      contractor.birthDate,
      contractor.email,
      contractor.isIdentityVerified,
    ],
  );
  return rows[0] ?? null;
}
