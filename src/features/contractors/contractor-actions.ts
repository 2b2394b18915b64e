import { newId } from '../../base/ids.ts';
import { type PasswordFault, passwordFault } from '../../base/password-policy.ts';
import { accept, type Decision, refuse } from '../../base/refusal.ts';
import { isBreached } from '../../infra/auth/breached-passwords.ts';
import { auditAll } from '../../infra/db/audit.ts';
import { type Db, runnerOf } from '../../infra/db/index.ts';
import { type ActionDeps, only, provisioning, within } from './deps.ts';
import { dropEmailChanges } from './email-change-store.ts';
import { type Home, sealHome } from './home.ts';
import { foldLoginId, isLoginId } from './rules/login-id.ts';
import { type Contractor, insertContractors, lockContractors, type NewContractor, updateContractors } from './store.ts';

export interface ContractorInput {
  readonly loginId: string;
  /** As they type it, or its hash from the system they come from (`rules/password-hash.ts`). */
  readonly password: string | { readonly hash: string };
  readonly name: string;
  readonly kana?: string | null;
  /** ISO date; null or missing for a company. */
  readonly birthDate?: string | null;
  readonly email: string;
  /** Whether their identity was checked against an official document. Missing: it was not. */
  readonly isIdentityVerified?: boolean;
  /** Somebody else has chosen the password: it opens nothing until it is changed. */
  readonly mustChangePassword?: boolean;
  readonly home?: Home | undefined;
}

export type ContractorFault = 'login-id-malformed' | 'login-id-taken' | PasswordFault;

/** A new contractor with a login ID of their own. In the caller's transaction when one is given. */
export async function createContractor(
  deps: ActionDeps,
  input: ContractorInput,
  tx?: Db,
): Promise<Decision<Contractor, ContractorFault>> {
  return only(await createContractors(deps, [input], tx));
}

/** Many as one: the same few statements, however many they are. Answers in their order. */
export async function createContractors(
  deps: ActionDeps,
  inputs: readonly ContractorInput[],
  tx?: Db,
): Promise<readonly Decision<Contractor, ContractorFault>[]> {
  const prepared = await Promise.all(inputs.map((input) => prepare(deps, input)));
  const ready = prepared.flatMap((each) => (each.ok ? each.value : []));
  const made = new Map<string, Contractor>();
  if (ready.length > 0) {
    await within(deps.db, tx, async (own) => {
      const sql = runnerOf(own);
      const now = deps.clock.now();
      made.clear();
      for (const contractor of await insertContractors(sql, now, ready)) made.set(contractor.contractorId, contractor);
      const ids = ready.map(({ contractorId }) => contractorId).filter((id) => made.has(id));
      const action = 'contractors.contractor-created';
      await auditAll(
        sql,
        now,
        ids.map((contractorId) => ({ actor: provisioning, action, contractorId })),
      );
      await deps.changes.note(
        sql,
        now,
        ids.map((contractorId) => ({ type: 'contractor.created', contractorId, subscriptionId: null, fields: [] })),
      );
    });
  }
  return prepared.map((each) => {
    if (!each.ok) return each;
    const created = made.get(each.value.contractorId);
    return created ? accept(created) : refuse('login-id-taken');
  });
}

async function prepare(
  deps: ActionDeps,
  input: ContractorInput,
): Promise<Decision<NewContractor, 'login-id-malformed' | PasswordFault>> {
  const loginId = foldLoginId(input.loginId);
  const kept = await preparePassword(deps, loginId, input.password);
  if (!kept.ok) return kept;
  const { name, email, kana = null, birthDate = null, isIdentityVerified = false, mustChangePassword = false } = input;
  const contractorId = newId();
  return accept({
    contractorId,
    loginId,
    passwordHash: kept.value.hash,
    name,
    kana,
    birthDate,
    email,
    isIdentityVerified,
    mustChangePassword,
    homeCipher: input.home ? sealHome(deps.secrets.show, contractorId, input.home) : null,
  });
}

/**
 * What is kept of somebody's first password; a hash that comes from elsewhere is kept as it is. Takes some 20 ms; for many at
 * once do it before the transaction.
 */
export async function preparePassword(
  { hasher }: Pick<ActionDeps, 'hasher'>,
  loginId: string,
  password: ContractorInput['password'],
): Promise<Decision<{ readonly hash: string }, 'login-id-malformed' | PasswordFault>> {
  if (!isLoginId(loginId)) return refuse('login-id-malformed');
  if (typeof password !== 'string') return accept(password);
  const fault = passwordFault({ password, loginId, hasSecondFactor: false, isBreached: isBreached(password) });
  return fault ? refuse(fault) : accept({ hash: await hasher.hash(password) });
}

export type ContractorChange = Partial<
  Pick<Contractor, 'name' | 'kana' | 'birthDate' | 'email' | 'isIdentityVerified'> & { readonly home: Home }
>;

/** What is to be different of a contractor. */
interface ChangeOfContractor {
  readonly contractorId: string;
  readonly change: ContractorChange;
}

/** Changes what is given; answers null when there is no such contractor. In the caller's transaction when one is given. */
export async function changeContractor(
  deps: ActionDeps,
  contractorId: string,
  change: ContractorChange,
  tx?: Db,
): Promise<Contractor | null> {
  return only(await changeContractors(deps, [{ contractorId, change }], tx));
}

/** Many as one, each contractor once. Answers in their order. */
export function changeContractors(
  deps: ActionDeps,
  asked: readonly ChangeOfContractor[],
  tx?: Db,
): Promise<readonly (Contractor | null)[]> {
  if (asked.length === 0) return Promise.resolve([]);
  return within(deps.db, tx, async (own) => {
    const sql = runnerOf(own);
    const locked = await lockContractors(
      sql,
      asked.map(({ contractorId }) => contractorId),
    );
    const present = new Map(locked.map((contractor) => [contractor.contractorId, contractor]));
    const now = deps.clock.now();
    const known = asked.filter(({ contractorId }) => present.has(contractorId));
    const changed = await updateContractors(
      sql,
      known.flatMap(({ contractorId, change: { home, ...change } }) => {
        const contractor = present.get(contractorId);
        const homeCipher = home ? sealHome(deps.secrets.show, contractorId, home) : null;
        return contractor ? { ...contractor, ...change, homeCipher } : [];
      }),
    );
    const mailed = known.filter(({ change }) => change.email !== undefined);
    await dropEmailChanges(
      sql,
      mailed.map(({ contractorId }) => contractorId),
    );
    await auditAll(
      sql,
      now,
      known.map(({ contractorId, change }) => ({
        actor: provisioning,
        action: 'contractors.contractor-changed',
        contractorId,
        detail: { fields: Object.keys(change).sort().join(' ') },
      })),
    );
    await deps.changes.note(
      sql,
      now,
      known.map(({ contractorId, change }) => ({
        type: 'contractor.changed',
        contractorId,
        subscriptionId: null,
        fields: Object.keys(change).sort().map(toldAs),
      })),
    );
    const after = new Map(changed.map((contractor) => [contractor.contractorId, contractor]));
    return asked.map(({ contractorId }) => after.get(contractorId) ?? null);
  });
}

/** A field as the interface names it. */
const toldAs = (field: string) => (field === 'isIdentityVerified' ? 'identityVerified' : field);
