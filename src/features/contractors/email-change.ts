import { randomInt } from 'node:crypto';
import type { Temporal } from 'temporal-polyfill';
import type { Clock } from '../../base/clock.ts';
import { type Accepted, accept, firstBroken, type Refused, refuse } from '../../base/refusal.ts';
import { readSixDigits } from '../../base/typed-code.ts';
import { audit, type Db, inTransaction, runnerOf, type SqlRunner } from '../../infra/db/index.ts';
import type { TryLimits } from '../../infra/db/try-limits.ts';
import { keyedHash, type Secrets } from '../../infra/secrets.ts';
import type { ChangeFeed } from './change-feed.ts';
import { loadEmailChange, saveEmailChange, settleEmailChange } from './email-change-store.ts';
import { CODE_MINUTES, type EmailFault, emailLimits, emailRules } from './rules/email-change.ts';
import { type Contractor, lockContractor, updateContractor } from './store.ts';

export interface EmailDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly limits: TryLimits;
  /** `limits` hides the codes. */
  readonly secrets: Pick<Secrets, 'limits'>;
  readonly changes: ChangeFeed;
}

/** A mail address that waits for its code, which is good until `until`. */
export interface WaitingEmail {
  readonly email: string;
  readonly until: Temporal.Instant;
}

type TooMany = Refused<'too-many'> & { readonly until: Temporal.Instant };

export type EmailAsked = Accepted<null> | Refused<'not-found' | EmailFault> | TooMany;
export type EmailConfirmed =
  | Accepted<null>
  | Refused<'not-found' | 'code-malformed' | 'code-over' | 'wrong-code'>
  | TooMany;

/** Sends the code to the new address, in the transaction that keeps the wish. */
export type SendEmailCode = (tx: Db, mail: { contractor: Contractor; to: string; code: string }) => Promise<void>;
/** Tells that the address is another one now, in the transaction that makes it so. */
export type TellEmailChanged = (tx: Db, change: { contractor: Contractor; before: string }) => Promise<void>;

/** What waits for its code; null when nothing does, or no longer. */
export async function waitingEmail(
  { clock }: Pick<EmailDeps, 'clock'>,
  sql: SqlRunner,
  contractorId: string,
): Promise<WaitingEmail | null> {
  const found = await loadEmailChange(sql, { contractorId, since: codesSince(clock) });
  if (!found || found.confirmedAt) return null;
  return { email: found.email, until: found.askedAt.add({ minutes: CODE_MINUTES }) };
}

/**
 * Sends a code to the address that somebody wishes for. Nothing is changed before it is entered, so a slip of the
 * finger or a thief's wish sends nobody's mail elsewhere. The same request again sends nothing and counts on no limit.
 */
export async function askForEmail(
  deps: EmailDeps,
  { contractorId, email, requestId }: { contractorId: string; email: string; requestId: string },
  send: SendEmailCode,
): Promise<EmailAsked> {
  const { db, clock } = deps;
  return inTransaction(db, async (tx): Promise<EmailAsked> => {
    const sql = runnerOf(tx);
    // The same form sent several times at once: the others wait here, and find what the first has done.
    const contractor = await lockContractor(sql, contractorId);
    if (!contractor) return refuse('not-found');
    const fault = firstBroken(emailRules, { wanted: email, present: contractor.email });
    if (fault) return refuse(fault);
    const wish = await loadEmailChange(sql, { contractorId, since: codesSince(clock) });
    // With another address it is another wish: whoever goes back to correct theirs may post the same form again.
    if (wish?.requestId === requestId && wish.email === email) return accept(null);
    const taken = await deps.limits.take(tx, [
      { limit: emailLimits.asking.limit, subject: contractorId },
      { limit: emailLimits.mailTo.limit, subject: email.toLowerCase() },
    ]);
    if (!taken.ok) return { ...refuse('too-many'), until: taken.until };
    const code = String(randomInt(1_000_000)).padStart(6, '0');
    const codeHash = hashOf(deps, { contractorId, email, code });
    await saveEmailChange(sql, clock.now(), { contractorId, email, codeHash, requestId });
    await send(tx, { contractor, to: email, code });
    await record(deps, sql, contractorId, 'contractors.email-asked');
    return accept(null);
  });
}

/** The address changes when the code is entered that was sent there. The same code again gets the same answer. */
export async function confirmEmail(
  deps: EmailDeps,
  { contractorId, typed }: { contractorId: string; typed: string },
  tell: TellEmailChanged,
): Promise<EmailConfirmed> {
  const { db, clock, limits } = deps;
  const code = readSixDigits(typed);
  if (code === null) return refuse('code-malformed');
  const taken = await limits.take(db, [{ limit: emailLimits.code.limit, subject: contractorId }]);
  if (!taken.ok) return { ...refuse('too-many'), until: taken.until };
  const decision = await inTransaction(db, async (tx): Promise<EmailConfirmed> => {
    const sql = runnerOf(tx);
    const contractor = await lockContractor(sql, contractorId);
    if (!contractor) return refuse('not-found');
    const wish = await loadEmailChange(sql, { contractorId, since: codesSince(clock) });
    if (!wish) return refuse('code-over');
    const { email } = wish;
    if (!wish.codeHash.equals(hashOf(deps, { contractorId, email, code }))) {
      await record(deps, sql, contractorId, 'contractors.email-code-refused');
      return refuse('wrong-code');
    }
    if (wish.confirmedAt) return accept(null);
    await updateContractor(sql, { ...contractor, email });
    await settleEmailChange(sql, clock.now(), contractorId);
    await record(deps, sql, contractorId, 'contractors.email-changed');
    await deps.changes.note(sql, clock.now(), [
      { type: 'contractor.changed', contractorId, subscriptionId: null, fields: ['email'] },
    ]);
    await tell(tx, { contractor: { ...contractor, email }, before: contractor.email });
    return accept(null);
  });
  // A code that came too late was no guess.
  if (decision.ok || decision.code === 'code-over') await limits.giveBack(db, taken.receipt);
  return decision;
}

const codesSince = (clock: Clock) => clock.now().subtract({ minutes: CODE_MINUTES });

const hashOf = (deps: EmailDeps, of: { contractorId: string; email: string; code: string }) =>
  keyedHash(deps.secrets.limits, `email-change:${of.contractorId}:${of.email}:${of.code}`);

function record({ clock }: EmailDeps, sql: SqlRunner, contractorId: string, action: string): Promise<void> {
  return audit(sql, clock.now(), { actor: { kind: 'contractor', id: contractorId }, action, contractorId });
}
