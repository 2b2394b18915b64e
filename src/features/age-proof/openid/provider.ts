import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import Provider, { type Configuration, errors } from 'oidc-provider';
import type { SqlRunner } from '../../../infra/db/index.ts';
import { digest, type KeyRing, keyedHashes } from '../../../infra/secrets.ts';
import { PARTNER_SCOPES, PROTOCOL_SCOPES, PURPOSES } from '../rules/scopes.ts';
import { createAdapter } from './adapter.ts';
import { type OpenIdDoor, standBefore } from './door.ts';
import { renderError } from './error-page.tsx';
import type { SigningKeys } from './keys.ts';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** How long a question in the talk waits for its answer. */
const ASK_SECONDS = 10 * MINUTE;

/** A partner's question to a person. */
export interface Asked {
  readonly partnerId: string;
  readonly subject: string;
  /** The provider's id of the question. */
  readonly authRequestId: string;
  readonly scopes: readonly string[];
  /** Shown on both sides, so that the person knows it is this question. */
  readonly bindingMessage: string | null;
  readonly seconds: number;
}

export interface ProviderDeps extends OpenIdDoor {
  readonly sql: SqlRunner;
  /** Seals what is kept and signs cookies. */
  readonly key: KeyRing;
  /** How people reach us, without a trailing slash. */
  readonly publicUrl: string;
  readonly keys: SigningKeys;
  /** Whether a partner's subject may be spoken of: it is in service, and the consent with this grant (where there is one) stands. */
  maySpeakOf(subject: string, grantHash: Buffer | null): Promise<boolean>;
  /** A grant is over: the partner gave its token back, or showed one twice. All that rests on it ends. */
  endGrant(grantHash: Buffer): Promise<void>;
  /** Whom a partner means, where it asks in the talk; undefined where nobody can be asked. */
  identify(partnerId: string, hint: string): Promise<string | undefined>;
  ask(asked: Asked): Promise<void>;
  onError(error: unknown): void;
}

/** The address of the page on which a person answers a partner's question in a browser. */
export const consentPath = (uid: string) => `/age-proof/consent/${uid}`;

/**
 * An OpenID provider with these keys. It knows a person only as a partner's subject: a name for a subscription that is that
 * partner's own, so that two of them cannot compare.
 */
