import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type PartnerWorld, partnerWorld } from '../../../tests/support/partner-world.ts';

let world: PartnerWorld;
let token: string;
beforeAll(async () => {
  world = await partnerWorld();
  token = await world.contractToken(await world.partner('contract', { canMatchIdentity: true }));
});
afterAll(() => world.close());

const UNKNOWN = '+818099999999';

describe('whose age', () => {
  test.each([
    ['the contractor, where nobody else is registered', { birthDate: '1980-05-05' }, 'true'],
    ['the registered user', { birthDate: '1980-05-05', user: { name: '田中 桜', birthDate: '2012-03-03' } }, 'false'],
    ['a user registered without a birth date', { birthDate: '1980-05-05', user: { name: '田中 桜' } }, 'not_available'],
    ['a company', { birthDate: null }, 'not_available'],
    ['a company’s user', { birthDate: null, user: { name: '佐藤 健', birthDate: '1995-11-11' } }, 'true'],
  ])('%s', async (_whose, given, ageCheck) => {
    const { phoneNumber } = await world.subscription(given);
    const answer = await world.verify(token, { ageThreshold: 18, phoneNumber });
    expect(answer).toMatchObject({ status: 200, body: { ageCheck } });
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  test('only a contractor’s identity was checked against a document', async () => {
    const own = await world.subscription({ isIdentityVerified: true });
    const child = await world.subscription({
      isIdentityVerified: true,
      user: { name: '田中 桜', birthDate: '2000-01-01' },
    });
    const unchecked = await world.subscription();
    const ask = async ({ phoneNumber }: { phoneNumber: string }) =>
      (await world.verify(token, { ageThreshold: 18, phoneNumber })).body.verifiedStatus;
    expect([await ask(own), await ask(child), await ask(unchecked)]).toEqual([true, false, false]);
  });

  test.each([
    ['off', 'false', 'false'],
    ['content', 'true', 'false'],
    ['parental', 'true', 'true'],
    [null, 'not_available', 'not_available'],
  ] as const)(
    'filtering %s: content lock %s, parental control %s, and only when asked for',
    async (filtering, contentLock, parentalControl) => {
      const { phoneNumber } = await world.subscription({ filtering });
      const both = { includeContentLock: true, includeParentalControl: true };
      const asked = await world.verify(token, { ageThreshold: 18, phoneNumber, ...both });
      expect(asked.body).toMatchObject({ contentLock, parentalControl });
      const unasked = await world.verify(token, { ageThreshold: 18, phoneNumber, includeContentLock: false });
      expect(Object.keys(unasked.body).sort()).toEqual(['ageCheck', 'verifiedStatus']);
    },
  );

  test('a minor’s subscription begins with filtering', async () => {
    const { phoneNumber } = await world.subscription({ user: { name: '田中 桜', birthDate: '2012-03-03' } });
    const answer = await world.verify(token, { ageThreshold: 18, phoneNumber, includeContentLock: true });
    expect(answer.body).toMatchObject({ ageCheck: 'false', contentLock: 'true' });
  });
});

describe('how well it is the person', () => {
  test('a score only for who may have one, and of what can be compared', async () => {
    const { phoneNumber } = await world.subscription({ name: '田中 太郎', kana: 'タナカ タロウ' });
    const ask = async (bearer: string, said: object) =>
      (await world.verify(bearer, { ageThreshold: 18, phoneNumber, ...said })).body.identityMatchScore;
    expect(await ask(token, { name: 'ﾀﾅｶ ﾀﾛｳ', birthdate: '1980-05-05' })).toBe(100);
    expect(await ask(token, { name: 'タナカ ジロウ', birthdate: '1980-05-05' })).toBe(50);
    expect(await ask(token, { idDocument: '123', middleNames: 'x', familyNameAtBirth: 'y' })).toBeUndefined();
    const blind = await world.contractToken(await world.partner('blind'));
    expect(await ask(blind, { name: 'タナカ タロウ' })).toBeUndefined();
  });

  test('a birth date cannot be found by trying: after ten different claims a day there is no score', async () => {
    const { phoneNumber } = await world.subscription();
    const scores: unknown[] = [];
    for (let day = 1; day <= 12; day += 1) {
      const birthdate = `1980-05-${String(day + 10)}`;
      const answer = await world.verify(token, { ageThreshold: 18, phoneNumber, birthdate });
      expect(answer.body.ageCheck).toBe('true');
      scores.push(answer.body.identityMatchScore);
    }
    expect(scores).toEqual([...Array.from({ length: 10 }, () => 0), undefined, undefined]);
  });
});

describe('what is refused, and how', () => {
  const refusal = (answer: { status: number; body: Record<string, unknown> }) => {
    expect(Object.keys(answer.body).sort()).toEqual(['code', 'message', 'status']);
    expect(answer.body.status).toBe(answer.status);
    return `${answer.status} ${answer.body.code}`;
  };

  test.each([
    [{ phoneNumber: UNKNOWN }, '400 INVALID_ARGUMENT'],
    [{ ageThreshold: 'eighteen', phoneNumber: UNKNOWN }, '400 INVALID_ARGUMENT'],
    [{ ageThreshold: 18.5, phoneNumber: UNKNOWN }, '400 INVALID_ARGUMENT'],
    [{ ageThreshold: -1, phoneNumber: UNKNOWN }, '400 OUT_OF_RANGE'],
    [{ ageThreshold: 121, phoneNumber: UNKNOWN }, '400 OUT_OF_RANGE'],
    [{ ageThreshold: 121, phoneNumber: 'x' }, '400 INVALID_ARGUMENT'],
    [{ ageThreshold: 18, phoneNumber: '09012345678' }, '400 INVALID_ARGUMENT'],
    [{ ageThreshold: 18, phoneNumber: UNKNOWN, birthdate: '1980-02-30' }, '400 INVALID_ARGUMENT'],
    [{ ageThreshold: 18, phoneNumber: UNKNOWN, email: 'nobody' }, '400 INVALID_ARGUMENT'],
    [{ ageThreshold: 18, phoneNumber: UNKNOWN, includeContentLock: 'yes' }, '400 INVALID_ARGUMENT'],
    ['{"ageThreshold":', '400 INVALID_ARGUMENT'],
    [[], '400 INVALID_ARGUMENT'],
    [{ ageThreshold: 18 }, '422 MISSING_IDENTIFIER'],
    [{ ageThreshold: 18, phoneNumber: UNKNOWN }, '404 IDENTIFIER_NOT_FOUND'],
  ])('%j → %s', async (body, expected) => expect(refusal(await world.verify(token, body))).toBe(expected));

  test('no body, or another kind of body', async () => {
    const bare = await fetch(`${world.url}/kyc-age-verification/v0.2/verify`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'text/plain' },
      body: '{"ageThreshold":18}',
    });
    expect(bare.status).toBe(400);
    expect(await bare.json()).toMatchObject({ status: 400, code: 'INVALID_ARGUMENT' });
  });

  test('the bounds themselves are asked', async () => {
    const { phoneNumber } = await world.subscription();
    for (const [ageThreshold, ageCheck] of [
      [0, 'true'],
      [120, 'false'],
    ]) {
      expect((await world.verify(token, { ageThreshold, phoneNumber })).body).toMatchObject({ ageCheck });
    }
  });

  test('a subscription that ended is nobody’s, one that has not opened is not spoken of yet', async () => {
    const ended = await world.subscription({ endedAt: '-PT1H' });
    const coming = await world.subscription({ opensAt: 'PT24H' });
    const ask = async ({ phoneNumber }: { phoneNumber: string }) =>
      refusal(await world.verify(token, { ageThreshold: 18, phoneNumber }));
    expect([await ask(ended), await ask(coming)]).toEqual(['404 IDENTIFIER_NOT_FOUND', '422 SERVICE_NOT_APPLICABLE']);
  });

  test('an age that was not agreed with the operator', async () => {
    const limited = await world.contractToken(await world.partner('adults-only', { ageThresholds: [18] }));
    const { phoneNumber } = await world.subscription();
    expect((await world.verify(limited, { ageThreshold: 18, phoneNumber })).status).toBe(200);
    expect(refusal(await world.verify(limited, { ageThreshold: 20, phoneNumber }))).toBe('400 OUT_OF_RANGE');
  });

  test('without a token, with a made-up one, with one that has ended, without the scope', async () => {
    const body = { ageThreshold: 18, phoneNumber: UNKNOWN };
    const bare = await world.post('/kyc-age-verification/v0.2/verify', body);
    expect(refusal(bare)).toBe('401 UNAUTHENTICATED');
    expect(bare.headers.get('www-authenticate')).toBe('Bearer');
    expect(refusal(await world.verify('A'.repeat(43), body))).toBe('401 UNAUTHENTICATED');
    const basic = await world.post('/kyc-age-verification/v0.2/verify', body, { authorization: 'Basic eDp5' });
    expect(refusal(basic)).toBe('401 UNAUTHENTICATED');
    const partner = await world.partner('short-lived');
    const scopeless = await world.token(partner, { grant_type: 'client_credentials' });
    expect(refusal(await world.verify(String(scopeless.body.access_token), body))).toBe('403 PERMISSION_DENIED');
    const old = await world.contractToken(partner);
    world.clock.advance('PT11M');
    expect(refusal(await world.verify(old, body))).toBe('401 UNAUTHENTICATED');
    token = await world.contractToken(await world.partner('contract-again', { canMatchIdentity: true }));
  });

  test('the correlator comes back, on refusals too; one that is malformed is refused and not repeated', async () => {
    const body = { ageThreshold: 18, phoneNumber: UNKNOWN };
    const correlator = 'b4333c46-49c0-4f62-80d7-f0ef930f1c46';
    expect((await world.verify(token, body, { 'x-correlator': correlator })).headers.get('x-correlator')).toBe(
      correlator,
    );
    const unknown = await world.post('/kyc-age-verification/v0.2/verify', body, { 'x-correlator': 'a;b/c<d>{e}' });
    expect([unknown.status, unknown.headers.get('x-correlator')]).toEqual([401, 'a;b/c<d>{e}']);
    for (const wrong of ['two words', 'x'.repeat(257), 'a$b']) {
      const answer = await world.verify(token, body, { 'x-correlator': wrong });
      expect([refusal(answer), answer.headers.get('x-correlator')]).toEqual(['400 INVALID_ARGUMENT', null]);
    }
    expect((await world.verify(token, body)).headers.get('x-correlator')).toBeNull();
  });

  test('so many questions a minute and no more', async () => {
    const hasty = await world.contractToken(await world.partner('hasty', { requestsPerMinute: 3 }));
    const { phoneNumber } = await world.subscription();
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => world.verify(hasty, { ageThreshold: 18, phoneNumber })),
    );
    const counted = answers.map(({ status }) => status).sort();
    expect(counted).toEqual([200, 200, 200, 429, 429, 429, 429, 429]);
    const slowed = answers.find(({ status }) => status === 429);
    expect(slowed?.body).toMatchObject({ status: 429, code: 'TOO_MANY_REQUESTS' });
    expect(Number(slowed?.headers.get('retry-after'))).toBeGreaterThan(0);
    world.clock.advance('PT61S');
    expect((await world.verify(hasty, { ageThreshold: 18, phoneNumber })).status).toBe(200);
  });
});

