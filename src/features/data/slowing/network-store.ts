import type { Temporal } from 'temporal-polyfill';
import { plainArray } from '../../../infra/db/array-text.ts';
import type { SqlRunner } from '../../../infra/db/index.ts';
import { isUntoldSql } from '../../../infra/outside/untold-store.ts';

/** Something the network is to do. */
export interface NetworkEvent {
  /** The same however often it is delivered: whoever has seen it does nothing. */
  readonly id: string;
  readonly type: 'data.throttle.set' | 'data.throttle.lifted';
  readonly subscriptionId: string;
  readonly at: Temporal.Instant;
  /** Of `data.throttle.set`: `kbps`, and `until` (exclusive, ISO 8601). */
  readonly payload: unknown;
}

const WAITING = `network_event_id as id, type, subscription_id as "subscriptionId", at, payload`;

/** What the network has not been told, oldest first, but of subscriptions of which something is to be told again. */
export function waitingEvents(sql: SqlRunner, limit: number): Promise<readonly NetworkEvent[]> {
  return sql.query<NetworkEvent>(
    `select ${WAITING} from network_event
     where state = 'waiting' and not ${isUntoldSql('network', 'subscription_id')} order by position limit $1`,
    [limit],
  );
}

/** What the network has not been told of these subscriptions, of each its oldest. */
export function waitingEventsOf(
  sql: SqlRunner,
  subscriptionIds: readonly string[],
  limitEach: number,
): Promise<readonly NetworkEvent[]> {
  return sql.query<NetworkEvent>(
    `select ${WAITING} from unnest($1::uuid[]) as subscription (id) cross join lateral (
       select * from network_event where state = 'waiting' and subscription_id = subscription.id
       order by position limit $2) event
     order by position`,
    [plainArray(subscriptionIds), limitEach],
  );
}

/** Notes that the network has been told. */
export async function markDelivered(
  sql: SqlRunner,
  events: readonly NetworkEvent[],
  now: Temporal.Instant,
): Promise<void> {
  if (events.length === 0) return;
  await sql.query(
    `update network_event set state = 'delivered', delivered_at = $2 where network_event_id = any($1::uuid[])`,
    [plainArray(events.map(({ id }) => id)), now.toString()],
  );
}
