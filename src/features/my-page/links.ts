import type { Temporal } from 'temporal-polyfill';
import { runnerOf } from '../../infra/db/index.ts';
import type { Session } from '../../infra/http/session.ts';
import type { Subscription } from '../contractors/index.ts';
import type { MyPageDeps } from './needs.ts';

interface Linked {
  /** Names the link in an address: no page takes a LINE user id from a browser. */
  readonly linkId: string;
  readonly lineUserId: string;
  readonly displayName: string | null;
  readonly linkedAt: Temporal.Instant;
}

export type LinkView =
  | (Linked & { readonly kind: 'contractor'; readonly contractorId: string })
  | (Linked & { readonly kind: 'user'; readonly subscription: Subscription });

/**
 * The links a person may see and undo: a contractor all those of the contract and its subscriptions, a LINE account its
 * own user links.
 */
export async function loadLinks(deps: MyPageDeps, session: Session): Promise<LinkView[]> {
  const sql = runnerOf(deps.db);
  const { contractorId, lineUserId } = session;
  const [ofContractor, owned, own] = await Promise.all([
    contractorId ? deps.linking.lineAccountsOfContractor(sql, contractorId) : [],
    contractorId ? deps.contractors.subscriptionsOf(sql, contractorId) : [],
    lineUserId ? deps.linking.userLinksOf(sql, lineUserId) : [],
  ]);
  const linked = await deps.linking.lineAccountsLinkedTo(
    sql,
    owned.map((subscription) => subscription.subscriptionId),
  );
  const ofOwned = [...linked.values()].flat();
  const userLinks = [...ofOwned, ...own.filter((link) => !ofOwned.some((each) => each.userLinkId === link.userLinkId))];
  const [subscriptions, names] = await Promise.all([
    deps.contractors.subscriptions(
      sql,
      userLinks.map((link) => link.subscriptionId),
    ),
    deps.lineAccountsOf(
      sql,
      [...ofContractor, ...userLinks].map((link) => link.lineUserId),
    ),
  ]);
  const nameOf = (account: string) => names.get(account)?.displayName ?? null;
  return [
    ...ofContractor.map(
      ({ contractorLinkId, ...link }): LinkView => ({
        kind: 'contractor',
        linkId: contractorLinkId,
        contractorId: link.contractorId,
        lineUserId: link.lineUserId,
        displayName: nameOf(link.lineUserId),
        linkedAt: link.linkedAt,
      }),
    ),
    ...userLinks.flatMap(({ userLinkId, subscriptionId, lineUserId, linkedAt }): LinkView[] => {
      const subscription = subscriptions.get(subscriptionId);
      const displayName = nameOf(lineUserId);
      return subscription
        ? [{ kind: 'user', linkId: userLinkId, subscription, lineUserId, displayName, linkedAt }]
        : [];
    }),
  ];
}