describe('who may ask at all', () => {
  test('a secret is kept as a hash, and a wrong one, another partner’s, the hash itself are refused', async () => {
    const partner = await world.partner('secretive');
    const { rows } = await world.database.pool.query('select * from partner where partner_id = $1', ['secretive']);
    expect(JSON.stringify(rows)).not.toContain(partner.secret);
    const other = await world.partner('other');
    const ask = async (as: { partnerId: string; secret: string }) =>
      (await world.token(as, { grant_type: 'client_credentials', scope: 'kyc-age-verification:verify' })).status;
    expect(await ask(partner)).toBe(200);
    expect(await ask({ ...partner, secret: 'wrong' })).toBe(401);
    expect(await ask({ ...partner, secret: other.secret })).toBe(401);
    const hash = String((rows[0] as { secret_hash: Buffer }).secret_hash.toString('hex'));
    expect(await ask({ ...partner, secret: hash })).toBe(401);
  });

  test('who only asks people in a browser gets no token without one, and nobody more than is agreed', async () => {
    const browserOnly = await world.partner('browser-only', { grants: ['code'] });
    const refused = await world.token(browserOnly, { grant_type: 'client_credentials' });
    expect([refused.status, refused.body.access_token]).toEqual([400, undefined]);
    const partner = await world.partner('modest');
    const more = await world.token(partner, { grant_type: 'client_credentials', scope: 'dpv:IdentityVerification' });
    expect(more.status).toBe(400);
  });

  test('tokens are kept sealed: the table shows neither them nor whom they are about', async () => {
    const partner = await world.partner('sealed');
    const bearer = await world.contractToken(partner);
    const { rows } = await world.database.pool.query(`select encode(sealed, 'escape') as sealed, * from oidc_payload`);
    expect(rows.length).toBeGreaterThan(0);
    expect(JSON.stringify(rows)).not.toContain(bearer);
    expect(JSON.stringify(rows)).not.toContain('kyc-age');
  });

  test('every answer is recorded for the person to see', async () => {
    const { phoneNumber, subscriptionId } = await world.subscription();
    await world.verify(token, { ageThreshold: 20, phoneNumber });
    const { rows } = await world.database.pool.query(
      'select kind, age_threshold, answer from partner_answer where subscription_id = $1',
      [subscriptionId],
    );
    expect(rows).toEqual([{ kind: 'age', age_threshold: 20, answer: 'true' }]);
  });
});

