import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type PartnerWorld, partnerWorld, type Question } from '../../../tests/support/partner-world.ts';
import { createVisitor } from '../../../tests/support/visitor.ts';
import { runnerOf } from '../../infra/db/index.ts';
import { makeKeys, parseKeys } from '../../infra/secrets.ts';
import { createAdapter } from './openid/adapter.ts';

let world: PartnerWorld;
let shop: { partnerId: string; secret: string };
let other: { partnerId: string; secret: string };
beforeAll(async () => {
  world = await partnerWorld();
  shop = await world.partner('shop', { grants: ['code'] });
  other = await world.partner('other', { grants: ['code'] });
});
afterAll(() => world.close());

/** A question that a person has agreed to, with the code it brought. */
async function agreed(change: Record<string, string> = {}): Promise<Question & { code: string }> {
  const question = world.question(shop.partnerId, change);
  const told = await world.agree(question, await world.codeOf(await world.subscription()));
  return { ...question, code: told.get('code') ?? '' };
}

describe('authorization codes', () => {
  test('a code replayed is refused, and what it brought dies', async () => {
    const { code, verifier } = await agreed();
    const first = await world.exchange(shop, code, verifier);
    const access = String(first.body.access_token);
    expect((await world.verify(access, { ageThreshold: 18 })).status).toBe(200);
    expect((await world.exchange(shop, code, verifier)).body.error).toBe('invalid_grant');
    expect((await world.verify(access, { ageThreshold: 18 })).status).toBe(401);
  });

  test('of many who come with one code at once, at most one gets tokens', async () => {
    const { code, verifier } = await agreed();
    const answers = await Promise.all(Array.from({ length: 10 }, () => world.exchange(shop, code, verifier)));
    expect(answers.filter(({ status }) => status === 200).length).toBeLessThanOrEqual(1);
    expect(answers.filter(({ body }) => body.error === 'invalid_grant').length).toBeGreaterThanOrEqual(9);
  });

  test('whoever has found a code unused may still be the second to use it up', async () => {
    const model = createAdapter({
      sql: runnerOf(world.database.db),
      clock: world.clock,
      key: parseKeys(makeKeys()).tokens,
      endGrant: async () => undefined,
    });
    const [codes, refreshTokens] = [model('AuthorizationCode'), model('RefreshToken')];
    for (const id of ['a code', 'another code']) await codes.upsert(id, {}, 60);
    await refreshTokens.upsert('a code', {}, 60);
    await codes.consume('a code');
    await expect(codes.consume('a code')).rejects.toThrow('invalid_grant');
    await codes.destroy('a code');
    // What else there is of this kind or under this name is as unused as before, and still there.
    await codes.consume('another code');
    await refreshTokens.consume('a code');
    expect(await codes.find('a code')).toBeUndefined();
  });

  test('a code lives a minute', async () => {
    const { code, verifier } = await agreed();
    world.clock.advance('PT61S');
    expect((await world.exchange(shop, code, verifier)).body.error).toBe('invalid_grant');
  });

  test('another partner gets nothing for it, nor does anybody without the verifier', async () => {
    const { code, verifier } = await agreed();
    expect((await world.exchange(other, code, verifier)).body.error).toBe('invalid_grant');
    expect((await world.exchange({ ...shop, secret: 'wrong' }, code, verifier)).status).toBe(401);
    expect((await world.exchange(shop, code, 'x'.repeat(43))).body.error).toBe('invalid_grant');
  });

  test('without the verifier, or with another address to come back to, it is worth nothing', async () => {
    const { code } = await agreed();
    const bare = await world.token(shop, { grant_type: 'authorization_code', code, redirect_uri: world.redirectUri });
    expect(bare.body.error).toBe('invalid_grant');
    const { code: second, verifier } = await agreed();
    const elsewhere = await world.token(shop, {
      grant_type: 'authorization_code',
      code: second,
      code_verifier: verifier,
      redirect_uri: 'https://evil.example/back',
    });
    expect(elsewhere.body.error).toBe('invalid_grant');
  });
});

