import type { Clock } from '../../base/clock.ts';
import { newId } from '../../base/ids.ts';
import { accept, type Decision, refuse } from '../../base/refusal.ts';
import { newSeed, saveSeed } from '../../infra/auth/one-time-code.ts';
import type { PasswordHasher } from '../../infra/auth/password-hasher.ts';
import { type AuditEntry, audit, type Db, inTransaction, runnerOf } from '../../infra/db/index.ts';
import type { KeyRing } from '../../infra/secrets.ts';
import type { Role } from './rules/roles.ts';
import { foldStaffId } from './sign-in.ts';
import { insertStaff, type StaffMember } from './store.ts';

export interface NewStaff {
  readonly loginId: string;
  readonly name: string;
  readonly role: Role;
  readonly password: string;
  /** A seed for one-time codes of one's own choosing: the demo's, which never change. */
  readonly seed?: string;
}

export type NewStaffFault = 'login-id-malformed' | 'login-id-taken' | 'name-missing' | 'password-too-short';

export interface AccountDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly hasher: PasswordHasher;
  readonly secrets: { readonly show: KeyRing };
}

/** A new account with its second factor from the first moment on; answers the seed, which is shown this once. */
export async function addStaff(
  deps: AccountDeps,
  input: NewStaff,
  actor: AuditEntry['actor'],
): Promise<Decision<{ member: StaffMember; seed: string }, NewStaffFault>> {
  const loginId = foldStaffId(input.loginId);
  const name = input.name.trim();
  if (!/^[a-z0-9][a-z0-9._-]{1,63}$/.test(loginId)) return refuse('login-id-malformed');
  if (name === '') return refuse('name-missing');
  // With a second factor eight are enough; see the contractors' rules.
  if ([...input.password].length < 8) return refuse('password-too-short');
  const passwordHash = await deps.hasher.hash(input.password);
  const member: StaffMember = { staffId: newId(), loginId, name, role: input.role };
  const seed = input.seed ?? newSeed();

  return inTransaction(deps.db, async (tx) => {
    const sql = runnerOf(tx);
    const now = deps.clock.now();
    if (!(await insertStaff(sql, now, { ...member, passwordHash }))) return refuse('login-id-taken');
    await saveSeed(sql, deps.secrets.show, now, { owner: { kind: 'staff', id: member.staffId }, seed });
    const detail = { staff: member.staffId, role: member.role };
    await audit(sql, now, { actor, action: 'staff.account-added', detail });
    return accept({ member, seed });
  });
}
