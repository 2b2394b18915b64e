import { exportJWK, generateKeyPair } from 'jose';
import * as client from 'openid-client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { linkUser, questionTo, tapAnswer } from '../../../tests/support/partner-talk.ts';
import { PASSWORD, type PartnerWorld, partnerWorld } from '../../../tests/support/partner-world.ts';
import { createVisitor } from '../../../tests/support/visitor.ts';

// What others build on: the certified client library for OpenID Connect, used as its papers say, against our provider.
// It finds everything by itself, and checks every answer (issuer, audience, nonce, signature, subject) on its side.

const AGE = 'kyc-age-verification:verify';
const TARO = `U${'1'.repeat(32)}`;

let world: PartnerWorld;
let shop: client.Configuration;
let shopSecret: string;
beforeAll(async () => {
  world = await partnerWorld();
  shopSecret = (await world.partner('shop', { grants: ['code', 'client-credentials'] })).secret;
  shop = await discover('shop', shopSecret);
});
afterAll(() => world.close());

/** As a partner sets itself up: our address, its id, its secret or key. Plain HTTP only because the test has no TLS. */
function discover(partnerId: string, secret?: string, auth?: client.ClientAuth): Promise<client.Configuration> {
  const execute = [client.allowInsecureRequests];
  return client.discovery(new URL(world.issuer), partnerId, secret, auth, { execute });
}

/** What the library makes of a refusal of ours. */
async function refusal(asked: Promise<unknown>): Promise<{ error: string; status?: number | undefined }> {
  const cause = await asked.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (cause instanceof client.ResponseBodyError) return { error: cause.error, status: cause.status };
  if (cause instanceof client.AuthorizationResponseError) return { error: cause.error };
  if (cause instanceof client.WWWAuthenticateChallengeError) {
    return { error: cause.cause[0]?.parameters.error ?? cause.cause[0]?.scheme ?? '', status: cause.status };
  }
  if (cause instanceof client.ClientError) return { error: cause.code ?? '' };
  throw cause ?? new Error('nothing was refused');
}

interface Login {
  readonly address: URL;
  readonly checks: client.AuthorizationCodeGrantChecks;
}

const callback = () => world.redirectUri;

/** Where a partner sends the browser; `checks` is what it keeps to know the answer by. */
async function login(
  config: client.Configuration,
  change: Record<string, string> = {},
  build: (parameters: Record<string, string>) => URL | Promise<URL> = (parameters) =>
    client.buildAuthorizationUrl(config, parameters),
): Promise<Login> {
  const checks = {
    pkceCodeVerifier: client.randomPKCECodeVerifier(),
    expectedNonce: client.randomNonce(),
    expectedState: client.randomState(),
    idTokenExpected: true,
  };
  const address = await build({
    redirect_uri: callback(),
    scope: `openid ${AGE}`,
    nonce: checks.expectedNonce,
    state: checks.expectedState,
    code_challenge: await client.calculatePKCECodeChallenge(checks.pkceCodeVerifier),
    code_challenge_method: 'S256',
    ...change,
  });
  return { address, checks };
}

/** The person signs in as contractor, chooses their subscription and agrees: where the browser then stands. */
async function agree(
  address: URL,
  decision: 'agree' | 'decline' = 'agree',
  asWhom?: Awaited<ReturnType<PartnerWorld['subscription']>>,
): Promise<URL> {
  const person = asWhom ?? (await world.subscription());
  const first = await createVisitor().go(address);
  const signIn = await first.follow('ログインIDで確認する');
  const back = await signIn.submit({ loginId: person.loginId, password: PASSWORD });
  const second = await back.submit({ subscription: person.subscriptionId }, 'この回線で進む');
  const end = await second.submit({ decision }, decision === 'agree' ? '同意する' : '同意しない');
  return end.url;
}

async function signedIn(config: client.Configuration, change: Record<string, string> = {}) {
  const { address, checks } = await login(config, change);
  return client.authorizationCodeGrant(config, await agree(address), checks);
}

const OFFLINE = { scope: `openid offline_access ${AGE}`, prompt: 'consent' };

