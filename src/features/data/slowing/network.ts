import type { Temporal } from 'temporal-polyfill';
import { type Db, runnerOf, type SqlRunner } from '../../../infra/db/index.ts';
import type { Job } from '../../../infra/jobs/jobs.ts';
import { inPortions } from '../../../infra/jobs/portions.ts';
import type { TellEvent } from '../../../infra/outside/standard-webhook.ts';
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

/** So many subscriptions' events are under way at once: at a month's turn 100,000 are lifted, and one by one each waits for its round trip. */
const AT_ONCE = 32;

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
  const { told, failures } = await tellSideBySide(network, await waitingEvents(sql, PORTION));
  await markDelivered(sql, told, now);
  if (failures.length > 0) throw failures.at(-1);
  return told.length;
}

/**
 * A subscription's events go one after the other, and none after one that was not taken. One that is never taken holds up its
 * own subscription alone; after as many failures as go at once, the network is taken to be away, and left alone until later.
 */
async function tellSideBySide(network: Network, events: readonly NetworkEvent[]) {
  const told: NetworkEvent[] = [];
  const failures: unknown[] = [];
  const subscriptions = Map.groupBy(events, ({ subscriptionId }) => subscriptionId).values();
  async function tellInTurn(): Promise<void> {
    for (const inOrder of subscriptions) {
      if (failures.length >= AT_ONCE) return;
      try {
        for (const event of inOrder) {
          await network.tell(event);
          told.push(event);
        }
      } catch (failure) {
        failures.push(failure);
      }
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, tellInTurn));
  return { told, failures };
}
