import type { Decision } from '../../../base/refusal.ts';
import type { RowOutcome } from '../../../infra/csv/import-rows.ts';
import { type Db, runnerOf } from '../../../infra/db/index.ts';
import {
  type ContractorFault,
  type ContractorInput,
  changeContractors,
  createContractors,
  preparePassword,
} from '../contractor-actions.ts';
import type { ActionDeps } from '../deps.ts';
import { homesOf } from '../home.ts';
import { foldLoginId } from '../rules/login-id.ts';
import { loadContractorsByLoginId } from '../store.ts';
import { contractorChange } from './changes.ts';
import type { ContractorRow } from './contractor-row.ts';
import { GONE, outcomeOf, refused, type Within } from './portion.ts';

export const loginIdOf = ({ loginId }: { readonly loginId: string }): string => foldLoginId(loginId);

/** Rows together, each of another login ID: in one transaction those who are new are made, the others changed. */
export function contractorTaker(deps: ActionDeps) {
  const passwords = new WeakMap<ContractorRow, Password>();

  return async (rows: readonly ContractorRow[], within: Within): Promise<readonly RowOutcome[]> => {
    const known = await byLoginId(deps.db, rows);
    // Once for each row, however often it is tried, and before the transaction, which would last as long as they take.
    const unhashed = rows.filter((row) => !known.has(loginIdOf(row)) && !passwords.has(row));
    const hashed = await Promise.all(unhashed.map((row) => passwordOf(deps, row)));
    for (const [at, row] of unhashed.entries()) if (hashed[at]) passwords.set(row, hashed[at]);
    return within((tx) => takeWithin(deps, tx, { rows, passwords }));
  };
}

async function takeWithin(
  deps: ActionDeps,
  tx: Db,
  { rows, passwords }: { rows: readonly ContractorRow[]; passwords: Pick<WeakMap<ContractorRow, Password>, 'get'> },
): Promise<readonly RowOutcome[]> {
  const outcomes = new Map<ContractorRow, RowOutcome>();
  const present = await byLoginId(tx, rows);
  const homes = await homesOf(
    runnerOf(tx),
    deps.secrets.show,
    rows.flatMap((row) => (row.home ? (present.get(loginIdOf(row))?.contractorId ?? []) : [])),
  );
  const toChange: { row: ContractorRow; contractorId: string; change: ReturnType<typeof contractorChange> }[] = [];
  const toMake: { row: ContractorRow; input: ContractorInput }[] = [];
  for (const row of rows) {
    const contractor = present.get(loginIdOf(row));
    if (contractor) {
      const { contractorId } = contractor;
      const change = contractorChange({ contractor, home: homes.get(contractorId) ?? null }, row);
      if (Object.keys(change).length > 0) toChange.push({ row, contractorId, change });
      else outcomes.set(row, { status: 'duplicate' });
      continue;
    }
    const password = passwords.get(row);
    if (password?.ok) toMake.push({ row, input: inputOf(row, password.value) });
    else outcomes.set(row, password ? withoutPassword(password.code) : GONE);
  }
  const changed = await changeContractors(deps, toChange, tx);
  for (const [at, { row }] of toChange.entries()) outcomes.set(row, changed[at] ? { status: 'accepted' } : GONE);
  const made = await createContractors(
    deps,
    toMake.map(({ input }) => input),
    tx,
  );
  for (const [at, { row }] of toMake.entries()) {
    const decision = made[at];
    if (decision) outcomes.set(row, outcomeOf(decision));
  }
  return rows.map((row) => outcomes.get(row) ?? GONE);
}

async function byLoginId(db: Db, rows: readonly ContractorRow[]) {
  const contractors = await loadContractorsByLoginId(runnerOf(db), rows.map(loginIdOf));
  return new Map(contractors.map((contractor) => [contractor.loginId, contractor]));
}

type Password = Decision<{ readonly hash: string }, ContractorFault | 'no-password'>;

async function passwordOf(deps: ActionDeps, row: ContractorRow): Promise<Password> {
  const { passwordHash } = row;
  const password = passwordHash === undefined ? row.password : { hash: passwordHash };
  if (password === undefined) return { ok: false, code: 'no-password' };
  return preparePassword(deps, loginIdOf(row), password);
}

function withoutPassword(code: ContractorFault | 'no-password'): RowOutcome {
  if (code !== 'no-password') return outcomeOf({ ok: false, code });
  return refused({ code, reason: 'a new contractor needs a password, or the passwordHash they have elsewhere' });
}

function inputOf(row: ContractorRow, password: { readonly hash: string }): ContractorInput {
  const { loginId, name, email, kana = null, birthDate = null, home, identityVerified = false } = row;
  return {
    loginId,
    name,
    email,
    kana,
    birthDate,
    home,
    isIdentityVerified: identityVerified,
    password,
    // Whoever wrote the file knows a password that stands in it, so it opens nothing but the page that changes it.
    mustChangePassword: row.passwordHash === undefined,
  };
}
