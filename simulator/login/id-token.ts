import { errors, exportJWK, generateKeyPair, type JWTPayload, jwtVerify, SignJWT } from 'jose';
import type { Platform } from '../platform.ts';
import type { Grant } from '../world/logins.ts';
import type { PersonRecord } from '../world/people.ts';

/** The issuer in every ID token, wherever the simulator listens: clients check it literally. */
export const issuer = 'https://access.line.me';
const livesForSeconds = 3_600;
export const keyId = 'simulated-es256-key';

let keyPair: Promise<CryptoKeyPair> | null = null;

/** One ES256 pair a process, made when first needed: only LIFF and native apps get tokens signed with it. */
export function es256Keys(): Promise<CryptoKeyPair> {
  keyPair ??= generateKeyPair('ES256', { extractable: true });
  return keyPair;
}

/** The public key under which ES256 tokens verify: `/oauth2/v2.1/certs`. */
export async function certificates() {
  const { publicKey } = await es256Keys();
  return { keys: [{ ...(await exportJWK(publicKey)), kid: keyId, alg: 'ES256', use: 'sig' }] };
}

/** Web login signs with the channel secret (HS256); LIFF with the platform's key (ES256). */
export async function makeIdToken(
  { world, settings }: Platform,
  person: PersonRecord,
  grant: Pick<Grant, 'clientId' | 'scope' | 'nonce' | 'amr'>,
  algorithm: 'HS256' | 'ES256',
): Promise<string> {
  const issuedAt = Math.floor(world.clock.now() / 1_000);
  const claims: JWTPayload = {
    iss: issuer,
    sub: person.userId,
    aud: grant.clientId,
    exp: issuedAt + livesForSeconds,
    iat: issuedAt,
    ...(grant.nonce ? { nonce: grant.nonce } : {}),
    amr: grant.amr,
    ...(grant.scope.includes('profile') ? { name: person.displayName } : {}),
  };
  const token = new SignJWT(claims);
  if (algorithm === 'HS256') {
    return token.setProtectedHeader({ typ: 'JWT', alg: 'HS256' }).sign(Buffer.from(settings.loginChannelSecret));
  }
  const { privateKey } = await es256Keys();
  return token.setProtectedHeader({ typ: 'JWT', alg: 'ES256', kid: keyId }).sign(privateKey);
}

/** The payload of a good token, or the sentence LINE refuses a bad one with. */
export async function verifyIdToken(
  { world, settings }: Platform,
  token: string,
  expected: { clientId: string; nonce: string | null; userId: string | null },
): Promise<{ payload: JWTPayload } | { refusal: string }> {
  try {
    const { publicKey } = await es256Keys();
    const { payload } = await jwtVerify(
      token,
      (header) => (header.alg === 'ES256' ? publicKey : Buffer.from(settings.loginChannelSecret)),
      { algorithms: ['HS256', 'ES256'], currentDate: new Date(world.clock.now()) },
    );
    if (payload.iss !== issuer) return { refusal: 'Invalid IdToken Issuer.' };
    if (payload.aud !== expected.clientId) return { refusal: 'Invalid IdToken Audience.' };
    if (expected.nonce !== null && payload.nonce !== expected.nonce) return { refusal: 'Invalid IdToken Nonce.' };
    if (expected.userId !== null && payload.sub !== expected.userId) {
      return { refusal: 'Invalid IdToken Subject Identifier.' };
    }
    return { payload };
  } catch (error) {
    return { refusal: error instanceof errors.JWTExpired ? 'IdToken expired.' : 'Invalid IdToken.' };
  }
}
