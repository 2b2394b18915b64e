import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';

/** What `x-line-signature` carries: Base64 of HMAC-SHA256 over the exact bytes of the body. */
export function sign(body: string, channelSecret: string): string {
  return createHmac('sha256', keyOf(channelSecret)).update(body).digest('base64');
}

let lastKey: { secret: string; key: KeyObject } | null = null;

/** One channel has one secret: made into a key once, not for every webhook. */
function keyOf(secret: string): KeyObject {
  if (lastKey?.secret !== secret) lastKey = { secret, key: createSecretKey(secret, 'utf8') };
  return lastKey.key;
}

/**
 * JSON as LINE writes it: characters beyond the basic plane (emoji) are escaped, so a bot that parses and writes the
 * body again before checking the signature gets other bytes and fails, here as there.
 */
export function toWebhookJson(value: unknown): string {
  const text = JSON.stringify(value);
  // Each half of such a character by itself comes out as the two escapes LINE writes.
  return beyond.test(text)
    ? text.replace(halves, (half) => `\\u${half.charCodeAt(0).toString(16).toUpperCase()}`)
    : text;
}

const beyond = /[\ud800-\udbff]/;
const halves = /[\ud800-\udfff]/g;
