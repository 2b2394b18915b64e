import { randomBytes } from 'node:crypto';
import { newId } from '../../base/ids.ts';
import { accept, type Decision, refuse } from '../../base/refusal.ts';
import { hasSeed, removeSeed, saveSeed, stepOf } from '../../infra/auth/one-time-code.ts';
import { audit, inTransaction, runnerOf, type SqlRunner } from '../../infra/db/index.ts';
import type { Session } from '../../infra/http/session.ts';
import { digest } from '../../infra/secrets.ts';
import type { Contractor, PasswordFault } from '../contractors/index.ts';
import type { CredentialsDeps } from './deps.ts';
import type { Change } from './notice-text.ts';
import { tellOfChange } from './notices.ts';
import { foldRecoveryCode, writeRecoveryCode } from './rules/recovery-code.ts';
import { closeResets, replaceRecoveryCodes } from './store.ts';

const RECOVERY_CODES = 10;

/** Who changes their own settings, in which session. */
export interface Owner {
  readonly contractor: Contractor;
  readonly session: Session;
  readonly address: string;
}

type PasswordRefusal = 'wrong-password' | 'too-many-tries';

export const factorOf = (contractorId: string) => ({ kind: 'contractor', id: contractorId }) as const;

/** A new password for the old one. Other browsers are signed out, mailed links work no longer. */
export async function changePassword(
  deps: CredentialsDeps,
  owner: Owner,
  { present, wanted }: { present: string; wanted: string },
): Promise<Decision<null, PasswordRefusal | PasswordFault>> {
  const { contractorId, loginId } = owner.contractor;
  const refusal = await refusalOfPassword(deps, owner, present);
  if (refusal) return refuse(refusal);
  const hasSecondFactor = await hasSeed(runnerOf(deps.db), factorOf(contractorId));
  const prepared = await deps.contractors.preparePassword({ loginId, password: wanted, hasSecondFactor });
  if (!prepared.ok) return prepared;
  return inTransaction(deps.db, async (tx) => {
    const sql = runnerOf(tx);
    await deps.contractors.savePassword(sql, contractorId, prepared.value.passwordHash);
    await closeResets(sql, deps.clock.now(), contractorId);
    await deps.sessions.endAll({ contractorId, exceptSessionId: owner.session.sessionId }, sql);
    await changed(deps, sql, contractorId, 'password-changed');
    return accept(null);
  });
}

/** Turns one-time codes on, once the app has shown a right one. Answers the recovery codes, which are shown this once. */
export async function turnCodesOn(
  deps: CredentialsDeps,
  { contractor }: Owner,
  { seed, typed }: { seed: string; typed: string },
): Promise<Decision<{ recoveryCodes: readonly string[] }, 'wrong-code'>> {
  const now = deps.clock.now();
  const usedStep = stepOf({ seed, typed, now });
  if (usedStep === null) return refuse('wrong-code');
  const { contractorId } = contractor;
  const recoveryCodes = makeRecoveryCodes();
  await inTransaction(deps.db, async (tx) => {
    const sql = runnerOf(tx);
    await saveSeed(sql, deps.secrets.show, now, { owner: factorOf(contractorId), seed, usedStep });
    await replaceRecoveryCodes(sql, contractorId, recoveryCodes.map(recoveryHash));
    await changed(deps, sql, contractorId, 'code-on');
  });
  return accept({ recoveryCodes });
}

/**
 * Turns one-time codes off. Asks for the password, which from then on stands alone and must be long enough for that.
 */
export async function turnCodesOff(
  deps: CredentialsDeps,
  owner: Owner,
  { password }: { password: string },
): Promise<Decision<null, PasswordRefusal | PasswordFault>> {
  const { contractorId, loginId } = owner.contractor;
  const refusal = await refusalOfPassword(deps, owner, password);
  if (refusal) return refuse(refusal);
  const alone = await deps.contractors.preparePassword({ loginId, password, hasSecondFactor: false });
  if (!alone.ok) return alone;
  await inTransaction(deps.db, async (tx) => {
    const sql = runnerOf(tx);
    await removeSeed(sql, factorOf(contractorId));
    await replaceRecoveryCodes(sql, contractorId, []);
    await changed(deps, sql, contractorId, 'code-off');
  });
  return accept(null);
}

/** New recovery codes in place of the old ones, shown this once. */
export async function renewRecoveryCodes(deps: CredentialsDeps, { contractor }: Owner): Promise<readonly string[]> {
  const { contractorId } = contractor;
  const recoveryCodes = makeRecoveryCodes();
  await inTransaction(deps.db, async (tx) => {
    const sql = runnerOf(tx);
    await replaceRecoveryCodes(sql, contractorId, recoveryCodes.map(recoveryHash));
    await changed(deps, sql, contractorId, 'recovery-renewed');
  });
  return recoveryCodes;
}

/** Keeps a new passkey that answered our challenge. */
export async function addPasskey(
  deps: CredentialsDeps,
  { contractor }: Owner,
  { response, userAgent }: { response: string; userAgent: string | null },
): Promise<boolean> {
  const { contractorId } = contractor;
  return inTransaction(deps.db, async (tx) => {
    const sql = runnerOf(tx);
    const isAdded = await deps.passkeys.register(sql, factorOf(contractorId), response, userAgent);
    if (isAdded) await changed(deps, sql, contractorId, 'passkey-added');
    return isAdded;
  });
}

/** Removes a passkey of the owner's; one that is not there, or is somebody else's, changes nothing. */
export async function removePasskey(deps: CredentialsDeps, { contractor }: Owner, credentialId: string): Promise<void> {
  const { contractorId } = contractor;
  await inTransaction(deps.db, async (tx) => {
    const sql = runnerOf(tx);
    const isRemoved = await deps.passkeys.remove(sql, factorOf(contractorId), credentialId);
    if (isRemoved) await changed(deps, sql, contractorId, 'passkey-removed');
  });
}

export function recoveryHash(code: string): Buffer {
  return digest(foldRecoveryCode(code) ?? '');
}

/** On record and told, in the transaction of the change itself. */
export async function changed(
  deps: CredentialsDeps,
  sql: SqlRunner,
  contractorId: string,
  change: Change,
): Promise<void> {
  const actor = { kind: 'contractor', id: contractorId } as const;
  await audit(sql, deps.clock.now(), { actor, action: `credentials.${change}`, contractorId });
  await tellOfChange(deps, sql, { contractorId, cause: `${change}:${newId()}`, change });
}

async function refusalOfPassword(
  deps: CredentialsDeps,
  owner: Owner,
  password: string,
): Promise<PasswordRefusal | undefined> {
  const decision = await deps.contractors.signIn({
    loginId: owner.contractor.loginId,
    password,
    address: owner.address,
    isKnownDevice: true,
    isConfirmation: true,
  });
  if (decision.ok) return undefined;
  return decision.code === 'too-many-tries' ? 'too-many-tries' : 'wrong-password';
}

function makeRecoveryCodes(): string[] {
  return Array.from({ length: RECOVERY_CODES }, () => writeRecoveryCode(randomBytes(10)));
}
