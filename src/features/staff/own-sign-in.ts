import { Temporal } from 'temporal-polyfill';
import type { PasswordFault } from '../../base/password-policy.ts';
import { type Accepted, accept, type Decision, type Refused, refuse } from '../../base/refusal.ts';
import { hasSeed, saveSeed, stepOf } from '../../infra/auth/one-time-code.ts';
import { audit, inTransaction, runnerOf, type SqlRunner } from '../../infra/db/index.ts';
import { lockAccounts, savePassword, takeFirstPassword } from './account-store.ts';
import { staffActor, staffPasswordFault } from './accounts.ts';
import type { StaffParts } from './deps.ts';
import { endSessionsOf } from './session-store.ts';
import { checkPassword, type PasswordDecision } from './sign-in.ts';
import { loadStaffMember, type StaffMember } from './store.ts';

/** What the second step of a first sign-in is. */
type Factor =
  | { readonly kind: 'codes'; readonly seed: string; readonly typed: string }
  | { readonly kind: 'passkey'; readonly response: string; readonly userAgent: string | null };

interface FirstSignIn {
  readonly staffId: string;
  /** Which one-time password was given. */
  readonly until: string;
  readonly passwordHash: string;
}

/**
 * Ends a first sign-in: the password of one's own and the second step are kept together, so that there is never an
 * account with one and without the other.
 */
export async function finishFirstSignIn(
  deps: StaffParts,
  first: FirstSignIn,
  factor: Factor,
): Promise<Decision<StaffMember, 'wrong-factor' | 'over'>> {
  const now = deps.clock.now();
  const { staffId, passwordHash } = first;
  const usedStep = factor.kind === 'codes' ? stepOf({ ...factor, now }) : null;
  if (factor.kind === 'codes' && usedStep === null) return refuse('wrong-factor');
  return inTransaction(deps.db, async (tx) => {
    const sql = runnerOf(tx);
    const owner = staffActor(first);
    const until = Temporal.Instant.from(first.until);
    // First: of two at once the second waits here, and finds it taken.
    if (!(await takeFirstPassword(sql, now, { staffId, until, passwordHash }))) return refuse('over');
    if (factor.kind === 'codes') {
      await saveSeed(sql, deps.secrets.show, now, { owner, seed: factor.seed, usedStep: usedStep ?? 0 });
    } else if (!(await deps.passkeys.register(sql, owner, factor.response, factor.userAgent))) {
      throw new FactorRefused();
    }
    const member = await loadStaffMember(sql, staffId);
    if (!member) return refuse('over');
    await audit(sql, now, { actor: owner, action: 'staff.first-sign-in', detail: { step: factor.kind } });
    return accept(member);
  }).catch((error: unknown) => {
    if (error instanceof FactorRefused) return refuse('wrong-factor');
    throw error;
  });
}

/** Undoes the transaction: the one-time password still serves. */
class FactorRefused extends Error {}

interface OwnSession {
  readonly member: StaffMember;
  readonly sessionId: string;
}

type OwnPasswordDecision =
  | Accepted<null>
  | Refused<PasswordFault>
  | Exclude<PasswordDecision, { ok: true } | Refused<'first-password-over'>>;

/** A new password for the old one; other browsers are signed out. */
export async function changeOwnPassword(
  deps: StaffParts,
  { member, sessionId }: OwnSession,
  { present, wanted, address }: { present: string; wanted: string; address: string },
): Promise<OwnPasswordDecision> {
  const { staffId, loginId } = member;
  const checked = await checkPassword(deps, { loginId, password: present, address });
  if (!checked.ok) return checked.code === 'first-password-over' ? refuse('wrong-id-or-password') : checked;
  const fault = staffPasswordFault(loginId, wanted);
  if (fault) return refuse(fault);
  const passwordHash = await deps.hasher.hash(wanted);
  await changeOwn(deps, { member, sessionId }, 'staff.password-changed', (sql) =>
    savePassword(sql, staffId, passwordHash),
  );
  return accept(null);
}

/** An authenticator app in place of the one until now, once it has shown a right code; other browsers are signed out. */
export async function changeOwnCodes(
  deps: StaffParts,
  own: OwnSession,
  { seed, typed }: { seed: string; typed: string },
): Promise<Decision<null, 'wrong-code'>> {
  const now = deps.clock.now();
  const usedStep = stepOf({ seed, typed, now });
  if (usedStep === null) return refuse('wrong-code');
  await changeOwn(deps, own, 'staff.codes-changed', (sql) =>
    saveSeed(sql, deps.secrets.show, now, { owner: staffActor(own.member), seed, usedStep }),
  );
  return accept(null);
}

/** Keeps a new passkey that answered our challenge. */
export async function addOwnPasskey(
  deps: StaffParts,
  member: StaffMember,
  { response, userAgent }: { response: string; userAgent: string | null },
): Promise<boolean> {
  return inTransaction(deps.db, async (tx) => {
    const sql = runnerOf(tx);
    const actor = staffActor(member);
    const isAdded = await deps.passkeys.register(sql, actor, response, userAgent);
    if (isAdded) await audit(sql, deps.clock.now(), { actor, action: 'staff.passkey-added' });
    return isAdded;
  });
}

/**
 * Removes a passkey of one's own; one that is not there, or is somebody else's, changes nothing. The last passkey stays
 * where there is no authenticator app: nobody could sign in any more.
 */
export async function removeOwnPasskey(
  deps: StaffParts,
  member: StaffMember,
  credentialId: string,
): Promise<Decision<null, 'last-factor'>> {
  return inTransaction(deps.db, async (tx) => {
    const sql = runnerOf(tx);
    const actor = staffActor(member);
    // Two removed at once would each see the other.
    await lockAccounts(sql, [member.staffId]);
    const others = (await deps.passkeys.list(sql, actor)).filter((each) => each.credentialId !== credentialId);
    if (others.length === 0 && !(await hasSeed(sql, actor))) return refuse('last-factor');
    if (!(await deps.passkeys.remove(sql, actor, credentialId))) return accept(null);
    await audit(sql, deps.clock.now(), { actor, action: 'staff.passkey-removed' });
    return accept(null);
  });
}

/** Signs one's other browsers out: one of them, or all. One that is signed out already, or is nobody's of theirs, changes nothing. */
export async function signOutOthers(deps: StaffParts, { member, sessionId }: OwnSession, only?: string): Promise<void> {
  const { staffId } = member;
  const which = { staffId, except: sessionId, ...(only === undefined ? {} : { only }) };
  await inTransaction(deps.db, async (tx) => {
    const sql = runnerOf(tx);
    const now = deps.clock.now();
    const ended = await endSessionsOf(sql, now, which);
    if (ended > 0) await audit(sql, now, { actor: staffActor(member), action: 'staff.others-signed-out' });
  });
}

async function changeOwn(
  deps: StaffParts,
  { member, sessionId }: OwnSession,
  action: string,
  save: (sql: SqlRunner) => Promise<void>,
): Promise<void> {
  await inTransaction(deps.db, async (tx) => {
    const sql = runnerOf(tx);
    const now = deps.clock.now();
    await save(sql);
    await endSessionsOf(sql, now, { staffId: member.staffId, except: sessionId });
    await audit(sql, now, { actor: staffActor(member), action });
  });
}
