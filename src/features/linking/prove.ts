import type { Temporal } from 'temporal-polyfill';
import { audit, runnerOf, type SqlRunner } from '../../infra/db/index.ts';
import type { TryCheck } from '../../infra/db/try-limits.ts';
import { serviceState } from '../contractors/index.ts';
import { findPage, type OpenedPage, type PageHold, saveProven } from './attempts.ts';
import { type CodeRow, findLiveCode } from './code-store.ts';
import type { LinkCodes } from './codes.ts';
import type { LinkingDeps } from './deps.ts';
import { type ContractorLinkFault, contractorLinkFault } from './rules/contractor-link.ts';
import { linkCodeLimits } from './rules/limits.ts';
import { type LinkCode, parseLinkCode } from './rules/link-code.ts';
import { type FoundFacts, foundFault, type RedeemFault, typedFault } from './rules/redeem.ts';
import { decideRelink } from './rules/relink.ts';
import { loadContractorLinksOf, loadContractorLinksTo, loadUserLinksOf, loadUserLinksTo } from './store.ts';

export type ContractorProofFault =
  | 'page-expired'
  | 'opened-elsewhere'
  | 'wrong-id-or-password'
  | 'too-many-tries'
  | ContractorLinkFault;

/** Proven leads on to LINE's dialogue; a refusal says why and, where it ends by itself, when. */
export type Proof<Fault extends string> =
  | { readonly ok: true; readonly dialogueUrl: string }
  | { readonly ok: false; readonly code: Fault; readonly at?: Temporal.Instant };

/** Proves a contractor by login ID and password on a link page. */
export async function proveContractor(
  deps: LinkingDeps,
  request: { hold: PageHold | null; loginId: string; password: string; address: string },
): Promise<Proof<ContractorProofFault>> {
  const page = await findPage(deps, 'contractor', request.hold);
  if (page.kind === 'opened-elsewhere') return { ok: false, code: 'opened-elsewhere' };
  if (page.kind !== 'open' || !request.hold) return { ok: false, code: 'page-expired' };
  const { lineUserId } = page.attempt;
  const { loginId, password, address } = request;
  const signedIn = await deps.contractors.signIn({ loginId, password, address, lineUserId });
  if (!signedIn.ok) {
    return signedIn.code === 'too-many-tries' ? { ok: false, code: signedIn.code, at: signedIn.until } : signedIn;
  }
  const { contractorId } = signedIn.value;
  const sql = runnerOf(deps.db);
  const fault = await loadContractorLinkFault(deps, sql, { contractorId, lineUserId });
  if (fault) return { ok: false, code: fault };
  const proof = { attempt: page.attempt, hold: request.hold, targetId: contractorId, linkCodeId: null };
  const dialogueUrl = await saveProven(deps, proof);
  return dialogueUrl ? { ok: true, dialogueUrl } : { ok: false, code: 'page-expired' };
}

/** Loads the links on both sides and decides whether one more may be made. */
export async function loadContractorLinkFault(
  deps: LinkingDeps,
  sql: SqlRunner,
  link: { contractorId: string; lineUserId: string },
): Promise<ContractorLinkFault | undefined> {
  const [ofAccount, ofContractor] = [
    await loadContractorLinksOf(sql, link.lineUserId),
    await loadContractorLinksTo(sql, link.contractorId),
  ];
  return contractorLinkFault({
    ...link,
    lineAccountsOfContractor: ofContractor.map(({ lineUserId }) => lineUserId),
    contractorsOfLineAccount: ofAccount.map(({ contractorId }) => contractorId),
    limits: deps.operator.linking,
  });
}

