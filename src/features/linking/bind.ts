import { newId } from '../../base/ids.ts';
import { audit, type Db, runnerOf, type SqlRunner } from '../../infra/db/index.ts';
import { refreshMenu } from '../official-account/index.ts';
import { loadLiveCode, lockSubscription } from './code-store.ts';
import type { LinkingDeps } from './deps.ts';
import { noteLink } from './note-link.ts';
import { concernedBy, displayNameOf, subscriptionLabel, tell } from './notices.ts';
import { loadFoundFacts } from './prove.ts';
import { loadContractorLinkFault } from './prove-contractor.ts';
import { countsFrom } from './rules/contractor-link.ts';
import { foundFault } from './rules/redeem.ts';
import { insertContractorLink, insertUserLink, loadLinkState, lockContractor, lockLineAccount } from './store.ts';
import type { BindFailure } from './text.ts';
import { undoUserLinks } from './unlink.ts';

/**
 * Binds something to a LINE account. The account first, then the contract: everybody takes these locks in this order. Where it
 * was bound the person's menu follows.
 */
export async function bindAccount(
  deps: LinkingDeps,
  sql: SqlRunner,
  lineUserId: string,
  work: () => Promise<BindFailure | null> | BindFailure,
): Promise<BindFailure | null> {
  await lockLineAccount(sql, lineUserId);
  const failure = await work();
  if (failure === null) {
    await refreshMenu(sql, deps.clock.now(), lineUserId, await loadLinkState(sql, lineUserId));
  }
  return failure;
}

/** Whom a LINE account that is known to be the applicant's is linked to. */
export interface OwnLinks {
  readonly lineUserId: string;
  /** Null where the contractor was there before the application. */
  readonly contractorId: string | null;
  /** Null where somebody else carries the phone. */
  readonly subscriptionId: string | null;
}

/**
 * Makes both links for the LINE account that applied for the subscription. LINE's dialogue is not asked: it proves that the
 * browser belongs to the account, and here there is no browser; the tap is a signed webhook of the account to which the order has
 * been bound since it was sent. Answers why a link was not made, null where it was.
 */
export async function linkApplicant(
  deps: LinkingDeps,
  tx: Db,
  { lineUserId, contractorId, subscriptionId }: OwnLinks,
): Promise<{ contractor: BindFailure | null; user: BindFailure | null }> {
  const sql = runnerOf(tx);
  const contractor =
    contractorId === null
      ? null
      : await bindAccount(deps, sql, lineUserId, () =>
          bindContractor(deps, sql, { lineUserId, contractorId, isProven: true }),
        );
  const user =
    subscriptionId === null
      ? null
      : await bindAccount(deps, sql, lineUserId, async () => {
          const live = await loadLiveCode(sql, { subscriptionId });
          return bindUser(deps, sql, { lineUserId, subscriptionId, linkCodeId: live?.linkCodeId ?? null });
        });
  return { contractor, user };
}

/** Makes a contractor link, with its record and notices, or answers why not. The account's lock is held. */
export async function bindContractor(
  deps: LinkingDeps,
  sql: SqlRunner,
  { lineUserId, contractorId, isProven }: { lineUserId: string; contractorId: string; isProven: boolean },
): Promise<BindFailure | null> {
  await lockContractor(sql, contractorId);
  const fault = await loadContractorLinkFault(deps, sql, { contractorId, lineUserId });
  if (fault) return fault;
  const now = deps.clock.now();
  const contractorLinkId = newId();
  const { hoursUntilProof } = deps.operator.linking;
  const counts = countsFrom({ linkedAt: now, isProven, hoursUntilProof });
  await insertContractorLink(sql, { contractorLinkId, contractorId, lineUserId, linkedAt: now, countsFrom: counts });
  const actor = { kind: 'line-account' as const, id: lineUserId };
  await audit(sql, now, { actor, action: 'linking.contractor-linked', contractorId, detail: { lineUserId } });
  await noteLink(deps, sql, now, { type: 'link.made', kind: 'contractor', linkId: contractorLinkId, contractorId });
  const who = await displayNameOf(sql, lineUserId);
  await tell(sql, now, {
    to: await concernedBy(sql, { contractorId }),
    except: [lineUserId],
    cause: `contractor-linked:${contractorLinkId}`,
    phone: deps.operator.support.phone,
    words: (notices, t) => notices.contractorLinked(who ?? t.somebody),
  });
  const cause = `line-linked:${contractorLinkId}`;
  await deps.onContractorLink(sql, { contractorId, kind: 'line-linked', name: who, cause });
  return null;
}

/** Makes a user link with a live code, with its record and notices, or answers why not. The account's lock is held. */
export async function bindUser(
  deps: LinkingDeps,
  sql: SqlRunner,
  { lineUserId, subscriptionId, linkCodeId }: { lineUserId: string; subscriptionId: string; linkCodeId: string | null },
): Promise<BindFailure | null> {
  if (!(await lockSubscription(sql, { subscriptionId }))) return 'unknown-or-superseded';
  const live = await loadLiveCode(sql, { subscriptionId });
  const code = live?.linkCodeId === linkCodeId ? live : null;
  const facts = await loadFoundFacts(deps, sql, code, lineUserId);
  const fault = foundFault(facts);
  if (fault || !code || facts.code?.relink.kind !== 'link') return fault ?? 'unknown-or-superseded';

  const now = deps.clock.now();
  const actor = { kind: 'line-account' as const, id: lineUserId };
  for (const replaced of facts.code.relink.replaces) {
    await undoUserLinks(deps, sql, now, { match: { subscriptionId, lineUserId: replaced }, from: 'replaced', actor });
  }
  const userLinkId = newId();
  await insertUserLink(sql, { userLinkId, subscriptionId, lineUserId, linkCodeId: code.linkCodeId, linkedAt: now });
  const { contractorId } = code;
  await audit(sql, now, { actor, action: 'linking.user-linked', contractorId, subscriptionId, detail: { lineUserId } });
  const made = { type: 'link.made', kind: 'user', linkId: userLinkId, contractorId, subscriptionId } as const;
  await noteLink(deps, sql, now, made);
  const subscription = (await deps.contractors.subscriptions(sql, [subscriptionId])).get(subscriptionId);
  const who = await displayNameOf(sql, lineUserId);
  await tell(sql, now, {
    to: await concernedBy(sql, { contractorId, subscriptionId }),
    except: [lineUserId],
    cause: `user-linked:${userLinkId}`,
    phone: deps.operator.support.phone,
    words: (notices, t, language) => notices.userLinked(subscriptionLabel(subscription, language), who ?? t.somebody),
  });
  return null;
}
