import type { Temporal } from 'temporal-polyfill';
import { plainArray } from '../../infra/db/array-text.ts';
import { type Db, inTransaction, runnerOf } from '../../infra/db/index.ts';
import type { Job } from '../../infra/jobs/jobs.ts';

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

/**
 * The port to the operator's network: in an operator's house an HTTP call signed as Standard Webhooks describe, with
 * `id` as its `webhook-id`. Events come in order, each at least once; throwing has it come again.
 */
export interface Network {
  tell(event: NetworkEvent): Promise<void>;
}

/** A network that does what it is told without anything to slow down; the events stay in `network_event`. */
export const simulatedNetwork: Network = { tell: () => Promise.resolve() };

const PORTION = 200;

/** Delivers what the network has not been told, oldest first. */
export function deliverNetworkEvents({ db, network }: { db: Db; network: Network }): Job {
  return {
    name: 'data.network-events',
    everySeconds: 2,
    async run(now) {
      let done = 0;
      for (;;) {
        const count = await inTransaction(db, (tx) => deliverPortion(tx, network, now));
        done += count;
        if (count < PORTION) return done;
      }
    },
  };
}

async function deliverPortion(tx: Db, network: Network, now: Temporal.Instant): Promise<number> {
  const sql = runnerOf(tx);
  const events = await sql.query<NetworkEvent>(
    `select network_event_id as id, type, subscription_id as "subscriptionId", at, payload from network_event
     where state = 'waiting' order by position limit ${PORTION} for update`,
  );
  for (const event of events) await network.tell(event);
  if (events.length === 0) return 0;
  await sql.query(
    `update network_event set state = 'delivered', delivered_at = $2 where network_event_id = any($1::uuid[])`,
    [plainArray(events.map(({ id }) => id)), now.toString()],
  );
  return events.length;
}
