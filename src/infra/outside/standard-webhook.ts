import { createHmac } from 'node:crypto';

/** Something that has happened, told to a program of the operator's own. */
export interface OutgoingEvent {
  /** The same however often it is told. */
  readonly id: string;
  readonly type: string;
  /** When it happened, ISO 8601. */
  readonly timestamp: string;
  readonly data: object;
}

export type TellEvent = (event: OutgoingEvent) => Promise<void>;

const TIMEOUT_MS = 5_000;

/**
 * Posts events as Standard Webhooks describe (standardwebhooks.com): `webhook-id`, `webhook-timestamp` and
 * `webhook-signature`, which libraries in many languages check.
 *
 * @param secret `whsec_` and at least 32 bytes in base64
 * @returns a function that throws where an event was not taken (no 2xx), so that it comes again
 */
export function createStandardWebhook({ url, secret }: { url: string; secret: string }): TellEvent {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  return async ({ id, ...event }) => {
    const body = JSON.stringify(event);
    // The machine's clock, which both sides know; ours may be set to another time.
    const time = String(Math.floor(Date.now() / 1000));
    const response = await fetch(url, {
      method: 'POST',
      redirect: 'manual',
      headers: {
        'content-type': 'application/json',
        'webhook-id': id,
        'webhook-timestamp': time,
        'webhook-signature': `v1,${createHmac('sha256', key).update(`${id}.${time}.${body}`).digest('base64')}`,
      },
      body,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    await response.body?.cancel();
    if (!response.ok) throw new Error(`an event was answered ${response.status}`);
  };
}
