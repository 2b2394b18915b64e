import { createHash, randomBytes } from 'node:crypto';
import { createLocalJWKSet, decodeProtectedHeader, type JSONWebKeySet, jwtVerify } from 'jose';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openBrowser } from '../testing/browser.ts';
import { type Stage, startStage } from '../testing/stage.ts';

const loginChannelId = '2001234567';
const loginChannelSecret = 'the-login-channel-secret-is-long';
const liffId = `${loginChannelId}-abcdefgh`;
const redirectUri = 'http://127.0.0.1:3000/callback';

let stage: Stage;
beforeAll(async () => {
  stage = await startStage({
    loginChannelId,
    loginChannelSecret,
    liffId,
    liffEndpointUrl: 'http://127.0.0.1:3000/liff',
  });
});
beforeEach(async () => {
  await stage.control('POST', '/reset');
});
afterAll(() => stage.stop());

const verifier = randomBytes(32).toString('base64url');

function authorize(more: Record<string, string> = {}): string {
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: loginChannelId,
    redirect_uri: redirectUri,
    state: 'a-state',
    scope: 'openid profile',
    nonce: 'a-nonce',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    ...more,
  });
  return `/oauth2/v2.1/authorize?${query}`;
}

async function post(path: string, fields: Record<string, string>) {
  const answer = await fetch(`${stage.origins.api}${path}`, { method: 'POST', body: new URLSearchParams(fields) });
  return { status: answer.status, body: (await answer.json()) as Record<string, string> };
}

const exchange = (code: string, more: Record<string, string> = {}) =>
  post('/oauth2/v2.1/token', {
    grant_type: 'authorization_code',
    code,
    redirect_uri: redirectUri,
    client_id: loginChannelId,
    client_secret: loginChannelSecret,
    code_verifier: verifier,
    ...more,
  });

/** Signs in, agreeing if asked; the code. */
async function signIn(displayName = 'たろう', more: Record<string, string> = {}): Promise<string> {
  const browser = await openBrowser(stage, await stage.person(displayName));
  const page = await browser.visit(authorize(more));
  const back = page.leftFor ? page : await browser.submit(page, { decision: 'allow' });
  return back.leftFor?.searchParams.get('code') ?? '';
}

test('the first time asks for consent, later times lead straight back', async () => {
  const taro = await stage.person('たろう');
  const browser = await openBrowser(stage, taro);
  const consent = await browser.visit(authorize());
  expect(consent.leftFor).toBeNull();
  expect(consent.html).toContain('許可する');
  const back = await browser.submit(consent, { decision: 'allow' });
  expect(`${back.leftFor?.origin}${back.leftFor?.pathname}`).toBe(redirectUri);
  expect(Object.fromEntries(back.leftFor?.searchParams ?? [])).toEqual({ code: expect.any(String), state: 'a-state' });
  const second = await browser.visit(authorize());
  expect(second.leftFor?.searchParams.get('code')).toMatch(/^\w{20}$/);
});

test('who does not agree is sent back with access_denied', async () => {
  const browser = await openBrowser(stage, await stage.person('たろう'));
  const back = await browser.submit(await browser.visit(authorize()), { decision: 'deny' });
  expect(Object.fromEntries(back.leftFor?.searchParams ?? [])).toMatchObject({
    error: 'access_denied',
    state: 'a-state',
  });
});

test('web login: an HS256 ID token signed with the channel secret, issuer access.line.me, one hour', async () => {
  const taro = await stage.person('たろう');
  const { status, body } = await exchange(await signIn());
  expect(status).toBe(200);
  expect(body).toMatchObject({ token_type: 'Bearer', expires_in: 2_592_000, scope: 'openid profile' });
  const { payload, protectedHeader } = await jwtVerify(body.id_token ?? '', Buffer.from(loginChannelSecret));
  expect(protectedHeader).toMatchObject({ alg: 'HS256', typ: 'JWT' });
  expect(payload).toMatchObject({
    iss: 'https://access.line.me',
    sub: taro.userId,
    aud: loginChannelId,
    nonce: 'a-nonce',
    amr: ['lineautologin'],
    name: 'たろう',
  });
  expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(3_600);
});

