import type { Clock } from '../../../base/clock.ts';
import type { SqlRunner } from '../../db/index.ts';
import { type Door, headerOf } from '../../http/door.ts';
import { createEventStore } from './event-store.ts';
import { isSigned } from './signature.ts';
import { readWebhookBody } from './webhook-body.ts';

export interface WebhookDoorOptions {
  /** With a connection for each of `INSERTS`. */
  sql: SqlRunner;
  clock: Clock;
  /** The current channel secret first; older ones stay while the secret is being exchanged. */
  channelSecrets: readonly string[];
  /** Called after each commit. */
  onStored(): void;
  /** How many events may wait for the database; when there are more, the webhook answers 503. */
  maximumWaiting?: number;
}

/**
 * `POST /webhook/line`: checks the signature over the raw bytes, stores the events, and answers 200 after the commit. Events are
 * handled later, since LINE waits for two seconds at most.
 */
export function createWebhookDoor(options: WebhookDoorOptions): Door {
  const { sql, clock, channelSecrets, maximumWaiting = 10_000 } = options;
  // An empty secret would make every signature forgeable.
  if (channelSecrets.length === 0 || channelSecrets.some((secret) => secret === '')) {
    throw new Error('the webhook door needs a channel secret');
  }
  const store = createEventStore({ sql, clock, maximumWaiting });
  return {
    path: '/webhook/line',
    largestBody: 1_048_576,
    async answer(posted) {
      const { body } = posted;
      if (!isSigned(body, headerOf(posted, 'x-line-signature'), channelSecrets)) return { status: 401 };

      const events = readWebhookBody(body.toString());
      if (events === undefined) return { status: 400 };

      const outcome = await store.store(events);
      if (outcome !== 'stored') return { status: 503, headers: { 'retry-after': '1' } };
      if (events.length > 0) options.onStored();
      return { status: 200 };
    },
  };
}
