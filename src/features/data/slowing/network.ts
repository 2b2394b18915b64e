import { type Db, runnerOf } from '../../../infra/db/index.ts';
import type { Job } from '../../../infra/jobs/jobs.ts';
import { eventFeedJobs } from '../../../infra/outside/event-feed.ts';
import type { TellEvent } from '../../../infra/outside/standard-webhook.ts';
import { markDelivered, type NetworkEvent, waitingEvents, waitingEventsOf } from './network-store.ts';

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

/** Delivers what the network has not been told, each subscription's oldest first. */
export function deliverNetworkEvents({ db, network }: { db: Db; network: Network }): readonly Job[] {
  return eventFeedJobs(runnerOf(db), {
    name: 'network',
    job: 'data.network-events',
    subjectOf: ({ subscriptionId }) => subscriptionId,
    tell: (event) => network.tell(event),
    waiting: waitingEvents,
    waitingOf: waitingEventsOf,
    settle: markDelivered,
  });
}
