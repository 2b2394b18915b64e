import type { Temporal } from 'temporal-polyfill';
import { audit, runnerOf, type SqlRunner } from '../../infra/db/index.ts';
import type { TryCheck } from '../../infra/db/try-limits.ts';
import { serviceState } from '../contractors/index.ts';
import { findPage, type OpenedPage, type PageHold, saveProven } from './attempts.ts';
import { type CodeRow, findLiveCode } from './code-store.ts';
import type { LinkCodes } from './codes.ts';
import type { LinkingDeps } from './deps.ts';
import { linkCodeLimits } from './rules/limits.ts';
import { type LinkCode, parseLinkCode } from './rules/link-code.ts';
import { type FoundFacts, foundFault, type RedeemFault, type TypedFault, typedFault } from './rules/redeem.ts';
import { decideRelink } from './rules/relink.ts';
import { loadUserLinksOf, loadUserLinksTo } from './store.ts';

/** Proven leads on to LINE's dialogue; a refusal says why and, where it ends by itself, when. */
export type Proof<Fault extends string> =
  | { readonly ok: true; readonly dialogueUrl: string }
  | { readonly ok: false; readonly code: Fault; readonly at?: Temporal.Instant };

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
  const tried = await tryCode(deps, codes, { code: typed.code, guesser: lineUserId, address: request.address });
  if (!tried.ok) return tried;
  const { found } = tried;
  const sql = runnerOf(deps.db);
  const facts = await loadFoundFacts(deps, sql, found, lineUserId);
  const fault = foundFault(facts);
  if (fault || !found) {
    return { ok: false, code: fault ?? 'unknown-or-superseded', ...(facts.opensAt ? { at: facts.opensAt } : {}) };
  }
  const { subscriptionId, linkCodeId } = found;
  const proof = { attempt: page.attempt, hold: request.hold, targetId: subscriptionId, linkCodeId, provenBy: null };
  const dialogueUrl = await saveProven(deps, proof);
  return dialogueUrl ? { ok: true, dialogueUrl } : { ok: false, code: 'page-expired' };
}

export type CodeProofFault = Exclude<TypedFault, 'page-expired' | 'opened-elsewhere'> | CodeFault;
type CodeFault = 'unknown-or-superseded' | 'not-open-yet' | 'ended';

/**
 * The subscription that a typed link code names, for who proves themself without linking: under the same limits, with
 * the same words. `guesser` is counted like a LINE account: that account, or else what else is known of the visitor.
 */
export async function subscriptionOfCode(
  deps: LinkingDeps,
  codes: LinkCodes,
  request: { typed: string; guesser: string; address: string },
): Promise<
  | { readonly ok: true; readonly subscriptionId: string }
  | { readonly ok: false; readonly code: CodeProofFault; readonly at?: Temporal.Instant }
> {
  const typed = parseLinkCode(request.typed);
  if (typed.kind !== 'code') return { ok: false, code: typed.kind };
  const tried = await tryCode(deps, codes, { ...request, code: typed.code });
  if (!tried.ok) return tried;
  const subscriptionId = tried.found?.subscriptionId ?? NOBODY;
  const subscription = (await deps.contractors.subscriptions(runnerOf(deps.db), [subscriptionId])).get(subscriptionId);
  if (!tried.found || !subscription) return { ok: false, code: 'unknown-or-superseded' };
  const state = serviceState(subscription, deps.clock.now());
  if (state === 'not-open') return { ok: false, code: 'not-open-yet', at: subscription.opensAt };
  return state === 'ended' ? { ok: false, code: 'ended' } : { ok: true, subscriptionId };
}

/** Counts the try before the look-up; a right code is no try, even where the subscription is of no use. */
async function tryCode(
  deps: LinkingDeps,
  codes: LinkCodes,
  { code, guesser, address }: { code: LinkCode; guesser: string; address: string },
): Promise<
  | { readonly ok: true; readonly found: CodeRow | null }
  | { readonly ok: false; readonly code: 'too-many-tries'; readonly at: Temporal.Instant }
> {
  const taken = await deps.limits.take(deps.db, triesOf(code, guesser, address));
  if (!taken.ok) return { ok: false, code: 'too-many-tries', at: taken.until };
  for (const limit of taken.reached) if (ALARMING.has(limit)) await raise(deps, limit);
  const found = await findLiveCode(runnerOf(deps.db), codes.lookupHashes(code));
  if (found) await deps.limits.giveBack(deps.db, taken.receipt);
  return { ok: true, found };
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

function triesOf(code: LinkCode, guesser: string, address: string): TryCheck[] {
  return [
    { limit: linkCodeLimits.accountQuarter.limit, subject: guesser },
    { limit: linkCodeLimits.accountDay.limit, subject: guesser },
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