describe('what the provider says of itself', () => {
  test('is found by its address, and is what it does', () => {
    const metadata = shop.serverMetadata();
    expect(metadata).toMatchObject({
      issuer: world.issuer,
      code_challenge_methods_supported: ['S256'],
      response_types_supported: ['code'],
      response_modes_supported: ['query'],
      subject_types_supported: ['pairwise'],
      id_token_signing_alg_values_supported: ['RS256'],
      token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post', 'private_key_jwt'],
      backchannel_token_delivery_modes_supported: ['poll'],
      backchannel_user_code_parameter_supported: false,
      authorization_response_iss_parameter_supported: true,
    });
    expect(metadata.supportsPKCE()).toBe(true);
    for (const closed of ['introspection_endpoint', 'registration_endpoint', 'end_session_endpoint']) {
      expect(metadata).not.toHaveProperty(closed);
    }
  });

  test.each(['form_post', 'fragment'])('an answer by %s, which it does not name, is refused at once', async (mode) => {
    const { address } = await login(shop, { response_mode: mode });
    const page = await createVisitor().go(address);
    expect(page.status).toBe(400);
    expect(page.text).toContain('unsupported_response_mode');
    const handedIn = login(shop, { response_mode: mode }, (asked) => client.buildAuthorizationUrlWithPAR(shop, asked));
    expect(await refusal(handedIn)).toEqual({ error: 'invalid_request', status: 400 });
  });
});

describe('a person signs in and agrees', () => {
  test('code, ID token, who it is, and the question itself', async () => {
    const tokens = await signedIn(shop);
    const claims = tokens.claims();
    expect(claims).toMatchObject({ iss: world.issuer, aud: 'shop' });
    expect(tokens.scope?.split(' ').sort()).toEqual([AGE, 'openid'].sort());
    expect(tokens.expiresIn()).toBeGreaterThan(0);
    expect(tokens.refresh_token).toBeUndefined();
    expect(await client.fetchUserInfo(shop, tokens.access_token, claims?.sub ?? '')).toEqual({ sub: claims?.sub });
    const answer = await client.fetchProtectedResource(
      shop,
      tokens.access_token,
      new URL(`${world.url}/kyc-age-verification/v0.2/verify`),
      'POST',
      JSON.stringify({ ageThreshold: 20 }),
      new Headers({ 'content-type': 'application/json' }),
    );
    expect(await answer.json()).toMatchObject({ ageCheck: 'true' });
  });

  test('the ID token’s signature stands by the keys shown', async () => {
    const strict = await discover('shop', shopSecret, client.ClientSecretBasic(shopSecret));
    client.enableNonRepudiationChecks(strict);
    expect((await signedIn(strict)).claims()?.aud).toBe('shop');
    const shown = client.getJwksCache(strict)?.jwks.keys ?? [];
    expect(shown.map(({ kty, alg, use }) => [kty, alg, use])).toEqual([['RSA', 'RS256', 'sig']]);
    expect(shown.flatMap((key) => Object.keys(key)).sort()).toEqual(['alg', 'e', 'kid', 'kty', 'n', 'use']);
  });

  test('a question handed in beforehand (PAR) is the same question', async () => {
    const { address, checks } = await login(shop, {}, (parameters) =>
      client.buildAuthorizationUrlWithPAR(shop, parameters),
    );
    expect([...address.searchParams.keys()].sort()).toEqual(['client_id', 'request_uri']);
    const tokens = await client.authorizationCodeGrant(shop, await agree(address), checks);
    expect(tokens.claims()?.aud).toBe('shop');
    const again = await createVisitor().go(address);
    expect(again.url.searchParams.get('error')).toBe('invalid_request_uri');
  });

  test('declines', async () => {
    const { address, checks } = await login(shop);
    const asked = client.authorizationCodeGrant(shop, await agree(address, 'decline'), checks);
    expect(await refusal(asked)).toEqual({ error: 'access_denied' });
  });

  test('a partner that signs with a key of its own', async () => {
    const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true });
    const jwks = { keys: [{ ...(await exportJWK(publicKey)), kid: 'k1', use: 'sig', alg: 'ES256' }] };
    await world.partner('signer', { authMethod: 'private_key_jwt', jwks });
    const signer = await discover('signer', undefined, client.PrivateKeyJwt({ key: privateKey, kid: 'k1' }));
    expect((await signedIn(signer)).claims()?.aud).toBe('signer');
    const stranger = await generateKeyPair('ES256');
    const forged = await discover('signer', undefined, client.PrivateKeyJwt({ key: stranger.privateKey, kid: 'k1' }));
    expect(await refusal(client.clientCredentialsGrant(forged, { scope: AGE }))).toEqual({
      error: 'invalid_client',
      status: 401,
    });
  });
});