/** Proves a subscription by its link code on a link page: typed right, tries left, then looked up. */
export async function proveUser(
  deps: LinkingDeps,
  codes: LinkCodes,
  request: { hold: PageHold | null; typed: string; address: string },
): Promise<Proof<RedeemFault>> {
  const page = await findPage(deps, 'user', request.hold);
  const typed = parseLinkCode(request.typed);
  const slip = typedFault({ page: stateOf(page), typed, triesUntil: null });
  if (slip || page.kind !== 'open' || !request.hold || typed.kind !== 'code') {
    return { ok: false, code: slip ?? 'page-expired' };
  }
  const { lineUserId } = page.attempt;
  const taken = await deps.limits.take(deps.db, triesOf(typed.code, lineUserId, request.address));
  if (!taken.ok) {
    return { ok: false, code: 'too-many-tries', at: taken.until };
  }
  for (const limit of taken.reached) if (ALARMING.has(limit)) await raise(deps, limit);

  const sql = runnerOf(deps.db);
  const found = await findLiveCode(sql, codes.lookupHashes(typed.code));
  const facts = await loadFoundFacts(deps, sql, found, lineUserId);
  const fault = foundFault(facts);
  // A right code is no try, even where the subscription cannot be linked with it.
  if (found) await deps.limits.giveBack(deps.db, taken.receipt);
  if (fault || !found) {
    return { ok: false, code: fault ?? 'unknown-or-superseded', ...(facts.opensAt ? { at: facts.opensAt } : {}) };
  }
  const { subscriptionId, linkCodeId } = found;
  const proof = { attempt: page.attempt, hold: request.hold, targetId: subscriptionId, linkCodeId };
  const dialogueUrl = await saveProven(deps, proof);
  return dialogueUrl ? { ok: true, dialogueUrl } : { ok: false, code: 'page-expired' };
}

function stateOf(page: OpenedPage): 'open' | 'expired' | 'opened-elsewhere' {
  return page.kind === 'open' || page.kind === 'opened-elsewhere' ? page.kind : 'expired';
}

/**
 * The facts about a code and an account. An unknown code takes the same statements with an id that is nobody's, so
 * that the time tells nothing.
 */
export async function loadFoundFacts(
  deps: LinkingDeps,
  sql: SqlRunner,
  found: CodeRow | null,
  lineUserId: string,
): Promise<FoundFacts & { opensAt?: Temporal.Instant }> {
  const subscriptionId = found?.subscriptionId ?? NOBODY;
  const subscription = (await deps.contractors.subscriptions(sql, [subscriptionId])).get(subscriptionId);
  const links = await loadUserLinksTo(sql, [subscriptionId]);
  const linksOfAccount = (await loadUserLinksOf(sql, lineUserId)).length;
  const { subscriptionsPerLineAccount: subscriptionsPerAccount, lineAccountsPerSubscription } = deps.operator.linking;
  if (!found || !subscription) return { code: null, linksOfAccount, subscriptionsPerAccount };
  const relink = decideRelink({
    links,
    lineUserId,
    codeIssuedAt: found.issuedAt,
    accountsPerSubscription: lineAccountsPerSubscription,
  });
  const state = serviceState(subscription, deps.clock.now());
  const opensAt = state === 'not-open' ? { opensAt: subscription.opensAt } : {};
  return { code: { serviceState: state, relink }, linksOfAccount, subscriptionsPerAccount, ...opensAt };
}

const NOBODY = '00000000-0000-7000-8000-000000000000';

function triesOf(code: LinkCode, lineUserId: string, address: string): TryCheck[] {
  return [
    { limit: linkCodeLimits.accountQuarter.limit, subject: lineUserId },
    { limit: linkCodeLimits.accountDay.limit, subject: lineUserId },
    { limit: linkCodeLimits.address.limit, subject: address },
    { limit: linkCodeLimits.everything.limit, subject: 'everybody' },
    { limit: linkCodeLimits.firstSix.limit, subject: code.slice(0, 6) },
  ];
}

const ALARMING = new Set<string>([linkCodeLimits.everything.limit.name, linkCodeLimits.firstSix.limit.name]);

/** Somebody may be guessing: recorded for the staff, without what was guessed. */
async function raise(deps: LinkingDeps, limit: string): Promise<void> {
  const entry = { actor: { kind: 'system' as const }, action: 'linking.guessing-suspected', detail: { limit } };
  await audit(runnerOf(deps.db), deps.clock.now(), entry);
}
