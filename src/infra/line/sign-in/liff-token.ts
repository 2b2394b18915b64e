import { createRemoteJWKSet, errors, jwtVerify } from 'jose';
import { z } from 'zod';
import type { Clock } from '../../../base/clock.ts';
import { LineLoginRefused, LineLoginUnavailable } from './login.ts';

const ISSUER = 'https://access.line.me';
/** Seconds our clock and LINE's may differ. */
const TOLERANCE_SECONDS = 60;
const TIME_OUT_MS = 8_000;

export interface LiffTokens {
  /**
   * Whose ID token this is. Rejects with `LineLoginRefused` when LINE did not sign it for our channel or its hour is
   * over, and with `LineLoginUnavailable` when LINE's certificates cannot be had.
   */
  verify(idToken: string): Promise<{ lineUserId: string }>;
}

const claimsShape = z.looseObject({
  sub: z.string().regex(/^U[0-9a-f]{32}$/),
  // LINE names one audience; a list could smuggle ours in beside another.
  aud: z.string(),
  iat: z.number(),
});

/** ID tokens of LIFF apps: ES256 under the keys LINE publishes, and no other algorithm is ever looked at. */
export function createLiffTokens(options: { clientId: string; apiBaseUrl: string; clock: Clock }): LiffTokens {
  const { clientId, clock } = options;
  const keys = createRemoteJWKSet(new URL('/oauth2/v2.1/certs', options.apiBaseUrl), { timeoutDuration: TIME_OUT_MS });

  return {
    async verify(idToken) {
      const now = clock.now().epochMilliseconds;
      let payload: unknown;
      try {
        const verified = await jwtVerify(idToken, keys, {
          algorithms: ['ES256'],
          issuer: ISSUER,
          audience: clientId,
          clockTolerance: TOLERANCE_SECONDS,
          currentDate: new Date(now),
          requiredClaims: ['sub', 'iat', 'exp'],
        });
        payload = verified.payload;
      } catch (error) {
        if (error instanceof errors.JWTExpired) throw new LineLoginRefused('id-token-expired');
        if (isAboutTheToken(error)) throw new LineLoginRefused('id-token-invalid');
        throw new LineLoginUnavailable(error);
      }
      const claims = claimsShape.safeParse(payload);
      const isGood = claims.success && claims.data.iat <= now / 1_000 + TOLERANCE_SECONDS;
      if (!isGood) throw new LineLoginRefused('id-token-invalid');
      return { lineUserId: claims.data.sub };
    },
  };
}

/** Everything else (no answer, a timeout, an answer that is no key set) is LINE's trouble, not the person's. */
function isAboutTheToken(error: unknown): boolean {
  return (
    error instanceof errors.JWTClaimValidationFailed ||
    error instanceof errors.JWTInvalid ||
    error instanceof errors.JWSInvalid ||
    error instanceof errors.JWSSignatureVerificationFailed ||
    error instanceof errors.JOSEAlgNotAllowed ||
    error instanceof errors.JOSENotSupported ||
    error instanceof errors.JWKSNoMatchingKey
  );
}