function createProvider(deps: ProviderDeps, keys: Awaited<ReturnType<SigningKeys['current']>>): Provider {
  const { publicUrl, key, clock, sql } = deps;
  const isSecure = publicUrl.startsWith('https://');
  const prefix = isSecure ? '__Secure-' : '';
  const cookie = { httpOnly: true, sameSite: 'lax', secure: isSecure, signed: true } as const;

  const configuration: Configuration = {
    adapter: createAdapter({ sql, clock, key, endGrant: deps.endGrant }),
    jwks: { keys: keys.map((jwk) => ({ ...jwk, kty: 'RSA' })) },
    async findAccount(_ctx, subject, token) {
      const grantId = token && 'grantId' in token && typeof token.grantId === 'string' ? token.grantId : null;
      const maySpeak = await deps.maySpeakOf(subject, grantId === null ? null : digest(grantId));
      return maySpeak ? { accountId: subject, claims: () => ({ sub: subject }) } : undefined;
    },
    scopes: [...PROTOCOL_SCOPES, ...PARTNER_SCOPES, ...PURPOSES],
    claims: { openid: ['sub'] },
    responseTypes: ['code'],
    clientDefaults: { id_token_signed_response_alg: 'RS256', response_modes: ['query'] },
    clientAuthMethods: ['client_secret_basic', 'client_secret_post', 'private_key_jwt'],
    enabledJWA: { clientAuthSigningAlgValues: ['RS256', 'PS256', 'ES256'], idTokenSigningAlgValues: ['RS256'] },
    pkce: { required: () => true },
    // A refresh token works once: who shows it a second time has stolen it, or was robbed.
    rotateRefreshToken: true,
    interactions: { url: (_ctx, interaction) => consentPath(interaction.uid) },
    // Every request is asked anew: a phone passed on must not agree by itself.
    loadExistingGrant: async (ctx) => {
      const grantId = ctx.oidc.result?.consent?.grantId;
      return grantId ? ctx.oidc.provider.Grant.find(grantId) : undefined;
    },
    cookies: {
      names: {
        session: `${prefix}renkei-openid`,
        interaction: `${prefix}renkei-consent`,
        resume: `${prefix}renkei-consent-resume`,
      },
      keys: keyedHashes(key)('oidc-cookies').map((hash) => hash.toString('base64url')),
      long: cookie,
      short: cookie,
    },
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      revocation: {
        enabled: true,
        allowedPolicy(_ctx, { clientId }, token) {
          if (token.clientId !== clientId) throw new errors.InvalidRequest('the token was issued to somebody else');
          return true;
        },
      },
      resourceIndicators: { enabled: false },
      rpInitiatedLogout: { enabled: false },
      dPoP: { enabled: false },
      ciba: {
        enabled: true,
        deliveryModes: ['poll'],
        processLoginHint: async (ctx, hint) => deps.identify(ctx.oidc.client?.clientId ?? '', hint ?? ''),
        processLoginHintToken: async () => undefined,
        verifyUserCode: () => undefined,
        validateRequestContext: () => undefined,
        validateBindingMessage(_ctx, words) {
          if (words !== undefined && !/^[\p{L}\p{N} .-]{1,20}$/u.test(words)) {
            throw new errors.InvalidBindingMessage('1 to 20 letters, digits, blanks, dots and hyphens');
          }
        },
        triggerAuthenticationDevice: (_ctx, request, account, client) =>
          deps.ask({
            partnerId: client.clientId,
            subject: account.accountId,
            authRequestId: request.jti,
            scopes: (request.scope ?? '').split(' '),
            bindingMessage: typeof request.params?.binding_message === 'string' ? request.params.binding_message : null,
            seconds: ASK_SECONDS,
          }),
      },
    },
    ttl: {
      Interaction: 10 * MINUTE,
      Session: 10 * MINUTE,
      AuthorizationCode: MINUTE,
      AccessToken: HOUR,
      IdToken: HOUR,
      ClientCredentials: 10 * MINUTE,
      BackchannelAuthenticationRequest: ASK_SECONDS,
      // The longest a consent can hold; a shorter one, or a withdrawn one, ends them before (`maySpeakOf`).
      Grant: 365 * DAY,
      RefreshToken: 365 * DAY,
    },
    renderError: (ctx, out) => renderError(ctx, out, deps.operator),
  };
  const provider = new Provider(`${publicUrl}/oidc`, configuration);
  // Behind the operator's own TLS; what is forwarded is set below, not believed.
  provider.proxy = isSecure;
  standBefore(provider, { ...deps, isSecure });
  comparesHashes(provider);
  provider.on('server_error', (_ctx, error) => deps.onError(error));
  return provider;
}

/** We keep no secret of a partner, only its hash: what is shown is hashed and compared, in the same time for any. */
function comparesHashes(provider: Provider): void {
  provider.Client.prototype.compareClientSecret = function (shown: string): boolean {
    const expected = Buffer.from(this.clientSecret ?? '', 'hex');
    const actual = digest(shown);
    return expected.length === actual.length && timingSafeEqual(expected, actual);
  };
}

export interface OpenId {
  /** The provider with today's keys. */
  provider(): Promise<Provider>;
  /** Answers a request whose path began with `/oidc`, beside the rest of the web. */
  answer(request: IncomingMessage, response: ServerResponse): void;
}

/** Keys are looked for this often, in milliseconds of the machine. */
const LOOK_EVERY_MS = 60_000;

/** Keeps one provider for as long as its keys are the right ones. */
export function createOpenId(deps: ProviderDeps): OpenId {
  const { host, protocol } = new URL(deps.publicUrl);
  let present: { provider: Provider; kids: string; lookedAt: number } | undefined;
  let looking: Promise<Provider> | undefined;

  async function look(): Promise<Provider> {
    const keys = await deps.keys.current();
    const kids = keys.map(({ kid }) => kid).join(' ');
    const provider = present?.kids === kids ? present.provider : createProvider(deps, keys);
    present = { provider, kids, lookedAt: performance.now() };
    return provider;
  }

  function provider(): Promise<Provider> {
    if (present && performance.now() - present.lookedAt < LOOK_EVERY_MS) return Promise.resolve(present.provider);
    looking ??= look().finally(() => {
      looking = undefined;
    });
    return looking;
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    request.url = request.url?.slice('/oidc'.length) || '/';
    // The addresses the provider gives out are the public one's, whatever a request says.
    Object.assign(request.headers, { host, 'x-forwarded-host': host, 'x-forwarded-proto': protocol.slice(0, -1) });
    const current = await provider();
    await current.callback()(request, response);
  }

  return {
    provider,
    answer(request, response) {
      answer(request, response).catch((error: unknown) => {
        deps.onError(error);
        if (!response.headersSent) response.writeHead(503, { 'retry-after': '5', 'cache-control': 'no-store' });
        response.end();
      });
    },
  };
}