describe('the provider', () => {
  test('describes itself under its own address', async () => {
    const response = await fetch(`${world.issuer}/.well-known/openid-configuration`, {
      headers: { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' },
    });
    const found = (await response.json()) as Record<string, unknown>;
    expect(found).toMatchObject({
      issuer: world.issuer,
      authorization_endpoint: `${world.issuer}/auth`,
      token_endpoint: `${world.issuer}/token`,
      jwks_uri: `${world.issuer}/jwks`,
      response_types_supported: ['code'],
      code_challenge_methods_supported: ['S256'],
      id_token_signing_alg_values_supported: ['RS256'],
    });
    expect(response.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(response.headers.get('x-frame-options')).toBe('DENY');
  });

  test('shows public keys only', async () => {
    const { keys } = (await (await fetch(`${world.issuer}/jwks`)).json()) as { keys: Record<string, string>[] };
    expect(keys.length).toBe(1);
    expect(Object.keys(keys[0] ?? {}).sort()).toEqual(['alg', 'e', 'kid', 'kty', 'n', 'use']);
  });

  test('what has ended is forgotten', async () => {
    await world.contractToken(await world.partner('forgotten'));
    world.clock.advance('PT20M');
    await world.app.jobs.runDue();
    const { rows } = await world.database.pool.query('select count(*)::integer as count from oidc_payload');
    expect(rows).toEqual([{ count: 0 }]);
  });
});
