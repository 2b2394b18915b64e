import type { Temporal } from 'temporal-polyfill';
import { runnerOf } from '../../infra/db/index.ts';
import type { Session } from '../../infra/http/session.ts';
import type { Subscription } from '../contractors/index.ts';
import { lineAccountsOf } from '../official-account/index.ts';
import { accountRef } from './account-ref.ts';
import type { MyPageDeps } from './needs.ts';

interface Linked {
  /** Names the link in an address; fits nothing else and tells nothing. */
  readonly ref: string;
  readonly lineUserId: string;
  readonly displayName: string | null;
  readonly linkedAt: Temporal.Instant;
}

export type LinkView =
  | (Linked & { readonly kind: 'contractor'; readonly contractorId: string })
  | (Linked & { readonly kind: 'user'; readonly subscription: Subscription });

/**
 * The links a person may see and undo: as contractor all those of the contract and its subscriptions, with a LINE
 * account that account's own user links.
 */
export async function loadLinks(deps: MyPageDeps, session: Session): Promise<LinkView[]> {
  const sql = runnerOf(deps.db);
  const { contractorId, lineUserId } = session;
  const [ofContractor, owned, own] = await Promise.all([
    contractorId ? deps.linking.lineAccountsOfContractor(sql, contractorId) : [],
    contractorId ? deps.contractors.subscriptionsOf(sql, contractorId) : [],
    lineUserId ? deps.linking.userLinksOf(sql, lineUserId) : [],
  ]);
  const ownedIds = owned.map((subscription) => subscription.subscriptionId);
  const foreign = own.filter((link) => !ownedIds.includes(link.subscriptionId));
  const [linked, others] = await Promise.all([
    deps.linking.lineAccountsLinkedTo(sql, ownedIds),
    deps.contractors.subscriptions(
      sql,
      foreign.map((link) => link.subscriptionId),
    ),
  ]);
  const ref = (where: string, account: string) => accountRef(deps.tokens, where, account);
  const bare: LinkView[] = [
    ...(contractorId ? ofContractor : []).map(
      (link): LinkView => ({
        kind: 'contractor',
        contractorId: contractorId ?? '',
        ref: ref(contractorId ?? '', link.lineUserId),
        lineUserId: link.lineUserId,
        displayName: null,
        linkedAt: link.linkedAt,
      }),
    ),
    ...owned.flatMap((subscription) =>
      (linked.get(subscription.subscriptionId) ?? []).map((link) => userLink(subscription, link)),
    ),
    ...foreign.flatMap((link) => {
      const subscription = others.get(link.subscriptionId);
      return subscription && lineUserId ? [userLink(subscription, { ...link, lineUserId })] : [];
    }),
  ];
  const names = await lineAccountsOf(
    sql,
    bare.map((link) => link.lineUserId),
  );
  return bare.map((link) => ({ ...link, displayName: names.get(link.lineUserId)?.displayName ?? null }));

  function userLink(subscription: Subscription, link: { lineUserId: string; linkedAt: Temporal.Instant }): LinkView {
    return {
      kind: 'user',
      subscription,
      ref: ref(subscription.subscriptionId, link.lineUserId),
      lineUserId: link.lineUserId,
      displayName: null,
      linkedAt: link.linkedAt,
    };
  }
}
