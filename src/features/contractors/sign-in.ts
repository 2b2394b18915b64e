import type { Temporal } from 'temporal-polyfill';
import type { Clock } from '../../base/clock.ts';
import { type Accepted, accept, type Refused, refuse } from '../../base/refusal.ts';
import { HasherBusy, type PasswordHasher } from '../../infra/auth/password-hasher.ts';
import { audit, type Db, runnerOf } from '../../infra/db/index.ts';
import type { TryCheck, TryLimits } from '../../infra/db/try-limits.ts';
import { foldLoginId } from './rules/login-id.ts';
import { signInLimits } from './rules/sign-in-limits.ts';
import { loadPassword } from './store.ts';

export interface SignInRequest {
  readonly loginId: string;
  readonly password: string;
  /** The address as limits count it. */
  readonly address: string;
  /** The LINE account for which the password is typed, when there is one. */
  readonly lineUserId?: string;
  /** The browser has signed in with this login ID before. */
  readonly isKnownDevice?: boolean;
  /** Somebody signed in types it once more, to be allowed something; no sign-in is recorded. */
  readonly isConfirmation?: boolean;
}

export type SignInDecision =
  | Accepted<{
      contractorId: string;
      /** The password is somebody else's choice and opens nothing but the page that changes it. */
      mustChangePassword: boolean;
    }>
  | Refused<'wrong-id-or-password'>
  | (Refused<'too-many-tries'> & { readonly until: Temporal.Instant });

export interface SignInDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly limits: TryLimits;
  readonly hasher: PasswordHasher;
}

/**
 * Proves a contractor by login ID and password. Counts first, then looks up, then compares; a login ID that does not
 * exist takes the same way and the same work as one that does.
 */
export async function signIn(deps: SignInDeps, request: SignInRequest): Promise<SignInDecision> {
  const { db, clock, limits, hasher } = deps;
  const sql = runnerOf(db);
  const loginId = foldLoginId(request.loginId).slice(0, 100);
  const taken = await limits.take(db, checksOf(request, loginId));
  if (!taken.ok) return { ...refuse('too-many-tries'), until: taken.until };

  const found = await loadPassword(sql, loginId);
  let isRight: boolean;
  try {
    isRight = await hasher.fits(request.password.slice(0, 1_000), found?.passwordHash);
  } catch (error) {
    if (!(error instanceof HasherBusy)) throw error;
    await limits.giveBack(db, taken.receipt);
    return { ...refuse('too-many-tries'), until: clock.now().add({ seconds: 10 }) };
  }

  if (!found || !isRight) {
    if (found) await record(deps, 'contractors.sign-in-refused', found.contractorId);
    return refuse('wrong-id-or-password');
  }
  await limits.giveBack(db, taken.receipt);
  await record(
    deps,
    request.isConfirmation ? 'contractors.password-confirmed' : 'contractors.signed-in',
    found.contractorId,
  );
  return accept({ contractorId: found.contractorId, mustChangePassword: found.mustChangePassword });
}

function checksOf(request: SignInRequest, loginId: string): TryCheck[] {
  const byId = request.isKnownDevice ? signInLimits.knownDevice : signInLimits.loginId;
  return [
    { limit: byId.limit, subject: loginId },
    { limit: signInLimits.address.limit, subject: request.address },
    { limit: signInLimits.idsFromAddress.limit, subject: request.address, of: loginId },
    ...(request.lineUserId ? [{ limit: signInLimits.lineAccount.limit, subject: request.lineUserId }] : []),
  ];
}

async function record({ db, clock }: SignInDeps, action: string, contractorId: string): Promise<void> {
  await audit(runnerOf(db), clock.now(), { actor: { kind: 'contractor', id: contractorId }, action, contractorId });
}