test('LIFF: an ES256 ID token that verifies against the published certificates, without client secret', async () => {
  const code = await signIn();
  const { body } = await exchange(code, {
    client_secret: '',
    appId: liffId,
    id_token_key_type: 'JWK',
  });
  const certificates: JSONWebKeySet = await (await fetch(`${stage.origins.api}/oauth2/v2.1/certs`)).json();
  const { payload } = await jwtVerify(body.id_token ?? '', createLocalJWKSet(certificates));
  expect(decodeProtectedHeader(body.id_token ?? '').alg).toBe('ES256');
  expect(payload.iss).toBe('https://access.line.me');
});

test('a code works once, for its own verifier, client and address', async () => {
  expect((await exchange(await signIn(), { code_verifier: 'wrong' })).body.error).toBe('invalid_grant');
  expect((await exchange(await signIn(), { redirect_uri: `${redirectUri}/x` })).body.error).toBe('invalid_grant');
  expect((await exchange(await signIn(), { client_secret: 'wrong' })).body.error).toBe('invalid_client');
  const code = await signIn();
  expect((await exchange(code)).status).toBe(200);
  expect((await exchange(code)).body).toEqual({
    error: 'invalid_grant',
    error_description: 'invalid authorization code',
  });
});

test('a code works for ten minutes', async () => {
  const code = await signIn();
  await stage.control('POST', '/clock', { advance: 'PT601S' });
  expect((await exchange(code)).body.error).toBe('invalid_grant');
});

test('verification says what is wrong with an ID token', async () => {
  const { body } = await exchange(await signIn());
  const verify = (fields: Record<string, string>) =>
    post('/oauth2/v2.1/verify', { id_token: body.id_token ?? '', client_id: loginChannelId, ...fields });
  expect((await verify({ nonce: 'a-nonce' })).body).toMatchObject({ iss: 'https://access.line.me', name: 'たろう' });
  const wrong: [Record<string, string>, string][] = [
    [{ id_token: 'x.y.z' }, 'Invalid IdToken.'],
    [{ client_id: '1' }, 'Invalid IdToken Audience.'],
    [{ nonce: 'another' }, 'Invalid IdToken Nonce.'],
    [{ user_id: `U${'0'.repeat(32)}` }, 'Invalid IdToken Subject Identifier.'],
  ];
  for (const [fields, description] of wrong) {
    expect((await verify(fields)).body).toEqual({ error: 'invalid_request', error_description: description });
  }
  await stage.control('POST', '/clock', { advance: 'PT1H' });
  expect((await verify({})).body.error_description).toBe('IdToken expired.');
});

test('the access token opens profile and friendship, until the person leaves the service', async () => {
  const taro = await stage.befriend('たろう');
  const { body } = await exchange(await signIn());
  const get = (path: string) =>
    fetch(`${stage.origins.api}${path}`, { headers: { authorization: `Bearer ${body.access_token}` } });
  expect(await (await get('/v2/profile')).json()).toEqual({ userId: taro.userId, displayName: 'たろう' });
  expect(await (await get('/friendship/v1/status')).json()).toEqual({ friendFlag: true });
  const left = await stage.api('POST', '/user/v1/deauthorize', { userAccessToken: body.access_token });
  expect(left.status).toBe(204);
  expect((await get('/v2/profile')).status).toBe(401);
  const asked = await (await openBrowser(stage, taro)).visit(authorize());
  expect(asked.html).toContain('許可する');
});

test('a refresh token gives new access and stays the same', async () => {
  const { body } = await exchange(await signIn());
  const renewed = await post('/oauth2/v2.1/token', {
    grant_type: 'refresh_token',
    refresh_token: body.refresh_token ?? '',
    client_id: loginChannelId,
    client_secret: loginChannelSecret,
  });
  expect(renewed.body.refresh_token).toBe(body.refresh_token);
  expect(renewed.body.access_token).not.toBe(body.access_token);
});

