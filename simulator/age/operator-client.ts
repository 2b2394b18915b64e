import { createHash, randomBytes } from 'node:crypto';
import { createRemoteJWKSet, jwtVerify } from 'jose';

/** The mobile operator that LINE asks about people's ages: an OpenID provider with CAMARA's age verification. */
export interface AgeOperator {
  /** As people know it. */
  name: string;
  issuer: string;
  clientId: string;
  clientSecret: string;
}

/** What must be kept from the way out to the way back. */
export interface Question {
  url: string;
  state: string;
  nonce: string;
  verifier: string;
}

export interface Tokens {
  access: string;
  refresh: string | null;
}

/** `gone`: the person took their consent back, or it ended. `unreachable`: ask again another time. */
export type Answer = 'true' | 'false' | 'not_available' | 'gone' | 'unreachable';

/** LINE lets only adults use ID search. */
const AGE = 18;
const SCOPE = 'openid offline_access kyc-age-verification:verify dpv:RequestedServiceProvision';
const TIMEOUT_MS = 8_000;

interface Discovery {
  issuer: string;
  authorization_endpoint: string;
  token_endpoint: string;
  jwks_uri: string;
}

/** A small OpenID client as any partner would write it: discovery, authorization code with PKCE, the question itself. */
export function createOperatorClient(operator: AgeOperator, redirectUri: string) {
  const basic = `${encodeURIComponent(operator.clientId)}:${encodeURIComponent(operator.clientSecret)}`;
  const authorization = `Basic ${Buffer.from(basic).toString('base64')}`;
  // The question stands beside the provider, at the operator's own address.
  const verifyUrl = new URL('/kyc-age-verification/v0.2/verify', operator.issuer).href;

  async function discover(): Promise<Discovery> {
    const response = await ask(`${operator.issuer}/.well-known/openid-configuration`);
    const found: Discovery = await response.json();
    if (found.issuer !== operator.issuer) throw new Error('another issuer answers');
    return found;
  }

  async function begin(): Promise<Question> {
    const { authorization_endpoint } = await discover();
    const [state, nonce, verifier] = [secret(), secret(), secret()];
    const url = new URL(authorization_endpoint);
    const query = {
      client_id: operator.clientId,
      response_type: 'code',
      redirect_uri: redirectUri,
      scope: SCOPE,
      // Without it no provider gives a token that renews itself.
      prompt: 'consent',
      state,
      nonce,
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
    };
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    return { url: url.href, state, nonce, verifier };
  }

  /** The tokens for a code; null when the operator does not take it, or what comes is not from it. */
  async function finish(question: Question, code: string): Promise<Tokens | null> {
    const { token_endpoint, jwks_uri } = await discover();
    const answer = await tokens(token_endpoint, {
      grant_type: 'authorization_code',
      code,
      redirect_uri: redirectUri,
      code_verifier: question.verifier,
    });
    if (!answer) return null;
    const { payload } = await jwtVerify(answer.idToken, createRemoteJWKSet(new URL(jwks_uri)), {
      issuer: operator.issuer,
      audience: operator.clientId,
      algorithms: ['RS256'],
    });
    return payload.nonce === question.nonce ? { access: answer.access, refresh: answer.refresh } : null;
  }

  async function tokens(endpoint: string, form: Record<string, string>) {
    const response = await ask(endpoint, {
      method: 'POST',
      headers: { authorization },
      body: new URLSearchParams(form),
    });
    if (!response.ok) return null;
    const body: { access_token: string; refresh_token?: string; id_token?: string } = await response.json();
    return { access: body.access_token, refresh: body.refresh_token ?? null, idToken: body.id_token ?? '' };
  }

  /** Asks the operator, with a renewed token when the one at hand has ended. */
  async function verify(held: Tokens): Promise<{ answer: Answer; held: Tokens }> {
    try {
      const first = await question(held.access);
      if (first !== 'gone' || held.refresh === null) return { answer: first, held };
      const { token_endpoint } = await discover();
      const renewed = await tokens(token_endpoint, { grant_type: 'refresh_token', refresh_token: held.refresh });
      if (!renewed) return { answer: 'gone', held };
      const next = { access: renewed.access, refresh: renewed.refresh ?? held.refresh };
      return { answer: await question(next.access), held: next };
    } catch {
      return { answer: 'unreachable', held };
    }
  }

  async function question(token: string): Promise<Answer> {
    const response = await ask(verifyUrl, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ ageThreshold: AGE }),
    });
    if ([401, 403, 404].includes(response.status)) return 'gone';
    if (!response.ok) return 'unreachable';
    const { ageCheck }: { ageCheck: 'true' | 'false' | 'not_available' } = await response.json();
    return ageCheck;
  }

  return { begin, finish, verify };
}

export type OperatorClient = ReturnType<typeof createOperatorClient>;

function secret(): string {
  return randomBytes(32).toString('base64url');
}

function ask(url: string, init: RequestInit = {}): Promise<Response> {
  return fetch(url, { ...init, signal: AbortSignal.timeout(TIMEOUT_MS) });
}
