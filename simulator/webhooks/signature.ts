import { createHmac } from 'node:crypto';

/** What `x-line-signature` carries: Base64 of HMAC-SHA256 over the exact bytes of the body. */
export function sign(body: Uint8Array, channelSecret: string): string {
  return createHmac('sha256', channelSecret).update(body).digest('base64');
}

/**
 * JSON as LINE writes it: characters beyond the basic plane (emoji) are escaped, so a bot that parses and writes the
 * body again before checking the signature gets other bytes and fails, here as there.
 */
export function toWebhookJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[\u{10000}-\u{10ffff}]/gu,
    (character) => `\\u${hex(character.charCodeAt(0))}\\u${hex(character.charCodeAt(1))}`,
  );
}

function hex(unit: number): string {
  return unit.toString(16).toUpperCase().padStart(4, '0');
}
