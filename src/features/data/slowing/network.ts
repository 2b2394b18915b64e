import type { Temporal } from 'temporal-polyfill';
import { type Db, runnerOf, type SqlRunner } from '../../../infra/db/index.ts';
import type { Job } from '../../../infra/jobs/jobs.ts';
import { inPortions } from '../../../infra/jobs/portions.ts';
import type { TellEvent } from '../../../infra/outside/standard-webhook.ts';
import { tellInOrder } from '../../../infra/outside/tell-in-order.ts';
import { markDelivered, type NetworkEvent, waitingEvents } from './network-store.ts';

/** The port to the operator's network. A subscription's events come in order, each at least once; throwing has it come again. */
export interface Network {
  tell(event: NetworkEvent): Promise<void>;
}

/** The operator's own program that speaks with the network: a webhook signed as Standard Webhooks describe. */
export function networkBehind(tell: TellEvent): Network {
  return {
    tell: ({ id, type, subscriptionId, at, payload }) =>
      tell({ id, type, timestamp: at.toString(), data: { subscriptionId, ...Object(payload) } }),
  };
}

/** The demo's: it does what it is told without anything to slow down; the events stay in `network_event`. */
export const simulatedNetwork: Network = { tell: () => Promise.resolve() };

const PORTION = 500;

/** Delivers what the network has not been told, each subscription's oldest first. */
export function deliverNetworkEvents({ db, network }: { db: Db; network: Network }): Job {
  return {
    name: 'data.network-events',
    everySeconds: 2,
    async run(now) {
      return inPortions(PORTION, () => deliverPortion(runnerOf(db), network, now));
    },
  };
}

/**
 * In no transaction, which would stay open for as long as the network takes: a job runs once at a time, and what was told may
 * be told again.
 *
 * @throws what the network said last where it did not take everything; what it took is noted all the same
 */
async function deliverPortion(sql: SqlRunner, network: Network, now: Temporal.Instant): Promise<number> {
  const { told, failures } = await tellInOrder(await waitingEvents(sql, PORTION), {
    subjectOf: ({ subscriptionId }) => subscriptionId,
    tell: (event) => network.tell(event),
  });
  await markDelivered(sql, told, now);
  if (failures.length > 0) throw failures.at(-1);
  return told.length;
}