describe('a code is worth nothing', () => {
  const given = async () => {
    const { address, checks } = await login(shop);
    return { heard: await agree(address), checks };
  };

  test.each<[string, (checks: client.AuthorizationCodeGrantChecks) => client.AuthorizationCodeGrantChecks]>([
    ['with another verifier', (checks) => ({ ...checks, pkceCodeVerifier: client.randomPKCECodeVerifier() })],
    ['with none', ({ pkceCodeVerifier: _, ...checks }) => checks],
  ])('%s', async (_what, change) => {
    const { heard, checks } = await given();
    const asked = client.authorizationCodeGrant(shop, heard, change(checks));
    expect(await refusal(asked)).toEqual({ error: 'invalid_grant', status: 400 });
  });

  test('a second time; and what it brought the first time dies', async () => {
    const { heard, checks } = await given();
    const tokens = await client.authorizationCodeGrant(shop, heard, checks);
    const again = client.authorizationCodeGrant(shop, heard, checks);
    expect(await refusal(again)).toEqual({ error: 'invalid_grant', status: 400 });
    const who = client.fetchUserInfo(shop, tokens.access_token, client.skipSubjectCheck);
    expect(await refusal(who)).toEqual({ error: 'invalid_token', status: 401 });
  });

  test('a minute later', async () => {
    const { heard, checks } = await given();
    world.clock.advance('PT61S');
    const late = client.authorizationCodeGrant(shop, heard, checks);
    expect(await refusal(late)).toEqual({ error: 'invalid_grant', status: 400 });
  });

  test('from another address to come back to', async () => {
    const { heard, checks } = await given();
    const elsewhere = new URL(heard);
    elsewhere.pathname = '/elsewhere';
    const asked = client.authorizationCodeGrant(shop, elsewhere, checks);
    expect(await refusal(asked)).toEqual({ error: 'invalid_grant', status: 400 });
  });

  test('to a partner with a wrong secret', async () => {
    const { heard, checks } = await given();
    const thief = await discover('shop', 'not-the-secret');
    const asked = client.authorizationCodeGrant(thief, heard, checks);
    expect(await refusal(asked)).toEqual({ error: 'invalid_client', status: 401 });
  });

  test('when the answer came from elsewhere, or to another question', async () => {
    const { heard, checks } = await given();
    const mixedUp = new URL(heard);
    mixedUp.searchParams.set('iss', 'https://elsewhere.example');
    expect((await refusal(client.authorizationCodeGrant(shop, mixedUp, checks))).error).toBe('OAUTH_INVALID_RESPONSE');
    const other = { ...checks, expectedState: client.randomState() };
    expect((await refusal(client.authorizationCodeGrant(shop, heard, other))).error).toBe('OAUTH_INVALID_RESPONSE');
  });
});

describe('a token', () => {
  test('renews itself when the person agreed to that, each refresh token once', async () => {
    const tokens = await signedIn(shop, OFFLINE);
    const renewed = await client.refreshTokenGrant(shop, tokens.refresh_token ?? '');
    expect(renewed.access_token).not.toBe(tokens.access_token);
    expect(renewed.claims()?.sub).toBe(tokens.claims()?.sub);
    const next = await client.refreshTokenGrant(shop, renewed.refresh_token ?? '', { scope: AGE });
    expect(next.scope).toBe(AGE);
    const stale = client.refreshTokenGrant(shop, tokens.refresh_token ?? '');
    expect(await refusal(stale)).toEqual({ error: 'invalid_grant', status: 400 });
    const dead = client.refreshTokenGrant(shop, next.refresh_token ?? '');
    expect(await refusal(dead)).toEqual({ error: 'invalid_grant', status: 400 });
  });

  test.each(['access_token', 'refresh_token'] as const)('handed back (%s) is the end of the consent', async (kind) => {
    const person = await world.subscription();
    const { address, checks } = await login(shop, OFFLINE);
    const tokens = await client.authorizationCodeGrant(shop, await agree(address, 'agree', person), checks);
    await client.tokenRevocation(shop, tokens[kind] ?? '', { token_type_hint: kind });
    const who = client.fetchUserInfo(shop, tokens.access_token, client.skipSubjectCheck);
    expect(await refusal(who)).toEqual({ error: 'invalid_token', status: 401 });
    const renewed = client.refreshTokenGrant(shop, tokens.refresh_token ?? '');
    expect(await refusal(renewed)).toEqual({ error: 'invalid_grant', status: 400 });
    const browser = createVisitor();
    await (await browser.go(`${world.url}/login`)).submit({ loginId: person.loginId, password: PASSWORD });
    const list = await browser.go(`${world.url}/age-proof`);
    expect(list.text).toContain('相手が終えた日時');
    expect(list.text).not.toContain('取り消す');
    await client.tokenRevocation(shop, tokens.access_token);
  });

  test('of another partner cannot be handed back, nor renewed', async () => {
    const tokens = await signedIn(shop, OFFLINE);
    const { secret } = await world.partner('rival', { grants: ['code'] });
    const rival = await discover('rival', secret);
    const stolen = client.tokenRevocation(rival, tokens.access_token);
    expect(await refusal(stolen)).toEqual({ error: 'invalid_request', status: 400 });
    expect((await refusal(client.refreshTokenGrant(rival, tokens.refresh_token ?? ''))).error).toBe('invalid_grant');
    await client.fetchUserInfo(shop, tokens.access_token, tokens.claims()?.sub ?? '');
  });

  test('under contract: for what was agreed, about whom the question names', async () => {
    const tokens = await client.clientCredentialsGrant(shop, { scope: AGE });
    expect(tokens).toMatchObject({ token_type: 'bearer', scope: AGE });
    expect(tokens.id_token).toBeUndefined();
    const { phoneNumber } = await world.subscription();
    expect((await world.verify(tokens.access_token, { ageThreshold: 20, phoneNumber })).body.ageCheck).toBe('true');
    const more = client.clientCredentialsGrant(shop, { scope: 'device-data-volume:read' });
    expect(await refusal(more)).toEqual({ error: 'invalid_scope', status: 400 });
    const { secret } = await world.partner('only-code', { grants: ['code'] });
    const onlyCode = await discover('only-code', secret, client.ClientSecretBasic(secret));
    const denied = client.clientCredentialsGrant(onlyCode, { scope: AGE });
    expect(await refusal(denied)).toEqual({ error: 'invalid_request', status: 400 });
  });
});

