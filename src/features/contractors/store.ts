import type { Temporal } from 'temporal-polyfill';
import type { Language } from '../../base/language.ts';
import { plainArray, textArray } from '../../infra/db/array-text.ts';
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
  const [contractor] = await loadContractors(sql, [contractorId]);
  return contractor ?? null;
}

/** By id, in no order; ids that are none are simply missing. */
export function loadContractors(sql: SqlRunner, contractorIds: readonly string[]): Promise<readonly Contractor[]> {
  return sql.query<Contractor>(`select ${CONTRACTOR} from contractor where contractor_id = any ($1::uuid[])`, [
    plainArray(contractorIds),
  ]);
}

/** The contractor for changing them, locked until the transaction ends. */
export async function lockContractor(sql: SqlRunner, contractorId: string): Promise<Contractor | null> {
  const [contractor] = await lockContractors(sql, [contractorId]);
  return contractor ?? null;
}

/** The same for many, locked in id order: two that do so never wait for each other. */
export function lockContractors(sql: SqlRunner, contractorIds: readonly string[]): Promise<readonly Contractor[]> {
  return sql.query<Contractor>(
    `select ${CONTRACTOR} from contractor where contractor_id = any ($1::uuid[]) order by contractor_id for update`,
    [plainArray(contractorIds)],
  );
}

/** Those behind an id, in id order: all of them, a page after the other. */
export function loadContractorsAfter(
  sql: SqlRunner,
  { after, limit }: { after: string; limit: number },
): Promise<readonly Contractor[]> {
  return sql.query<Contractor>(
    `select ${CONTRACTOR} from contractor where contractor_id > $1 order by contractor_id limit $2`,
    [after, limit],
  );
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
  const [contractor] = await loadContractorsByLoginId(sql, [loginId]);
  return contractor ?? null;
}

/** By login ID as it is stored, in no order; those that nobody has are simply missing. */
export function loadContractorsByLoginId(sql: SqlRunner, loginIds: readonly string[]): Promise<readonly Contractor[]> {
  return sql.query<Contractor>(`select ${CONTRACTOR} from contractor where login_id = any ($1::text[])`, [
    textArray(loginIds),
  ]);
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
  /** Where they live, sealed. */
  readonly homeCipher: Buffer | null;
}

/** Answers those it has written; the login IDs of the others are taken. */
export function insertContractors(
  sql: SqlRunner,
  now: Temporal.Instant,
  contractors: readonly NewContractor[],
): Promise<readonly Contractor[]> {
  return sql.query<Contractor>(
    `insert into contractor (contractor_id, login_id, password_hash, name, kana, birth_date, email,
       is_identity_verified, must_change_password, home_cipher, created_at)
     select id, login_id, password_hash, name, kana, birth_date, email, is_verified, must_change, decode(home, 'hex'),
       $11::timestamptz
     from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::date[], $7::text[], $8::boolean[],
            $9::boolean[], $10::text[])
       as new (id, login_id, password_hash, name, kana, birth_date, email, is_verified, must_change, home)
     order by login_id
     on conflict (login_id) do nothing
     returning ${CONTRACTOR}`,
    [
      plainArray(contractors.map((each) => each.contractorId)),
      textArray(contractors.map((each) => each.loginId)),
      textArray(contractors.map((each) => each.passwordHash)),
      ...personColumns(contractors),
      plainArray(contractors.map((each) => String(each.isIdentityVerified))),
      plainArray(contractors.map((each) => String(each.mustChangePassword))),
      homes(contractors),
      now.toString(),
    ],
  );
}

const homes = (contractors: readonly Pick<NewContractor, 'homeCipher'>[]) =>
  plainArray(contractors.map(({ homeCipher }) => homeCipher?.toString('hex') ?? null));

/** Name, kana, birth date and mail address. */
function personColumns(contractors: readonly Pick<Contractor, 'name' | 'kana' | 'birthDate' | 'email'>[]): unknown[] {
  return [
    textArray(contractors.map((each) => each.name)),
    textArray(contractors.map((each) => each.kana)),
    plainArray(contractors.map((each) => each.birthDate)),
    textArray(contractors.map((each) => each.email)),
  ];
}

/** Where contractors live, sealed, of those of whom it is known. */
export function loadHomes(
  sql: SqlRunner,
  contractorIds: readonly string[],
): Promise<readonly { contractorId: string; homeCipher: Buffer }[]> {
  return sql.query(
    `select contractor_id as "contractorId", home_cipher as "homeCipher" from contractor
     where contractor_id = any ($1::uuid[]) and home_cipher is not null`,
    [plainArray(contractorIds)],
  );
}

type Written = Pick<Contractor, 'contractorId' | 'name' | 'kana' | 'birthDate' | 'email' | 'isIdentityVerified'>;

export async function updateContractor(sql: SqlRunner, contractor: Written): Promise<Contractor | null> {
  const [changed] = await updateContractors(sql, [{ ...contractor, homeCipher: null }]);
  return changed ?? null;
}

/** Where somebody lives stays as it is when none is given. */
export function updateContractors(
  sql: SqlRunner,
  contractors: readonly (Written & Pick<NewContractor, 'homeCipher'>)[],
): Promise<readonly Contractor[]> {
  return sql.query<Contractor>(
    `update contractor set name = told.called, kana = told.reading, birth_date = told.born, email = told.mail,
       is_identity_verified = told.is_verified, home_cipher = coalesce(decode(told.home, 'hex'), home_cipher)
     from unnest($1::uuid[], $2::text[], $3::text[], $4::date[], $5::text[], $6::boolean[], $7::text[])
       as told (id, called, reading, born, mail, is_verified, home)
     where contractor_id = told.id
     returning ${CONTRACTOR}`,
    [
      plainArray(contractors.map((each) => each.contractorId)),
      ...personColumns(contractors),
      plainArray(contractors.map((each) => String(each.isIdentityVerified))),
      homes(contractors),
    ],
  );
}
