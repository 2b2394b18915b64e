import { createHash, createHmac, generateKeyPairSync } from 'node:crypto';
import { Hono } from 'hono';
import { type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { serveApp } from '../../../../tests/support/simulated-line.ts';
import { createAdjustableClock } from '../../../base/clock.ts';
import { createLineLogin, type LineLogin, LineLoginRefused, LineLoginUnavailable } from './login.ts';

// A token endpoint that hands out whatever ID token the test forged.
const clientId = '2000000002';
const clientSecret = 'the-login-channel-secret-0000001';
const lineUserId = `U${'4'.repeat(32)}`;
const redirectUri = 'https://renkei.example/login/line/callback';
const clock = createAdjustableClock('2026-11-23T03:00:00Z');
const now = Math.floor(clock.now().epochMilliseconds / 1_000);
const key = new TextEncoder().encode(clientSecret);

let idToken = '';
let status: 200 | 307 | 400 | 429 | 500 = 200;
let asked: Record<string, unknown> = {};
let server: { origin: string; stop(): Promise<void> };
let login: LineLogin;

beforeAll(async () => {
  const app = new Hono();
  app.post('/oauth2/v2.1/token', async (c) => {
    asked = await c.req.parseBody();
    if (status === 307) return c.redirect('/elsewhere', 307);
    return status === 200
      ? c.json({ access_token: 'a', token_type: 'Bearer', expires_in: 1, id_token: idToken, news: true })
      : c.json({ error: 'invalid_grant' }, status);
  });
  app.post('/elsewhere', (c) => c.json({ id_token: idToken }));
  server = await serveApp(app);
  login = loginAt(server.origin);
});
const loginAt = (apiBaseUrl: string) =>
  createLineLogin({
    clientId,
    clientSecret,
    accessBaseUrl: 'https://access.line.me',
    apiBaseUrl,
    redirectUri,
    clock,
  });
afterAll(() => server.stop());

const expected = { state: 'state-of-the-browser', nonce: 'nonce-of-the-browser', codeVerifier: 'v'.repeat(43) };
const good: JWTPayload = {
  iss: 'https://access.line.me',
  sub: lineUserId,
  aud: clientId,
  nonce: expected.nonce,
  iat: now - 5,
  exp: now + 3_595,
  name: 'たろう',
  amr: ['linesso'],
};
const signed = (claims: JWTPayload, secret: Uint8Array = key) =>
  new SignJWT(claims).setProtectedHeader({ alg: 'HS256', typ: 'JWT' }).sign(secret);

async function finish(token: string, state = expected.state) {
  idToken = token;
  status = 200;
  return login.finish({ code: 'the-code', state, expected });
}

describe('sending the browser to LINE', () => {
  test('with fresh secrets each time, a challenge instead of the verifier, and only what is needed', () => {
    const { url, state, nonce, codeVerifier } = login.begin({ language: 'ja' });
    const { origin, pathname, searchParams } = new URL(url);
    expect(origin + pathname).toBe('https://access.line.me/oauth2/v2.1/authorize');
    expect(Object.fromEntries(searchParams)).toEqual({
      response_type: 'code',
      client_id: clientId,
      redirect_uri: redirectUri,
      state,
      nonce,
      scope: 'openid profile',
      code_challenge: createHash('sha256').update(codeVerifier).digest('base64url'),
      code_challenge_method: 'S256',
      ui_locales: 'ja-JP',
    });
    const again = login.begin();
    const secrets = [state, nonce, codeVerifier, again.state, again.nonce, again.codeVerifier];
    expect(new Set(secrets).size).toBe(6);
    expect(secrets.every((secret) => /^[\w-]{43}$/.test(secret))).toBe(true);
  });
});

describe('coming back', () => {
  test('tells who holds the browser', async () => {
    expect(await finish(await signed(good))).toEqual({ lineUserId, displayName: 'たろう' });
    expect(asked).toEqual({
      grant_type: 'authorization_code',
      code: 'the-code',
      redirect_uri: redirectUri,
      client_id: clientId,
      client_secret: clientSecret,
      code_verifier: expected.codeVerifier,
    });
  });

  test('with a clock that differs by less than a minute', async () => {
    await expect(finish(await signed({ ...good, iat: now + 50, exp: now + 3_650 }))).resolves.toBeDefined();
    await expect(finish(await signed({ ...good, exp: now - 50 }))).resolves.toBeDefined();
  });

  test.each(['', 'another', `${expected.state}x`])('not with the state "%s"', async (state) => {
    const token = await signed(good);
    await expect(finish(token, state)).rejects.toMatchObject({ code: 'state-differs' });
  });

  test('not when the browser was never sent: an empty state matches nothing', async () => {
    idToken = await signed(good);
    const none = { ...expected, state: '' };
    await expect(login.finish({ code: 'c', state: '', expected: none })).rejects.toThrow(LineLoginRefused);
  });

  test('a name is not needed', async () => {
    expect(await finish(await signed({ ...good, name: '' }))).toEqual({ lineUserId });
  });

  test('not with a code LINE refuses, nor with an answer that holds no token', async () => {
    status = 400;
    const refused = login.finish({ code: 'x', state: expected.state, expected });
    await expect(refused).rejects.toMatchObject({ code: 'code-refused' });
    await expect(finish('')).rejects.toMatchObject({ code: 'id-token-invalid' });
  });

  test.each([429, 500, 307] as const)('a LINE that answers %i is told apart, and followed nowhere', async (answers) => {
    idToken = await signed(good);
    status = answers;
    const asking = login.finish({ code: 'x', state: expected.state, expected });
    await expect(asking).rejects.toThrow(LineLoginUnavailable);
  });

  test('so is one that does not answer', async () => {
    const deaf = loginAt('http://127.0.0.1:9');
    await expect(deaf.finish({ code: 'x', state: expected.state, expected })).rejects.toThrow(LineLoginUnavailable);
  });
});

describe('forged ID tokens', () => {
  const es256 = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const rs256 = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  const es256Public = new TextEncoder().encode(es256.publicKey.export({ type: 'spki', format: 'pem' }).toString());
  const without = (claim: string) => Object.fromEntries(Object.entries(good).filter(([name]) => name !== claim));
  const byHand = (alg: string, hash: string) => {
    const text = [{ alg, typ: 'JWT' }, good].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'));
    return [...text, createHmac(hash, clientSecret).update(text.join('.')).digest('base64url')].join('.');
  };
  const tampered = async () => {
    const [header, , signature] = (await signed(good)).split('.');
    const payload = Buffer.from(JSON.stringify({ ...good, sub: `U${'5'.repeat(32)}` })).toString('base64url');
    return `${header}.${payload}.${signature}`;
  };

  test.each<[string, () => Promise<string> | string, string]>([
    ['unsigned (alg none)', () => new UnsecuredJWT(good).encode(), 'id-token-invalid'],
    ['signed with another secret', () => signed(good, new TextEncoder().encode('x'.repeat(32))), 'id-token-invalid'],
    ['signed with the right secret by HS384', () => byHand('HS384', 'sha384'), 'id-token-invalid'],
    ['signed with the right secret by HS512', () => byHand('HS512', 'sha512'), 'id-token-invalid'],
    [
      'signed by ES256',
      () => new SignJWT(good).setProtectedHeader({ alg: 'ES256' }).sign(es256.privateKey),
      'id-token-invalid',
    ],
    [
      'signed by RS256',
      () => new SignJWT(good).setProtectedHeader({ alg: 'RS256' }).sign(rs256.privateKey),
      'id-token-invalid',
    ],
    ['HS256 over a public key taken for a secret', () => signed(good, es256Public), 'id-token-invalid'],
    ['with its words changed', tampered, 'id-token-invalid'],
    ['for another channel', () => signed({ ...good, aud: '1999999999' }), 'id-token-invalid'],
    ['for another channel and ours', () => signed({ ...good, aud: ['1999999999', clientId] }), 'id-token-invalid'],
    ['of another issuer', () => signed({ ...good, iss: 'https://access.line.me.example' }), 'id-token-invalid'],
    ['with another nonce', () => signed({ ...good, nonce: 'nonce-of-somebody' }), 'id-token-invalid'],
    ['without a nonce', () => signed(without('nonce')), 'id-token-invalid'],
    ['without an end', () => signed(without('exp')), 'id-token-invalid'],
    ['without a beginning', () => signed(without('iat')), 'id-token-invalid'],
    ['without a subject', () => signed(without('sub')), 'id-token-invalid'],
    ['naming no LINE user', () => signed({ ...good, sub: 'admin' }), 'id-token-invalid'],
    ['of an hour ago', () => signed({ ...good, iat: now - 7_200, exp: now - 61 }), 'id-token-expired'],
    ['of the future', () => signed({ ...good, iat: now + 61, exp: now + 3_661 }), 'id-token-invalid'],
    ['not valid yet', () => signed({ ...good, nbf: now + 61 }), 'id-token-invalid'],
    ['not a token', () => 'eyJ.eyJ.x', 'id-token-invalid'],
  ])('%s', async (_, forge, code) => {
    await expect(finish(await forge())).rejects.toMatchObject({ name: 'LineLoginRefused', code });
  });
});
