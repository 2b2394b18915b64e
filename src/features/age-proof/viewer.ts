import type { Clock } from '../../base/clock.ts';
import type { SqlRunner } from '../../infra/db/index.ts';
import { type Contractors, type Subscription, serviceState } from '../contractors/index.ts';
import type { Linking } from '../linking/index.ts';

/** Who looks: a contractor, a LINE account, or both in one browser. */
export interface Viewer {
  readonly contractorId: string | null;
  readonly lineUserId: string | null;
}

export interface ViewerDeps {
  readonly clock: Clock;
  readonly contractors: Pick<Contractors, 'subscriptions' | 'subscriptionsOf'>;
  readonly linking: Pick<Linking, 'userLinksOf' | 'contractorLinksOf'>;
}

/** A subscription that somebody may speak for, and by what right. */
export interface Own {
  readonly subscription: Subscription;
  readonly by: 'line-account' | 'contractor';
}

/** The subscriptions in service that a viewer may speak for: linked to the LINE account, or of the contractor. */
export async function ownSubscriptions(deps: ViewerDeps, sql: SqlRunner, viewer: Viewer): Promise<readonly Own[]> {
  const now = deps.clock.now();
  const links = viewer.lineUserId ? await deps.linking.userLinksOf(sql, viewer.lineUserId) : [];
  const linked = await deps.contractors.subscriptions(
    sql,
    links.map((link) => link.subscriptionId),
  );
  const ofContract = viewer.contractorId ? await deps.contractors.subscriptionsOf(sql, viewer.contractorId) : [];
  const own = [
    ...[...linked.values()].map((subscription): Own => ({ subscription, by: 'line-account' })),
    ...ofContract
      .filter(({ subscriptionId }) => !linked.has(subscriptionId))
      .map((subscription): Own => ({ subscription, by: 'contractor' })),
  ];
  return own.filter(({ subscription }) => serviceState(subscription, now) === 'in-service');
}

/** All subscriptions whose consents and answers a viewer may see, those that ended included. */
export async function seenSubscriptions(
  deps: ViewerDeps,
  sql: SqlRunner,
  viewer: Viewer,
): Promise<ReadonlyMap<string, Subscription>> {
  const links = viewer.lineUserId ? await deps.linking.userLinksOf(sql, viewer.lineUserId) : [];
  const linked = await deps.contractors.subscriptions(
    sql,
    links.map((link) => link.subscriptionId),
  );
  const ofContract = viewer.contractorId ? await deps.contractors.subscriptionsOf(sql, viewer.contractorId) : [];
  return new Map([...linked.values(), ...ofContract].map((each) => [each.subscriptionId, each]));
}
