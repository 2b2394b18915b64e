import { createHash, createHmac } from 'node:crypto';
import type { KeyRing } from '../../infra/secrets.ts';

/** The secret part of a share link: 32 bytes that only the server can derive from the gift, base64url (43 characters). */
export interface ClaimTokens {
  /** The token of a new gift, or again of one that waits. */
  tokenOf(giftId: string): string;
}

/**
 * The token is derived instead of stored, so the database holds only its SHA-256 and the sender can still be shown the
 * link again. The ring's oldest key is used: links live a few days, and a rotation must not change them; drop an old key
 * only when no gift made under it waits.
 */
export function createClaimTokens(ring: KeyRing): ClaimTokens {
  const key = ring.keys.get(Math.min(...ring.keys.keys()));
  if (key === undefined) throw new Error('no key for claim tokens');
  return {
    tokenOf: (giftId) => createHmac('sha256', key).update(`gift-claim:${giftId}`).digest('base64url'),
  };
}

/** What is stored of a token (hex). */
export function claimTokenHash(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
