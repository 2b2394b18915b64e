import type { Temporal } from 'temporal-polyfill';
import { runnerOf } from '../../infra/db/index.ts';
import {
  type Contractor,
  type Home,
  type ServiceState,
  type Subscription,
  serviceState,
  type WaitingEmail,
} from '../contractors/index.ts';
import type { Balance } from '../data/index.ts';
import type { CustomersDeps } from './deps.ts';
import { type CustomerEvent, loadEvents } from './store.ts';

const EVENTS = 20;

/** A LINE account and since when it is linked; null where LINE has not told its name. */
export interface LinkedAccount {
  readonly displayName: string | null;
  readonly linkedAt: Temporal.Instant;
}

export interface SubscriptionView {
  readonly subscription: Subscription;
  readonly state: ServiceState;
  readonly balance: Balance;
  /** Exclusive; null while it is not slowed. */
  readonly slowedUntil: Temporal.Instant | null;
  readonly links: readonly LinkedAccount[];
}

/** What staff see of a customer. Nothing secret is in it: no code, no password. */
export interface CustomerView {
  readonly contractor: Contractor;
  /** Null where it is not known. */
  readonly home: Home | null;
  /** A mail address that waits for the code which was sent there. */
  readonly waitingEmail: WaitingEmail | null;
  readonly links: readonly LinkedAccount[];
  readonly subscriptions: readonly SubscriptionView[];
  readonly events: readonly CustomerEvent[];
}

/** Null when there is no such contractor. */
export async function loadCustomer(deps: CustomersDeps, contractorId: string): Promise<CustomerView | null> {
  const { contractors, linking, data } = deps;
  const sql = runnerOf(deps.db);
  const now = deps.clock.now();
  const contractor = await contractors.contractor(sql, contractorId);
  if (contractor === null) return null;
  const subscriptions = await contractors.subscriptionsOf(sql, contractorId);
  const subscriptionIds = subscriptions.map(({ subscriptionId }) => subscriptionId);
  const [home, waitingEmail, contractorLinks, userLinks, balances, slowed, events] = await Promise.all([
    contractors.homeOf(sql, contractorId),
    contractors.waitingEmail(sql, contractorId),
    linking.lineAccountsOfContractor(sql, contractorId),
    linking.lineAccountsLinkedTo(sql, subscriptionIds),
    data.balances(sql, subscriptionIds, now),
    data.slowedUntil(sql, subscriptionIds, now),
    loadEvents(sql, { contractorId, subscriptionIds }, EVENTS),
  ]);
  const accounts = await deps.lineAccountsOf(
    sql,
    [...contractorLinks, ...[...userLinks.values()].flat()].map(({ lineUserId }) => lineUserId),
  );
  const named = ({ lineUserId, linkedAt }: { lineUserId: string; linkedAt: Temporal.Instant }): LinkedAccount => ({
    displayName: accounts.get(lineUserId)?.displayName ?? null,
    linkedAt,
  });
  const views = subscriptions.flatMap((subscription, index): SubscriptionView[] => {
    const { subscriptionId } = subscription;
    const balance = balances[index];
    if (balance === undefined) return [];
    const links = (userLinks.get(subscriptionId) ?? []).map(named);
    const state = serviceState(subscription, now);
    return [{ subscription, state, balance, slowedUntil: slowed.get(subscriptionId) ?? null, links }];
  });
  return { contractor, home, waitingEmail, links: contractorLinks.map(named), subscriptions: views, events };
}
