import { Temporal } from 'temporal-polyfill';
import { type Accepted, accept, type Refused, refuse } from '../../base/refusal.ts';
import { takeCode } from '../../infra/auth/one-time-code.ts';
import { HasherBusy } from '../../infra/auth/password-hasher.ts';
import { audit, runnerOf } from '../../infra/db/index.ts';
import type { StaffParts } from './deps.ts';
import { staffLimits } from './rules/limits.ts';
import { loadStaffMember, loadStaffPassword, type StaffMember } from './store.ts';

type TooManyTries = Refused<'too-many-tries'> & { readonly until: Temporal.Instant };

interface RightPassword {
  readonly staffId: string;
  /** It is a one-time password that serves until then: the first sign-in comes next. */
  readonly firstPasswordUntil: Temporal.Instant | null;
}

export type PasswordDecision =
  | Accepted<RightPassword>
  | Refused<'wrong-id-or-password'>
  /** A one-time password, right but too late. */
  | Refused<'first-password-over'>
  | TooManyTries;
export type CodeDecision = Accepted<StaffMember> | Refused<'wrong-code'> | TooManyTries;

export function foldStaffId(typed: string): string {
  return typed.normalize('NFKC').trim().toLowerCase().slice(0, 64);
}

/** The first step. Counts, looks up, compares; an account that does not exist takes the same way and the same work. */
export async function checkPassword(
  deps: StaffParts,
  request: { loginId: string; password: string; address: string },
): Promise<PasswordDecision> {
  const { db, limits } = deps;
  const loginId = foldStaffId(request.loginId);
  const taken = await limits.take(db, [
    { limit: staffLimits.loginId.limit, subject: loginId },
    { limit: staffLimits.address.limit, subject: request.address },
  ]);
  if (!taken.ok) return { ...refuse('too-many-tries'), until: taken.until };
  const found = await loadStaffPassword(runnerOf(db), loginId);
  let isRight: boolean;
  try {
    isRight = await deps.hasher.fits(request.password.slice(0, 1_000), found?.passwordHash);
  } catch (error) {
    if (!(error instanceof HasherBusy)) throw error;
    await limits.giveBack(db, taken.receipt);
    return { ...refuse('too-many-tries'), until: deps.clock.now().add({ seconds: 10 }) };
  }
  if (!found || !isRight) {
    if (found) await record(deps, 'staff.sign-in-refused', found.staffId, 'password');
    return refuse('wrong-id-or-password');
  }
  await limits.giveBack(db, taken.receipt);
  const { staffId, firstPasswordUntil } = found;
  if (firstPasswordUntil && Temporal.Instant.compare(deps.clock.now(), firstPasswordUntil) >= 0) {
    return refuse('first-password-over');
  }
  return accept({ staffId, firstPasswordUntil });
}

/** The second step: a one-time code, each taken once. The caller has seen the first step pass. */
export async function checkCode(
  deps: StaffParts,
  request: {
    staffId: string;
    typed: string;
    /** Somebody signed in gives one more, to be allowed something; no sign-in is recorded. */
    isConfirmation?: boolean;
  },
): Promise<CodeDecision> {
  const { db, clock, limits } = deps;
  const { staffId, typed } = request;
  const taken = await limits.take(db, [{ limit: staffLimits.code.limit, subject: staffId }]);
  if (!taken.ok) return { ...refuse('too-many-tries'), until: taken.until };
  const sql = runnerOf(db);
  const isRight = await takeCode(sql, deps.secrets.show, clock.now(), { owner: { kind: 'staff', id: staffId }, typed });
  const member = isRight ? await loadStaffMember(sql, staffId) : null;
  if (!member) {
    await record(deps, 'staff.sign-in-refused', staffId, 'code');
    return refuse('wrong-code');
  }
  await limits.giveBack(db, taken.receipt);
  await record(deps, request.isConfirmation ? 'staff.code-confirmed' : 'staff.signed-in', staffId, 'code');
  return accept(member);
}

/** A passkey is both steps in one: something one has, opened by something one is or knows. */
export async function checkPasskey(
  deps: StaffParts,
  request: {
    response: string;
    /** Somebody signed in shows one of their own, to be allowed something; no sign-in is recorded. */
    confirming?: string;
  },
): Promise<Accepted<StaffMember> | Refused<'wrong-passkey'>> {
  const { response, confirming } = request;
  const staffId = await deps.passkeys.check('staff', response, confirming);
  const member = staffId ? await loadStaffMember(runnerOf(deps.db), staffId) : null;
  if (!member) return refuse('wrong-passkey');
  await record(deps, confirming ? 'staff.passkey-confirmed' : 'staff.signed-in', member.staffId, 'passkey');
  return accept(member);
}

async function record(deps: StaffParts, action: string, staffId: string, step: string): Promise<void> {
  const actor = { kind: 'staff', id: staffId } as const;
  await audit(runnerOf(deps.db), deps.clock.now(), { actor, action, detail: { step } });
}