describe('questions', () => {
  test.each([
    ['another address to come back to', { redirect_uri: 'https://evil.example/back' }],
    ['an address that begins like the right one', { redirect_uri: 'http://127.0.0.1.evil.example/back' }],
    ['a partner that is none', { client_id: 'nobody' }],
    ['a partner that can be none', { client_id: 'line\0' }],
  ])('%s: nobody is sent anywhere', async (_what, change) => {
    const page = await createVisitor().go(world.question(shop.partnerId, change).address);
    expect(page.status).toBe(400);
    expect(page.url.origin).toBe(world.url);
    expect(page.text).toContain('このページは開けません');
    expect(page.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
  });

  test.each([
    ['without PKCE', { code_challenge: undefined, code_challenge_method: undefined }, 'invalid_request'],
    ['PKCE turned down to plain', { code_challenge_method: 'plain' }, 'invalid_request'],
    ['a token in the address', { response_type: 'token' }, 'invalid_request'],
    ['an ID token in the address', { response_type: 'id_token' }, 'invalid_request'],
    ['a purpose that was not agreed', { scope: 'openid dpv:IdentityVerification' }, 'invalid_scope'],
    ['answer without asking', { prompt: 'none' }, 'login_required'],
  ])('%s → %s', async (_what, change, error) => {
    const page = await createVisitor().go(world.question(shop.partnerId, change).address);
    const told = new URLSearchParams(page.url.search || page.url.hash.slice(1));
    expect(told.get('error')).toBe(error);
    expect(told.get('code')).toBeNull();
  });

  test('what the person saw in one browser cannot be answered in another', async () => {
    const first = await createVisitor().go(world.question(shop.partnerId).address);
    const thief = createVisitor();
    expect((await thief.go(first.url)).status).toBe(410);
    const decide = await thief.go(`${first.url}/decide`, { method: 'POST', form: { decision: 'agree' } });
    expect(decide.status).toBe(410);
  });

  test('agreeing without having shown a subscription leads back to that', async () => {
    const browser = createVisitor();
    const first = await browser.go(world.question(shop.partnerId).address);
    const page = await browser.go(`${first.url}/decide`, { method: 'POST', form: { decision: 'agree' } });
    expect(page.text).toContain('利用コード（16桁）');
  });

  test('going on by hand, before anything was agreed to, asks again', async () => {
    const browser = createVisitor();
    const first = await browser.go(world.question(shop.partnerId).address);
    const uid = first.url.pathname.split('/').at(-1) ?? '';
    const page = await browser.go(`${world.issuer}/auth/${uid}`);
    expect(page.url.pathname).toMatch(/^\/age-proof\/consent\//);
    expect(page.url.searchParams.get('code')).toBeNull();
  });

  test('a phone that was passed on does not agree by itself', async () => {
    const browser = createVisitor();
    const code = await world.codeOf(await world.subscription());
    const first = await browser.go(world.question(shop.partnerId).address);
    await (await first.submit({ code }, '利用コードで進む')).submit({ decision: 'agree' }, '同意する');
    const again = await browser.go(world.question(shop.partnerId).address);
    expect(again.text).toContain('利用コード（16桁）');
  });

  test('a question is open for ten minutes', async () => {
    const browser = createVisitor();
    const first = await browser.go(world.question(shop.partnerId).address);
    world.clock.advance('PT10M1S');
    expect((await browser.go(first.url)).status).toBe(410);
  });
});

describe('a flood', () => {
  const flood = (path: string, many: number, init: RequestInit = {}) =>
    Promise.all(
      Array.from({ length: many }, async (_, n) => {
        // The library takes every spelling of a path: so does the limit.
        const response = await fetch(world.issuer + (n % 3 ? path : `${path.toUpperCase()}/`), {
          redirect: 'manual',
          ...init,
        });
        return { status: response.status, wait: response.headers.get('retry-after'), text: await response.text() };
      }),
    );

  test('of questions begun is stopped, in words, and ends', async () => {
    world.clock.freeze(world.clock.now().add('PT11M').toString());
    const answers = await flood('/auth', 320);
    const stopped = answers.filter(({ status }) => status === 429);
    expect(stopped.length).toBe(20);
    expect(Number(stopped[0]?.wait)).toBeGreaterThan(0);
    expect(stopped[0]?.text).toContain('短いあいだに同じところから何度も開かれました');
    expect((await createVisitor().go(world.question(shop.partnerId).address)).status).toBe(429);
    expect((await fetch(`${world.issuer}/jwks`)).status).toBe(200);
    world.clock.advance('PT11M');
    expect((await createVisitor().go(world.question(shop.partnerId).address)).status).toBe(200);
  });

  test('of programs is stopped, as programs hear it', async () => {
    world.clock.freeze(world.clock.now().add('PT2M').toString());
    const answers = await flood('/token', 1_210, { method: 'POST', body: new URLSearchParams({ grant_type: 'none' }) });
    const stopped = answers.filter(({ status }) => status === 429);
    expect(stopped.length).toBe(10);
    expect(JSON.parse(stopped[0]?.text ?? '')).toMatchObject({ error: 'temporarily_unavailable' });
    world.clock.advance('PT2M');
    expect((await world.token(shop, { grant_type: 'refresh_token', refresh_token: 'x' })).status).toBe(400);
  });
});

describe('tokens', () => {
  test('an ID token, a code, a refresh token open nothing', async () => {
    const { code, verifier } = await agreed({
      scope: 'openid offline_access kyc-age-verification:verify',
      prompt: 'consent',
    });
    expect((await world.verify(code, { ageThreshold: 18 })).status).toBe(401);
    const { body } = await world.exchange(shop, code, verifier);
    for (const wrong of [body.id_token, body.refresh_token]) {
      expect((await world.verify(String(wrong), { ageThreshold: 18 })).status).toBe(401);
    }
  });

  test('a refresh token used twice is stolen: all of its kind die', async () => {
    const { code, verifier } = await agreed({
      scope: 'openid offline_access kyc-age-verification:verify',
      prompt: 'consent',
    });
    const { body } = await world.exchange(shop, code, verifier);
    const renew = (token: unknown) => world.token(shop, { grant_type: 'refresh_token', refresh_token: String(token) });
    const second = await renew(body.refresh_token);
    expect(second.status).toBe(200);
    expect((await renew(body.refresh_token)).body.error).toBe('invalid_grant');
    expect((await world.verify(String(second.body.access_token), { ageThreshold: 18 })).status).toBe(401);
  });

  test('a token without the scope is not enough, and one of a partner that was suspended is none', async () => {
    const { code, verifier } = await agreed({ scope: 'openid kyc-age-verification:verify' });
    const { body } = await world.exchange(shop, code, verifier);
    await world.database.pool.query(`update partner set scopes = '{}' where partner_id = 'shop'`);
    expect((await world.verify(String(body.access_token), { ageThreshold: 18 })).status).toBe(403);
    await world.database.pool.query(
      `update partner set scopes = '{kyc-age-verification:verify}', suspended_at = now() where partner_id = 'shop'`,
    );
    expect((await world.verify(String(body.access_token), { ageThreshold: 18 })).status).toBe(401);
    expect((await world.token(shop, { grant_type: 'refresh_token', refresh_token: 'x' })).status).toBe(401);
    await world.database.pool.query(`update partner set suspended_at = null where partner_id = 'shop'`);
  });

  test('an end of the subscription is an end of the token', async () => {
    const taro = await world.subscription({ endedAt: 'PT5M' });
    const question = world.question(shop.partnerId);
    const told = await world.agree(question, await world.codeOf(taro));
    const { body } = await world.exchange(shop, told.get('code') ?? '', question.verifier);
    world.clock.advance('PT6M');
    expect((await world.verify(String(body.access_token), { ageThreshold: 18 })).body.code).toBe(
      'IDENTIFIER_NOT_FOUND',
    );
  });
});

describe('a partner that signs with a key of its own', () => {
  test('is heard with the right key for the right audience, once', async () => {
    const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true });
    const jwks = { keys: [{ ...(await exportJWK(publicKey)), kid: 'k1', use: 'sig', alg: 'ES256' }] };
    const signer = await world.partner('signer', { authMethod: 'private_key_jwt', jwks });
    const assertion = (audience: string, issuer: string = signer.partnerId) =>
      new SignJWT({})
        .setProtectedHeader({ alg: 'ES256', kid: 'k1' })
        .setIssuer(issuer)
        .setSubject(issuer)
        .setAudience(audience)
        .setJti(crypto.randomUUID())
        .setIssuedAt()
        .setExpirationTime('1m')
        .sign(privateKey);
    const ask = async (client_assertion: string) =>
      fetch(`${world.issuer}/token`, {
        method: 'POST',
        body: new URLSearchParams({
          grant_type: 'client_credentials',
          scope: 'kyc-age-verification:verify',
          client_assertion,
          client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
        }),
      }).then(({ status }) => status);
    const right = await assertion(world.issuer);
    expect(await ask(right)).toBe(200);
    expect(await ask(right)).toBe(401);
    expect(await ask(await assertion('https://elsewhere.example/oidc'))).toBe(401);
    expect(await ask(await assertion(world.issuer, shop.partnerId))).toBe(401);
    expect((await world.token({ partnerId: 'signer', secret: 'x' }, { grant_type: 'client_credentials' })).status).toBe(
      401,
    );
  });
});

describe('a 17-year-old, the day before the birthday', () => {
  test.each([
    ['Asia/Tokyo', '2026-11-17T14:59:59Z', '2026-11-17T15:00:00Z'],
    ['America/New_York', '2026-11-18T04:59:59Z', '2026-11-18T05:00:00Z'],
    ['Pacific/Kiritimati', '2026-11-17T09:59:59Z', '2026-11-17T10:00:00Z'],
  ])('%s: no, and a moment later yes', async (zone, before, birthday) => {
    const there = await partnerWorld({ zone });
    try {
      const token = await there.contractToken(await there.partner('contract'));
      const { phoneNumber } = await there.subscription({ birthDate: '2008-11-18' });
      const ask = async () => (await there.verify(token, { ageThreshold: 18, phoneNumber })).body.ageCheck;
      there.clock.freeze(before);
      expect(await ask()).toBe('false');
      there.clock.freeze(birthday);
      expect(await ask()).toBe('true');
    } finally {
      await there.close();
    }
  });
});
