import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { errors, jwtVerify } from 'jose';
import { z } from 'zod';
import type { Clock } from '../../../base/clock.ts';
import type { Language } from '../../../base/language.ts';

/** The only issuer there is, whatever the address it was reached at: https://access.line.me/.well-known/openid-configuration */
const ISSUER = 'https://access.line.me';

/** Seconds our clock and LINE's may differ. */
const TOLERANCE_SECONDS = 60;

const TIME_OUT_MS = 8_000;

/** What must be kept with the browser (never in an address) from `begin` to `finish`. */
export interface LoginAttempt {
  readonly state: string;
  readonly nonce: string;
  readonly codeVerifier: string;
}

interface LineIdentity {
  readonly lineUserId: string;
  readonly displayName?: string;
}

export interface LineLogin {
  /** Where to send the browser, and what to keep for `finish`. LINE signs in by itself after a tap inside its app. */
  begin(options?: { language?: Language }): LoginAttempt & { readonly url: string };
  /**
   * Who came back. `state` is the one from the callback address. Rejects with `LineLoginRefused` when anything is not
   * exactly as LINE would have it, and with `LineLoginUnavailable` when LINE does not answer.
   */
  finish(callback: { code: string; state: string; expected: LoginAttempt }): Promise<LineIdentity>;
}

export type LoginRefusal = 'state-differs' | 'code-refused' | 'id-token-invalid' | 'id-token-expired';

/** Somebody (or a stale page) brought something that is not a login; `code` says what, never the token itself. */
export class LineLoginRefused extends Error {
  readonly code: LoginRefusal;
  constructor(code: LoginRefusal) {
    super(`LINE Login refused: ${code}`);
    this.name = 'LineLoginRefused';
    this.code = code;
  }
}

/** LINE could not be reached or answered with an error of its own: another try may succeed. */
export class LineLoginUnavailable extends Error {
  constructor(cause: unknown) {
    super('LINE Login does not answer', { cause });
    this.name = 'LineLoginUnavailable';
  }
}

export interface LineLoginOptions {
  clientId: string;
  clientSecret: string;
  accessBaseUrl: string;
  apiBaseUrl: string;
  redirectUri: string;
  clock: Clock;
}

const tokenAnswer = z.looseObject({ id_token: z.string().min(1).max(8_192) });

const idTokenClaims = z.looseObject({
  sub: z.string().regex(/^U[0-9a-f]{32}$/),
  // LINE names one audience; a list could smuggle ours in beside another.
  aud: z.string(),
  nonce: z.string(),
  iat: z.number(),
  exp: z.number(),
  name: z.string().max(200).optional(),
});

/** LINE Login for web pages (OpenID Connect with PKCE): tells which LINE account holds this browser. */
export function createLineLogin(options: LineLoginOptions): LineLogin {
  const { clientId, clientSecret, redirectUri, clock } = options;
  const key = new TextEncoder().encode(clientSecret);

  return {
    begin({ language } = {}) {
      const attempt = { state: secret(), nonce: secret(), codeVerifier: secret() };
      const url = new URL('/oauth2/v2.1/authorize', options.accessBaseUrl);
      url.search = new URLSearchParams({
        response_type: 'code',
        client_id: clientId,
        redirect_uri: redirectUri,
        state: attempt.state,
        scope: 'openid profile',
        nonce: attempt.nonce,
        code_challenge: createHash('sha256').update(attempt.codeVerifier).digest('base64url'),
        code_challenge_method: 'S256',
        ...(language ? { ui_locales: language === 'ja' ? 'ja-JP' : 'en-US' } : {}),
      }).toString();
      return { ...attempt, url: url.href };
    },

    async finish({ code, state, expected }) {
      if (!isSame(state, expected.state)) throw new LineLoginRefused('state-differs');
      const idToken = await redeem(code, expected.codeVerifier);
      return verify(idToken, expected.nonce);
    },
  };

  async function redeem(code: string, codeVerifier: string): Promise<string> {
    const body = new URLSearchParams({
      grant_type: 'authorization_code',
      code,
      redirect_uri: redirectUri,
      client_id: clientId,
      client_secret: clientSecret,
      code_verifier: codeVerifier,
    });
    let response: Response;
    let answer: unknown;
    try {
      const url = new URL('/oauth2/v2.1/token', options.apiBaseUrl);
      response = await fetch(url, {
        method: 'POST',
        body,
        signal: AbortSignal.timeout(TIME_OUT_MS),
        redirect: 'error',
      });
      answer = response.ok ? await response.json() : await response.body?.cancel();
    } catch (cause) {
      throw new LineLoginUnavailable(cause);
    }
    if (response.status >= 500 || response.status === 429) throw new LineLoginUnavailable(response.status);
    if (!response.ok) throw new LineLoginRefused('code-refused');
    const read = tokenAnswer.safeParse(answer);
    if (!read.success) throw new LineLoginRefused('id-token-invalid');
    return read.data.id_token;
  }

  /** Web logins carry HS256 tokens signed with the channel secret; no other algorithm is ever looked at. */
  async function verify(idToken: string, nonce: string): Promise<LineIdentity> {
    const now = clock.now().epochMilliseconds;
    let payload: unknown;
    try {
      const verified = await jwtVerify(idToken, key, {
        algorithms: ['HS256'],
        issuer: ISSUER,
        audience: clientId,
        clockTolerance: TOLERANCE_SECONDS,
        currentDate: new Date(now),
      });
      payload = verified.payload;
    } catch (error) {
      throw new LineLoginRefused(error instanceof errors.JWTExpired ? 'id-token-expired' : 'id-token-invalid');
    }
    const claims = idTokenClaims.safeParse(payload);
    if (!claims.success || !isSame(claims.data.nonce, nonce)) {
      throw new LineLoginRefused('id-token-invalid');
    }
    if (claims.data.iat > now / 1_000 + TOLERANCE_SECONDS) throw new LineLoginRefused('id-token-invalid');
    return { lineUserId: claims.data.sub, ...(claims.data.name ? { displayName: claims.data.name } : {}) };
  }
}

/** 256 bits, safe in an address; also a PKCE verifier (RFC 7636 asks for 43 to 128 such characters). */
function secret(): string {
  return randomBytes(32).toString('base64url');
}

function isSame(given: string, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return expected.length > 0 && timingSafeEqual(digest(given), digest(expected));
}
