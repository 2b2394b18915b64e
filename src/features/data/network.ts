import type { Temporal } from 'temporal-polyfill';
import { type Db, inTransaction, runnerOf } from '../../infra/db/index.ts';
import type { Job } from '../../infra/jobs/jobs.ts';
import { inPortions } from '../../infra/jobs/portions.ts';
import { lockWaitingEvents, markDelivered, type NetworkEvent } from './network-store.ts';

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
      return inPortions(PORTION, () => inTransaction(db, (tx) => deliverPortion(tx, network, now)));
    },
  };
}

async function deliverPortion(tx: Db, network: Network, now: Temporal.Instant): Promise<number> {
  const sql = runnerOf(tx);
  const events = await lockWaitingEvents(sql, PORTION);
  for (const event of events) await network.tell(event);
  await markDelivered(sql, events, now);
  return events.length;
}
