import { createHmac, timingSafeEqual } from 'node:crypto';

/** Base64(HMAC-SHA256(channel secret, the body's bytes as received)): LINE's `x-line-signature`. */
export function signatureOf(body: Uint8Array, channelSecret: string): string {
  return createHmac('sha256', channelSecret).update(body).digest('base64');
}

/**
 * Whether the signature was made with one of the secrets; several are valid while a secret is being replaced. It is computed over
 * the bytes as they came: LINE escapes emoji, so a body that was parsed and serialised again would differ.
 */
export function isSigned(body: Uint8Array, signature: string | undefined, channelSecrets: readonly string[]): boolean {
  // 32 bytes are 44 characters of base64; anything else is not even compared.
  if (signature === undefined || !/^[A-Za-z0-9+/]{43}=$/.test(signature)) return false;
  // As text: making a buffer of each digest costs as much as the digest.
  const given = Buffer.from(signature);
  let isGood = false;
  for (const secret of channelSecrets) {
    if (timingSafeEqual(given, Buffer.from(signatureOf(body, secret)))) isGood = true;
  }
  return isGood;
}
