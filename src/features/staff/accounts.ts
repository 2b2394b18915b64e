import type { Temporal } from 'temporal-polyfill';
import type { Clock } from '../../base/clock.ts';
import { newId } from '../../base/ids.ts';
import { type PasswordFault, passwordFault } from '../../base/password-policy.ts';
import { accept, type Decision, refuse } from '../../base/refusal.ts';
import { isBreached } from '../../infra/auth/breached-passwords.ts';
import { newSeed, saveSeed } from '../../infra/auth/one-time-code.ts';
import type { PasswordHasher } from '../../infra/auth/password-hasher.ts';
import { type AuditEntry, audit, type Db, inTransaction, runnerOf, type SqlRunner } from '../../infra/db/index.ts';
import { answerFormOnce } from '../../infra/http/answer-once.ts';
import type { KeyRing } from '../../infra/secrets.ts';
import { lockAccounts, saveClosed, saveFirstPassword, saveRole } from './account-store.ts';
import type { StaffParts } from './deps.ts';
import { makeFirstPassword } from './first-password.ts';
import { type AccountChange, type AccountFault, accountFault, firstPasswordUntil } from './rules/accounts.ts';
import type { Role } from './rules/roles.ts';
import { endSessionsOf } from './session-store.ts';
import { foldStaffId } from './sign-in.ts';
import { insertStaff, type StaffMember } from './store.ts';

export interface NewAccount {
  readonly loginId: string;
  readonly name: string;
  readonly role: Role;
}

export interface NewStaff extends NewAccount {
  readonly password: string;
  /** A seed for one-time codes of one's own choosing: the demo's, which never change. */
  readonly seed?: string;
}

export type NewAccountFault = 'login-id-malformed' | 'login-id-taken' | 'name-missing';
export type NewStaffFault = NewAccountFault | PasswordFault;

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
  const named = namedMember(input);
  if (!named.ok) return named;
  const member = named.value;
  const { password } = input;
  const fault = staffPasswordFault(member.loginId, password);
  if (fault) return refuse(fault);
  const passwordHash = await deps.hasher.hash(password);
  const seed = input.seed ?? newSeed();

  return inTransaction(deps.db, async (tx) => {
    const sql = runnerOf(tx);
    const now = deps.clock.now();
    if (!(await insertStaff(sql, now, { ...member, passwordHash }))) return refuse('login-id-taken');
    await saveSeed(sql, deps.secrets.show, now, { owner: { kind: 'staff', id: member.staffId }, seed });
    await onRecord(sql, now, actor, 'staff.account-added', member.staffId, { role: member.role });
    return accept({ member, seed });
  });
}

interface ByAdmin {
  readonly admin: StaffMember;
  /** Of the form: a second tap changes nothing more. */
  readonly requestId: string;
}

/** What is shown once: the password to hand over. Missing when a repeat found the work done. */
export interface HandedOver {
  readonly staffId: string;
  readonly firstPassword?: string;
}

/** A new account that waits for its first sign-in, with a one-time password. */
export async function inviteStaff(
  deps: StaffParts,
  by: ByAdmin,
  input: NewAccount,
): Promise<Decision<HandedOver, NewAccountFault>> {
  const named = namedMember(input);
  if (!named.ok) return named;
  const member = named.value;
  const firstPassword = makeFirstPassword();
  const passwordHash = await deps.hasher.hash(firstPassword);
  const now = deps.clock.now();
  const done = await answerFormOnce(
    { db: deps.db, hashKey: deps.secrets.limits, now },
    // The login ID belongs to the scope: a form gone back to and changed asks for something else.
    { scope: `staff-add:${member.loginId}`, requestId: by.requestId },
    async (tx): Promise<{ readonly staffId: string | null }> => {
      const sql = runnerOf(tx);
      const until = firstPasswordUntil(now);
      const isNew = await insertStaff(sql, now, { ...member, passwordHash, firstPasswordUntil: until });
      if (!isNew) return { staffId: null };
      await onRecord(sql, now, staffActor(by.admin), 'staff.account-added', member.staffId, { role: member.role });
      return { staffId: member.staffId };
    },
  );
  if (done.answer.staffId === null) return refuse('login-id-taken');
  const { staffId } = done.answer;
  return accept(done.isRepeat ? { staffId } : { staffId, firstPassword });
}