test('the consent page can add the account as a friend and says so', async () => {
  const taro = await stage.person('たろう');
  const browser = await openBrowser(stage, taro);
  const consent = await browser.visit(authorize({ bot_prompt: 'normal' }));
  const back = await browser.submit(consent, { decision: 'allow', add_friend: 'yes' });
  expect(back.leftFor?.searchParams.get('friendship_status_changed')).toBe('true');
  expect((await stage.settled()).at(-1)).toMatchObject({ type: 'follow', source: { userId: taro.userId } });
});

test('prompts: login asks again who it is, none never asks', async () => {
  const taro = await stage.person('たろう');
  const browser = await openBrowser(stage, taro);
  const silent = await browser.visit(authorize({ prompt: 'none' }));
  expect(silent.leftFor?.searchParams.get('error')).toBe('consent_required');
  await signIn();
  const login = await browser.visit(authorize({ prompt: 'login' }));
  expect(login.html).toContain('どなたですか');
  const back = await browser.submit(login, { user_id: taro.userId });
  const { body } = await exchange(back.leftFor?.searchParams.get('code') ?? '');
  const { payload } = await jwtVerify(body.id_token ?? '', Buffer.from(loginChannelSecret));
  expect(payload.amr).toEqual(['pwd']);
});

test('a malformed request is shown as a page, never sent back', async () => {
  const browser = await openBrowser(stage, await stage.person('たろう'));
  const wrong = [
    { client_id: '1' },
    { redirect_uri: 'nowhere' },
    { state: '' },
    { scope: 'all' },
    { response_type: 'token' },
  ];
  for (const fields of wrong) {
    const page = await browser.visit(authorize(fields));
    expect([fields, page.status, page.leftFor]).toEqual([fields, 400, null]);
  }
});

test('discovery names the issuer LINE names, at the addresses of this simulator', async () => {
  const answer = await fetch(`${stage.origins.access}/.well-known/openid-configuration`);
  expect(await answer.json()).toMatchObject({
    issuer: 'https://access.line.me',
    token_endpoint: `${stage.origins.api}/oauth2/v2.1/token`,
    authorization_endpoint: `${stage.origins.access}/oauth2/v2.1/authorize`,
  });
});

test('a LIFF link opens the endpoint with the rest of the address as its state', async () => {
  const browser = await openBrowser(stage, await stage.person('たろう'));
  const opened = await browser.visit(`/${liffId}/gift/abc?from=talk`);
  expect(opened.leftFor?.href).toBe('http://127.0.0.1:3000/liff?liff.state=%2Fgift%2Fabc%3Ffrom%3Dtalk');
  expect((await browser.visit('/1111111111-zzzzzzzz')).status).toBe(400);
});

test('LIFF sign-in comes back to the endpoint with what the SDK needs, and to nowhere else', async () => {
  const taro = await stage.person('たろう');
  const browser = await openBrowser(stage, taro);
  const query = `app_id=${liffId}&state=s&response_type=code&code_challenge=${'x'.repeat(43)}&code_challenge_method=S256`;
  const back = await browser.submit(await browser.visit(`/liff/v1/authorize?${query}`), { decision: 'allow' });
  expect(Object.fromEntries(back.leftFor?.searchParams ?? [])).toEqual({
    code: expect.any(String),
    state: 's',
    liffClientId: loginChannelId,
    liffRedirectUri: 'http://127.0.0.1:3000/liff',
  });
  const elsewhere = await browser.visit(`/liff/v1/authorize?${query}&redirect_uri=http://127.0.0.1:4000/`);
  expect([elsewhere.status, elsewhere.leftFor]).toEqual([400, null]);
});

test('the app may ask for a language', async () => {
  const browser = await openBrowser(stage, await stage.person('たろう'));
  expect((await browser.visit(authorize({ ui_locales: 'en-US' }))).html).toContain('<html lang="en">');
});
