import { Hono } from 'hono';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { serveApp } from '../../../../tests/support/simulated-line.ts';
import { createAdjustableClock } from '../../../base/clock.ts';
import { createLiffTokens, type LiffTokens } from './liff-token.ts';
import { LineLoginRefused, LineLoginUnavailable } from './login.ts';

// LINE publishes one key; the test holds its other half, and forges with others.
const clientId = '2000000002';
const lineUserId = `U${'4'.repeat(32)}`;
const clock = createAdjustableClock('2026-11-23T03:00:00Z');
const now = Math.floor(clock.now().epochMilliseconds / 1_000);
const lines = await generateKeyPair('ES256', { extractable: true });
const forgers = await generateKeyPair('ES256', { extractable: true });

let server: { origin: string; stop(): Promise<void> };
let tokens: LiffTokens;
beforeAll(async () => {
  const published = await exportJWK(lines.publicKey);
  const app = new Hono();
  app.get('/oauth2/v2.1/certs', (c) => c.json({ keys: [{ ...published, kid: 'one', alg: 'ES256', use: 'sig' }] }));
  server = await serveApp(app);
  tokens = createLiffTokens({ clientId, apiBaseUrl: server.origin, clock });
});
afterAll(() => server.stop());

const good: JWTPayload = {
  iss: 'https://access.line.me',
  sub: lineUserId,
  aud: clientId,
  iat: now - 5,
  exp: now + 3_595,
  amr: ['linesso'],
};
const signed = (claims: JWTPayload, key = lines.privateKey, kid = 'one') =>
  new SignJWT(claims).setProtectedHeader({ alg: 'ES256', typ: 'JWT', kid }).sign(key);
const refusal = (token: string) =>
  tokens.verify(token).then(
    () => 'accepted',
    (error: unknown) => (error instanceof LineLoginRefused ? error.code : error),
  );

test('a token LINE signed for our channel says whose it is', async () => {
  expect(await tokens.verify(await signed(good))).toEqual({ lineUserId });
});

test('also by a clock that differs from ours by less than a minute', async () => {
  expect(await tokens.verify(await signed({ ...good, exp: now - 50 }))).toEqual({ lineUserId });
  expect(await tokens.verify(await signed({ ...good, iat: now + 50 }))).toEqual({ lineUserId });
});

describe('refused is', () => {
  test.each<[string, JWTPayload]>([
    ['another issuer', { ...good, iss: 'https://access.line.me.evil.example' }],
    ['another channel', { ...good, aud: '2000000003' }],
    ['our channel among others', { ...good, aud: ['2000000003', clientId] }],
    ['a token of tomorrow', { ...good, iat: now + 3_600, exp: now + 7_200 }],
    ['no user id', { ...good, sub: 'taro' }],
  ])('%s', async (_what, claims) => {
    expect(await refusal(await signed(claims))).toBe('id-token-invalid');
  });

  test('a token whose hour is over', async () => {
    expect(await refusal(await signed({ ...good, exp: now - 61 }))).toBe('id-token-expired');
  });

  test('a token without an end', async () => {
    const { exp: _exp, ...endless } = good;
    expect(await refusal(await signed(endless))).toBe('id-token-invalid');
  });

  test('another key under the same name, and a name nobody published', async () => {
    expect(await refusal(await signed(good, forgers.privateKey))).toBe('id-token-invalid');
    expect(await refusal(await signed(good, forgers.privateKey, 'two'))).toBe('id-token-invalid');
  });

  test('no signature, a web login’s HS256, and the public key used as a secret', async () => {
    expect(await refusal(new UnsecuredJWT(good).encode())).toBe('id-token-invalid');
    const hs256 = (secret: string) =>
      new SignJWT(good).setProtectedHeader({ alg: 'HS256', kid: 'one' }).sign(new TextEncoder().encode(secret));
    expect(await refusal(await hs256('the-login-channel-secret-0000001'))).toBe('id-token-invalid');
    expect(await refusal(await hs256(JSON.stringify(await exportJWK(lines.publicKey))))).toBe('id-token-invalid');
  });

  test('something that is no token', async () => {
    for (const nonsense of ['', 'x', 'a.b.c', `${await signed(good)}x`]) {
      expect(await refusal(nonsense)).toBe('id-token-invalid');
    }
  });
});

test('when LINE does not answer it is LINE’s trouble, not the person’s', async () => {
  const deaf = createLiffTokens({ clientId, apiBaseUrl: 'http://127.0.0.1:9', clock });
  await expect(deaf.verify(await signed(good))).rejects.toThrow(LineLoginUnavailable);
});
