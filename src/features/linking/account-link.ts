import { newId } from '../../base/ids.ts';
import { audit, inTransaction, runnerOf, type SqlRunner } from '../../infra/db/index.ts';
import type { AccountLinkResult, Message } from '../../infra/line/talk.ts';
import { digest } from '../../infra/secrets.ts';
import { lineAccountsOf, refreshMenu } from '../official-account/index.ts';
import { type Attempt, endAttempt, lockAttemptByNonce } from './attempt-store.ts';
import { contractorLinkedMessage, notLinkedMessage, userLinkedMessage } from './chat-messages.ts';
import { loadLiveCode, lockSubscription } from './code-store.ts';
import type { LinkingDeps } from './deps.ts';
import { concernedBy, displayNameOf, subscriptionLabel, tell } from './notices.ts';
import { loadFoundFacts } from './prove.ts';
import { loadContractorLinkFault } from './prove-contractor.ts';
import { decideReport } from './rules/attempt.ts';
import { countsFrom } from './rules/contractor-link.ts';
import { foundFault } from './rules/redeem.ts';
import {
  insertContractorLink,
  insertUserLink,
  loadLinkState,
  loadUserLinksOf,
  lockContractor,
  lockLineAccount,
} from './store.ts';
import { type BindFailure, isBindFailure } from './text.ts';
import { undoUserLinks } from './unlink.ts';

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

/** The account first, then the contract: everybody takes these locks in this order. */
async function bind(deps: LinkingDeps, sql: SqlRunner, attempt: Attempt): Promise<Outcome> {
  await lockLineAccount(sql, attempt.lineUserId);
  const isContractor = attempt.purpose === 'contractor';
  const outcome = isContractor ? await bindContractor(deps, sql, attempt) : await bindUser(deps, sql, attempt);
  if (outcome.state === 'linked') {
    await refreshMenu(sql, deps.clock.now(), attempt.lineUserId, await loadLinkState(sql, attempt.lineUserId));
  }
  return outcome;
}

async function bindContractor(deps: LinkingDeps, sql: SqlRunner, attempt: Attempt): Promise<Outcome> {
  const { lineUserId, targetId: contractorId } = attempt;
  if (!contractorId) return refused('nonce-expired');
  await lockContractor(sql, contractorId);
  const fault = await loadContractorLinkFault(deps, sql, { contractorId, lineUserId });
  if (fault) return refused(fault);
  const now = deps.clock.now();
  const contractorLinkId = newId();
  const { hoursUntilProof } = deps.operator.linking;
  const counts = countsFrom({ linkedAt: now, isProven: attempt.provenBy !== null, hoursUntilProof });
  await insertContractorLink(sql, { contractorLinkId, contractorId, lineUserId, linkedAt: now, countsFrom: counts });
  const actor = { kind: 'line-account' as const, id: lineUserId };
  await audit(sql, now, { actor, action: 'linking.contractor-linked', contractorId, detail: { lineUserId } });
  const who = await displayNameOf(sql, lineUserId);
  await tell(sql, now, {
    to: await concernedBy(sql, { contractorId }),
    except: [lineUserId],
    cause: `contractor-linked:${contractorLinkId}`,
    phone: deps.operator.support.phone,
    words: (notices, t) => notices.contractorLinked(who ?? t.somebody),
  });
  const cause = `line-linked:${contractorLinkId}`;
  await deps.onContractorLink?.(sql, { contractorId, kind: 'line-linked', name: who, cause });
  return linked;
}

async function bindUser(deps: LinkingDeps, sql: SqlRunner, attempt: Attempt): Promise<Outcome> {
  const { lineUserId, targetId: subscriptionId } = attempt;
  if (!subscriptionId || !(await lockSubscription(sql, { subscriptionId }))) return refused('unknown-or-superseded');
  const live = await loadLiveCode(sql, { subscriptionId });
  const code = live?.linkCodeId === attempt.linkCodeId ? live : null;
  const facts = await loadFoundFacts(deps, sql, code, lineUserId);
  const fault = foundFault(facts);
  if (fault || !code || facts.code?.relink.kind !== 'link') return refused(fault ?? 'unknown-or-superseded');

  const now = deps.clock.now();
  const actor = { kind: 'line-account' as const, id: lineUserId };
  for (const replaced of facts.code.relink.replaces) {
    await undoUserLinks(deps, sql, now, { match: { subscriptionId, lineUserId: replaced }, from: 'replaced', actor });
  }
  const userLinkId = newId();
  await insertUserLink(sql, { userLinkId, subscriptionId, lineUserId, linkCodeId: code.linkCodeId, linkedAt: now });
  const { contractorId } = code;
  await audit(sql, now, { actor, action: 'linking.user-linked', contractorId, subscriptionId, detail: { lineUserId } });
  const subscription = (await deps.contractors.subscriptions(sql, [subscriptionId])).get(subscriptionId);
  const who = await displayNameOf(sql, lineUserId);
  await tell(sql, now, {
    to: await concernedBy(sql, { contractorId, subscriptionId }),
    except: [lineUserId],
    cause: `user-linked:${userLinkId}`,
    phone: deps.operator.support.phone,
    words: (notices, t, language) => notices.userLinked(subscriptionLabel(subscription, language), who ?? t.somebody),
  });
  return linked;
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