describe('a partner asks in the talk', () => {
  async function asked(partnerId: string) {
    const { secret } = await world.partner(partnerId, { grants: ['ciba'], redirectUris: [] });
    const bank = await discover(partnerId, secret);
    const taro = await world.subscription();
    await linkUser(world, taro, TARO);
    const question = await client.initiateBackchannelAuthentication(bank, {
      scope: `openid ${AGE}`,
      login_hint: `tel:${taro.phoneNumber}`,
      binding_message: 'SAKURA-42',
    });
    const { requestId } = await questionTo(world, TARO);
    // The library waits as long as it is told between two looks; a test is told not to.
    return { bank, question: { ...question, interval: 0 }, requestId };
  }

  test('it looks until the person agrees, and knows who it is', async () => {
    const { bank, question, requestId } = await asked('bank');
    const form = { auth_req_id: question.auth_req_id };
    const early = client.genericGrantRequest(bank, 'urn:openid:params:grant-type:ciba', form);
    expect(await refusal(early)).toEqual({ error: 'authorization_pending', status: 400 });
    const answered = client.pollBackchannelAuthenticationGrant(bank, question);
    await tapAnswer(world, { lineUserId: TARO, action: 'agree', requestId });
    const tokens = await answered;
    expect(tokens.claims()).toMatchObject({ iss: world.issuer, aud: 'bank' });
    const { sub } = tokens.claims() ?? { sub: '' };
    expect(await client.fetchUserInfo(bank, tokens.access_token, sub)).toEqual({ sub });
    expect((await world.verify(tokens.access_token, { ageThreshold: 20 })).body.ageCheck).toBe('true');
    const again = client.pollBackchannelAuthenticationGrant(bank, question);
    expect(await refusal(again)).toEqual({ error: 'invalid_grant', status: 400 });
  });

  test('the person declines, or does not answer', async () => {
    const { bank, question, requestId } = await asked('bank-2');
    await tapAnswer(world, { lineUserId: TARO, action: 'decline', requestId });
    const declined = client.pollBackchannelAuthenticationGrant(bank, question);
    expect(await refusal(declined)).toEqual({ error: 'access_denied', status: 400 });
    const unheard = await asked('bank-3');
    world.clock.advance('PT10M1S');
    const late = client.pollBackchannelAuthenticationGrant(unheard.bank, unheard.question);
    expect((await refusal(late)).error).toMatch(/^(expired_token|invalid_grant)$/);
    const nobody = client.initiateBackchannelAuthentication(bank, { scope: 'openid', login_hint: 'tel:+818099999999' });
    expect(await refusal(nobody)).toEqual({ error: 'unknown_user_id', status: 400 });
  });
});
