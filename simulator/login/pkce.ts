import { createHash } from 'node:crypto';

/** S256: the challenge is the Base64url SHA-256 of the verifier. */
export function answersChallenge(verifier: string, challenge: string): boolean {
  return createHash('sha256').update(verifier).digest('base64url') === challenge;
}
