import type { Clock } from '../../base/clock.ts';
import type { Operator } from '../../base/operator.ts';
import type { PasswordHasher } from '../../infra/auth/password-hasher.ts';
import { type AuditEntry, type Db, inTransaction } from '../../infra/db/index.ts';
import type { Secrets } from '../../infra/secrets.ts';
import type { ChangeFeed } from './change-feed.ts';
import type { Subscription } from './subscription-store.ts';

/** Called in the transaction that creates subscriptions, with all that it creates. */
export type OpenedHook = (tx: Db, subscriptions: readonly Subscription[]) => Promise<unknown>;
/** Called in the transaction that changes who carries a subscription. */
export type SubscriptionHook = (tx: Db, subscription: Subscription) => Promise<unknown>;

export interface ActionDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly operator: Operator;
  readonly hasher: Pick<PasswordHasher, 'hash'>;
  /** `show` seals where contractors live. */
  readonly secrets: Pick<Secrets, 'show'>;
  readonly onSubscriptionsOpened: readonly OpenedHook[];
  readonly onUserChanged: SubscriptionHook;
  readonly changes: ChangeFeed;
}

export const provisioning: AuditEntry['actor'] = { kind: 'provisioning' };

/** In the caller's transaction when one is given, else in one of its own. */
export function within<Result>(db: Db, tx: Db | undefined, work: (tx: Db) => Promise<Result>): Promise<Result> {
  return tx ? work(tx) : inTransaction(db, work);
}

/** What became of the only one that was asked for. */
export function only<Result>(results: readonly Result[]): Result {
  const [result] = results;
  if (result === undefined) throw new Error('nothing became of it');
  return result;
}
