import { Hono } from 'hono';
import type { Clock } from '../../base/clock.ts';
import type { Db } from '../db/index.ts';
import { limitBody } from '../http/body-limit.ts';
import { createEventStore } from './event-store.ts';
import { isSigned } from './signature.ts';
import { readWebhookBody } from './webhook-body.ts';

export interface WebhookDoorOptions {
  db: Db;
  clock: Clock;
  /** The current channel secret first; older ones stay while the secret is being exchanged. */
  channelSecrets: readonly string[];
  /** Told after each commit: there is something to do. */
  onStored(): void;
  /** Events that may wait for the database before the door says 503. */
  maximumWaiting?: number;
}

const MAXIMUM_BYTES = 1_048_576;

/**
 * `POST /webhook/line`: checks the signature over the raw bytes, stores the events once, answers 200 after the commit.
 * Nothing is handled here, since LINE waits two seconds at most.
 */
export function createWebhookDoor(options: WebhookDoorOptions): Hono {
  const { db, clock, channelSecrets, maximumWaiting = 10_000 } = options;
  // An empty secret would make every signature forgeable.
  if (channelSecrets.length === 0 || channelSecrets.some((secret) => secret === '')) {
    throw new Error('the webhook door needs a channel secret');
  }
  const store = createEventStore({ db, clock, maximumWaiting });
  const door = new Hono();

  door.post(
    '/webhook/line',
    limitBody(MAXIMUM_BYTES, (c) => c.body(null, 413)),
    async (c) => {
      const body = new Uint8Array(await c.req.arrayBuffer());
      if (!isSigned(body, c.req.header('x-line-signature'), channelSecrets)) return c.body(null, 401);

      const events = readWebhookBody(new TextDecoder().decode(body));
      if (events === undefined) return c.body(null, 400);

      const outcome = await store.store(events);
      if (outcome !== 'stored') return c.body(null, 503, { 'Retry-After': '1' });
      if (events.length > 0) options.onStored();
      return c.body(null, 200);
    },
  );

  return door;
}
