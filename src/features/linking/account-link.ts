import { audit, inTransaction, runnerOf, type SqlRunner } from '../../infra/db/index.ts';
import type { AccountLinkResult, Message } from '../../infra/line/talk.ts';
import { digest } from '../../infra/secrets.ts';
import { lineAccountsOf } from '../official-account/index.ts';
import { type Attempt, endAttempt, lockAttemptByNonce } from './attempt-store.ts';
import { bindAccount, bindContractor, bindUser } from './bind.ts';
import { contractorLinkedMessage, notLinkedMessage, userLinkedMessage } from './chat-messages.ts';
import type { LinkingDeps } from './deps.ts';
import { decideReport } from './rules/attempt.ts';
import { loadUserLinksOf } from './store.ts';
import { type BindFailure, isBindFailure } from './text.ts';

type Outcome =
  | { readonly state: 'linked'; readonly failure: null }
  | { readonly state: 'failed' | 'refused'; readonly failure: BindFailure };

/**
 * LINE's dialogue has ended. Makes the link when LINE says that the person in the browser is the one the link token
 * was made for, in one transaction with record, menu and notices; else burns the nonce. Answers what to say to whom;
 * null when there is nothing to say. The same event again gets the same answer and has no further effect.
 */
export async function accountLinked(
  deps: LinkingDeps,
  result: AccountLinkResult,
): Promise<{ lineUserId: string; messages: Message[] } | null> {
  return inTransaction(deps.db, async (tx) => {
    const sql = runnerOf(tx);
    const attempt = await lockAttemptByNonce(sql, digest(result.nonce));
    if (!attempt) return null;
    if (attempt.endedByEvent === result.eventId) return answerTo(deps, sql, attempt, outcomeOf(attempt));
    const verdict = decideReport({ attempt, report: result.outcome, now: result.now });
    if (verdict === 'spent') return null;
    const outcome = verdict === 'bind' ? await bind(deps, sql, attempt) : failed(verdict);
    await endAttempt(sql, result.now, { attemptId: attempt.attemptId, eventId: result.eventId, ...outcome });
    if (outcome.failure) await recordFailure(sql, result, attempt, outcome.failure);
    return answerTo(deps, sql, attempt, outcome);
  });
}

const failed = (failure: BindFailure): Outcome => ({ state: 'failed', failure });
const refused = (failure: BindFailure): Outcome => ({ state: 'refused', failure });
const linked: Outcome = { state: 'linked', failure: null };

function outcomeOf(attempt: Attempt): Outcome {
  if (attempt.state === 'linked') return linked;
  if (attempt.failure === null || !isBindFailure(attempt.failure))
    throw new Error('an attempt that ended without a cause');
  return attempt.state === 'failed' ? failed(attempt.failure) : refused(attempt.failure);
}

/** What the dialogue was for, bound to the account that LINE has named. */
async function bind(deps: LinkingDeps, sql: SqlRunner, attempt: Attempt): Promise<Outcome> {
  const { lineUserId, targetId, linkCodeId } = attempt;
  const failure = await bindAccount(deps, sql, lineUserId, () => {
    if (attempt.purpose === 'contractor') {
      const isProven = attempt.provenBy !== null;
      return targetId ? bindContractor(deps, sql, { lineUserId, contractorId: targetId, isProven }) : 'nonce-expired';
    }
    return targetId
      ? bindUser(deps, sql, { lineUserId, subscriptionId: targetId, linkCodeId })
      : 'unknown-or-superseded';
  });
  return failure ? refused(failure) : linked;
}

async function recordFailure(
  sql: SqlRunner,
  result: AccountLinkResult,
  attempt: Attempt,
  failure: BindFailure,
): Promise<void> {
  const target = attempt.purpose === 'contractor' ? 'contractorId' : 'subscriptionId';
  await audit(sql, result.now, {
    actor: { kind: 'line-account', id: attempt.lineUserId },
    action: 'linking.not-linked',
    ...(attempt.targetId ? { [target]: attempt.targetId } : {}),
    detail: { purpose: attempt.purpose, failure },
  });
}

/** The words follow from the outcome alone, so that a repeat says the same. Always to the attempt's own account. */
async function answerTo(
  deps: LinkingDeps,
  sql: SqlRunner,
  attempt: Attempt,
  outcome: Outcome,
): Promise<{ lineUserId: string; messages: Message[] }> {
  const { lineUserId, purpose } = attempt;
  const language = (await lineAccountsOf(sql, [lineUserId])).get(lineUserId)?.language ?? 'ja';
  if (outcome.failure) return { lineUserId, messages: [notLinkedMessage(language, purpose, outcome.failure)] };
  if (purpose === 'contractor') return { lineUserId, messages: [contractorLinkedMessage(language, deps.publicUrl)] };
  const link = (await loadUserLinksOf(sql, lineUserId)).find((each) => each.subscriptionId === attempt.targetId);
  return { lineUserId, messages: [userLinkedMessage(language, link?.lastFour ?? '')] };
}
