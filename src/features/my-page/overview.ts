import type { Temporal } from 'temporal-polyfill';
import { lastDayBefore } from '../../base/operator-month.ts';
import { runnerOf } from '../../infra/db/index.ts';
import type { Session } from '../../infra/http/session.ts';
import type { Leaving } from '../billing/index.ts';
import { type ServiceState, type Subscription, serviceState } from '../contractors/index.ts';
import type { Balance } from '../data/index.ts';
import type { MyPageDeps } from './needs.ts';

export interface SubscriptionView {
  readonly subscription: Subscription;
  readonly state: ServiceState;
  /** Only while in service. */
  readonly balance: Balance | null;
  readonly hasUserLink: boolean;
  /** The signed-in LINE account itself is linked to it, so it may give data from it. */
  readonly isOwnLink: boolean;
  /** A contractor's own, asked to end or to go to another operator. */
  readonly leaving: Leaving | null;
}

export interface Overview {
  /** The contractor's name, or null when only a LINE account is signed in. */
  readonly contractorName: string | null;
  readonly subscriptions: readonly SubscriptionView[];
  /** Other contractors this LINE account may act for. */
  readonly otherContractors: readonly { contractorId: string; name: string }[];
  readonly isLinkedToLine: boolean;
  /** Money at a glance: a contractor's, while it does not rest. */
  readonly money: {
    readonly soFarYen: number;
    /** ISO days: when the bill is closed, and the last one of the points there are. */
    readonly closesOn: string;
    readonly points: number;
    readonly pointsLastDay: string | null;
  } | null;
}

/** Everything the top page shows: a contractor's own subscriptions, else those the LINE account is linked to. */
export async function loadOverview(deps: MyPageDeps, session: Session): Promise<Overview> {
  const sql = runnerOf(deps.db);
  const now = deps.clock.now();
  const { contractorId, lineUserId } = session;
  const [contractor, subscriptions, otherContractors, accounts, money] = await Promise.all([
    contractorId ? deps.contractors.contractor(sql, contractorId) : null,
    contractorId ? deps.contractors.subscriptionsOf(sql, contractorId) : linkedSubscriptions(deps, lineUserId),
    lineUserId ? loadOthers(deps, lineUserId, contractorId) : [],
    contractorId ? deps.linking.lineAccountsOfContractor(sql, contractorId) : [],
    contractorId && !session.isRested ? loadMoney(deps, contractorId) : null,
  ]);
  const ids = subscriptions.map((subscription) => subscription.subscriptionId);
  const [linked, leaving] = await Promise.all([
    deps.linking.lineAccountsLinkedTo(sql, ids),
    contractorId ? deps.billing.leaving(sql, ids) : null,
  ]);
  const states = new Map(subscriptions.map((each) => [each.subscriptionId, serviceState(each, now)]));
  const inService = ids.filter((id) => states.get(id) === 'in-service');
  const balances = await deps.data.balances(sql, inService, now);
  const views = subscriptions.map(
    (subscription): SubscriptionView => ({
      subscription,
      state: states.get(subscription.subscriptionId) ?? 'ended',
      balance: balances.find((balance) => balance.subscriptionId === subscription.subscriptionId) ?? null,
      hasUserLink: linked.has(subscription.subscriptionId),
      isOwnLink: linked.get(subscription.subscriptionId)?.some((link) => link.lineUserId === lineUserId) ?? false,
      leaving: leaving?.get(subscription.subscriptionId) ?? null,
    }),
  );
  return {
    contractorName: contractor?.name ?? null,
    subscriptions: views.filter((view) => isWorthShowing(view, now)),
    otherContractors,
    isLinkedToLine: accounts.length > 0,
    money,
  };
}

async function loadMoney(deps: MyPageDeps, contractorId: string): Promise<Overview['money']> {
  const sql = runnerOf(deps.db);
  const [soFar, { points, end }] = await Promise.all([
    deps.billing.soFar(sql, contractorId),
    deps.points.balanceOf(sql, contractorId),
  ]);
  const pointsLastDay = end && lastDayBefore(end, deps.operator.timeZone);
  return { soFarYen: soFar.totalYen, closesOn: soFar.closesOn, points, pointsLastDay };
}

/** What ended more than three months ago is only in the contract information. */
function isWorthShowing({ subscription, state }: SubscriptionView, now: Temporal.Instant): boolean {
  if (state !== 'ended' || !subscription.endedAt) return true;
  return now.epochMilliseconds - subscription.endedAt.epochMilliseconds < 92 * 86_400_000;
}

async function linkedSubscriptions(deps: MyPageDeps, lineUserId: string | null): Promise<Subscription[]> {
  if (!lineUserId) return [];
  const sql = runnerOf(deps.db);
  const links = await deps.linking.userLinksOf(sql, lineUserId);
  const ids = links.map((link) => link.subscriptionId);
  return [...(await deps.contractors.subscriptions(sql, ids)).values()];
}

async function loadOthers(deps: MyPageDeps, lineUserId: string, present: string | null) {
  const sql = runnerOf(deps.db);
  const links = await deps.linking.contractorLinksOf(sql, lineUserId);
  const others = await Promise.all(
    links
      .filter((link) => link.contractorId !== present)
      .map((link) => deps.contractors.contractor(sql, link.contractorId)),
  );
  return others.flatMap((contractor) =>
    contractor ? [{ contractorId: contractor.contractorId, name: contractor.name }] : [],
  );
}