/** Changes an account as an admin may; whoever it belongs to is signed out where it is about signing in. */
export async function changeAccount(
  deps: StaffParts,
  by: ByAdmin,
  { staffId, change }: { staffId: string; change: AccountChange },
): Promise<Decision<HandedOver, AccountFault | 'not-found'>> {
  const isHandedOver = change.kind === 'reopen' || change.kind === 'reset';
  const firstPassword = makeFirstPassword();
  const passwordHash = isHandedOver ? await deps.hasher.hash(firstPassword) : '';
  const now = deps.clock.now();
  const done = await answerFormOnce(
    { db: deps.db, hashKey: deps.secrets.limits, now },
    { scope: `staff-${change.kind}:${staffId}`, requestId: by.requestId },
    async (tx): Promise<{ readonly fault: AccountFault | 'not-found' | null }> => {
      const sql = runnerOf(tx);
      const locked = await lockAccounts(sql, [by.admin.staffId, staffId]);
      const account = locked.find((each) => each.staffId === staffId);
      const actor = locked.find((each) => each.staffId === by.admin.staffId);
      if (!account || !actor) return { fault: 'not-found' };
      const otherAdmins = locked.filter((each) => each.role === 'admin' && each.canSignIn && each !== account).length;
      const fault = accountFault({ change, actor, account, otherAdmins });
      if (fault) return { fault };
      await applyChange(sql, now, staffId, change, passwordHash);
      const detail = change.kind === 'role' ? { from: account.role, role: change.role } : {};
      await onRecord(sql, now, staffActor(by.admin), ACTIONS[change.kind], staffId, detail);
      return { fault: null };
    },
  );
  if (done.answer.fault !== null) return refuse(done.answer.fault);
  return accept(isHandedOver && !done.isRepeat ? { staffId, firstPassword } : { staffId });
}

const ACTIONS: Record<AccountChange['kind'], string> = {
  role: 'staff.role-changed',
  close: 'staff.account-closed',
  reopen: 'staff.account-reopened',
  reset: 'staff.sign-in-reset',
};

async function applyChange(
  sql: SqlRunner,
  now: Temporal.Instant,
  staffId: string,
  change: AccountChange,
  passwordHash: string,
): Promise<void> {
  switch (change.kind) {
    case 'role':
      return saveRole(sql, staffId, change.role);
    case 'close':
      await saveClosed(sql, staffId, now);
      break;
    case 'reopen':
      await saveClosed(sql, staffId, null);
      await saveFirstPassword(sql, staffId, { passwordHash, until: firstPasswordUntil(now) });
      break;
    case 'reset':
      await saveFirstPassword(sql, staffId, { passwordHash, until: firstPasswordUntil(now) });
  }
  await endSessionsOf(sql, now, { staffId });
}

/** Why staff cannot have this password, or undefined. They always have a second step, so eight characters are enough. */
export function staffPasswordFault(loginId: string, password: string): PasswordFault | undefined {
  return passwordFault({ password, loginId, hasSecondFactor: true, isBreached: isBreached(password) });
}

function namedMember(input: NewAccount): Decision<StaffMember, 'login-id-malformed' | 'name-missing'> {
  const loginId = foldStaffId(input.loginId);
  const name = input.name.normalize('NFC').trim().slice(0, 100);
  if (!/^[a-z0-9][a-z0-9._-]{1,63}$/.test(loginId)) return refuse('login-id-malformed');
  if (name === '') return refuse('name-missing');
  return accept({ staffId: newId(), loginId, name, role: input.role });
}

export const staffActor = ({ staffId }: { staffId: string }) => ({ kind: 'staff', id: staffId }) as const;

function onRecord(
  sql: SqlRunner,
  now: Temporal.Instant,
  actor: AuditEntry['actor'],
  action: string,
  staffId: string,
  detail: Record<string, string>,
): Promise<void> {
  return audit(sql, now, { actor, action, detail: { staff: staffId, ...detail } });
}
