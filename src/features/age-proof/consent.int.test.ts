import { createRemoteJWKSet, decodeJwt, jwtVerify } from 'jose';
import type { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { codeOf } from '../../../tests/support/linking.ts';
import { PASSWORD, type PartnerWorld, partnerWorld } from '../../../tests/support/partner-world.ts';
import { createVisitor } from '../../../tests/support/visitor.ts';
import { inTransaction } from '../../infra/db/index.ts';

let world: PartnerWorld;
type Shop = { partnerId: string; secret: string };
let shop: Shop;
/** Another partner, whom the same people agree to tell. */
let market: Shop;
beforeAll(async () => {
  world = await partnerWorld();
  market = await world.partner('market', { grants: ['code'] });
  shop = await world.partner('shop', { grants: ['code'], name: { ja: 'さかや', en: 'Sakaya' }, ageThresholds: [20] });
});
afterAll(() => world.close());

const ADULT = { ageThreshold: 20 };

/** How many rows of the record say that this was done with a subscription. */
async function recorded(action: string, { subscriptionId }: { subscriptionId: string }): Promise<number> {
  const { rows } = await world.database.pool.query<{ count: number }>(
    'select count(*)::integer as count from audit_log where action = $1 and subscription_id = $2',
    [`age-proof.${action}`, subscriptionId],
  );
  return rows[0]?.count ?? Number.NaN;
}

/** What the provider keeps for the consents of a subscription, tokens and codes: by whether the consent still stands. */
async function kept({ subscriptionId }: { subscriptionId: string }): Promise<boolean[]> {
  const { rows } = await world.database.pool.query<{ isLive: boolean }>(
    `select distinct withdrawn_at is null as "isLive" from partner_consent join oidc_payload using (grant_hash)
     where subscription_id = $1`,
    [subscriptionId],
  );
  return rows.map(({ isLive }) => isLive);
}

/** A person agrees, the partner gets its tokens. */
async function tokensFor(subscription: { subscriptionId: string }, scope?: string, as = shop) {
  const question = world.question(as.partnerId, scope ? { scope, prompt: 'consent' } : {});
  const told = await world.agree(question, await world.codeOf(subscription));
  const { body } = await world.exchange(as, told.get('code') ?? '', question.verifier);
  return {
    access: String(body.access_token),
    refresh: String(body.refresh_token),
    id: String(body.id_token),
    question,
  };
}

describe('a person agrees with the link code', () => {
  test('sees who asks, what is told and for how long; the partner gets a code, tokens and the answer', async () => {
    const taro = await world.subscription();
    const question = world.question(shop.partnerId);
    const browser = createVisitor();
    const first = await browser.go(question.address);
    expect(first.status).toBe(200);
    for (const words of ['さかや', '20歳以上か', 'はい／いいえだけ', '30日間', '法令で求められる確認']) {
      expect(first.text).toContain(words);
    }
    expect(first.headers.get('content-security-policy')).toContain(
      `form-action 'self' ${new URL(world.redirectUri).origin} `,
    );
    expect(first.headers.get('referrer-policy')).toBe('no-referrer');
    expect(first.headers.get('cache-control')).toBe('no-store');

    const second = await first.submit({ code: await world.codeOf(taro) }, '利用コードで進む');
    expect(second.text).toContain(`末尾 ${taro.phoneNumber.slice(-4)}`);
    expect(second.html).not.toContain('田中');
    expect(second.html).not.toContain(taro.phoneNumber);
    const end = await second.submit({ decision: 'agree' }, '同意する');
    expect(end.url.origin + end.url.pathname).toBe(world.redirectUri);
    expect(end.url.searchParams.get('state')).toBe(question.state);
    expect(end.url.searchParams.get('iss')).toBe(world.issuer);

    const tokens = await world.exchange(shop, end.url.searchParams.get('code') ?? '', question.verifier);
    expect(tokens.status).toBe(200);
    expect(tokens.body.refresh_token).toBeUndefined();
    const keys = createRemoteJWKSet(new URL(`${world.issuer}/jwks`));
    const { payload, protectedHeader } = await jwtVerify(String(tokens.body.id_token), keys, {
      issuer: world.issuer,
      audience: shop.partnerId,
      algorithms: ['RS256'],
    });
    expect(protectedHeader.kid).toBeDefined();
    expect(payload.nonce).toBe(question.nonce);
    expect(payload.sub).not.toContain(taro.subscriptionId);

    const answer = await world.verify(String(tokens.body.access_token), ADULT);
    expect(answer).toMatchObject({ status: 200, body: { ageCheck: 'true' } });
    const named = await world.verify(String(tokens.body.access_token), { ...ADULT, phoneNumber: taro.phoneNumber });
    expect(named.body).toMatchObject({ status: 422, code: 'UNNECESSARY_IDENTIFIER' });
    expect((await world.verify(String(tokens.body.access_token), { ageThreshold: 18 })).body.code).toBe('OUT_OF_RANGE');
  });

  test('two partners know one person by different names, one partner by the same name again', async () => {
    const taro = await world.subscription();
    const other = await world.partner('other-shop', { grants: ['code'] });
    const subOf = async (as: typeof shop) => {
      const question = world.question(as.partnerId);
      const told = await world.agree(question, await world.codeOf(taro));
      const { body } = await world.exchange(as, told.get('code') ?? '', question.verifier);
      return decodeJwt(String(body.id_token)).sub;
    };
    const [first, second, elsewhere] = [await subOf(shop), await subOf(shop), await subOf(other)];
    expect(first).toBe(second);
    expect(elsewhere).not.toBe(first);
  });

  test('declines: the partner hears only that', async () => {
    const question = world.question(shop.partnerId);
    const first = await createVisitor().go(question.address);
    const end = await first.submit({ decision: 'decline' }, '同意しない');
    expect(end.url.searchParams.get('error')).toBe('access_denied');
    expect(end.url.searchParams.get('state')).toBe(question.state);
    expect(end.url.searchParams.get('code')).toBeNull();
  });

  test('agreeing twice with one page is one consent', async () => {
    const taro = await world.subscription();
    const question = world.question(shop.partnerId);
    const browser = createVisitor();
    const first = await browser.go(question.address);
    const second = await first.submit({ code: await world.codeOf(taro) }, '利用コードで進む');
    const ends = await Promise.all([1, 2].map(() => second.submit({ decision: 'agree' }, '同意する')));
    const code = ends.map((end) => end.url.searchParams.get('code')).find(Boolean);
    expect((await world.exchange(shop, code ?? '', question.verifier)).status).toBe(200);
    const { rows } = await world.database.pool.query(
      'select count(*)::integer as count from partner_consent where subscription_id = $1',
      [taro.subscriptionId],
    );
    expect(rows).toEqual([{ count: 1 }]);
    expect(await recorded('consent-given', taro)).toBe(1);
  });

  test.each([
    ['the subscription ends', 'update subscription set ended_at = $2 where subscription_id = $1'],
    ['the partner is suspended', `update partner set suspended_at = $2 where partner_id = 'shop' and $1 <> ''`],
  ])('when %s while the question is open, nothing is agreed to', async (_, change) => {
    const taro = await world.subscription();
    const first = await createVisitor().go(world.question(shop.partnerId).address);
    const second = await first.submit({ code: await world.codeOf(taro) }, '利用コードで進む');
    await world.database.pool.query(change, [taro.subscriptionId, world.clock.now().toString()]);
    const end = await second.submit({ decision: 'agree' }, '同意する');
    await world.database.pool.query('update partner set suspended_at = null');
    expect(end.url.searchParams.get('code')).toBeNull();
    expect(await recorded('consent-given', taro)).toBe(0);
  });

  test.each([
    ['1234', '16桁ではありません'],
    ['1234567890123456', '数字がどこか違っています'],
    [codeOf(4711), 'この利用コードは使えません'],
  ])('a code that does not work (%s) is told with its remedy, and kept to be mended', async (typed, words) => {
    const first = await createVisitor().go(world.question(shop.partnerId).address);
    const again = await first.submit({ code: typed }, '利用コードで進む');
    expect(again.status).toBe(422);
    expect(again.text).toContain(words);
    expect(again.html).toContain(`value="${typed}"`);
  });

  test('guessing codes ends after five wrong ones, whatever the code then is', async () => {
    const taro = await world.subscription();
    const right = await world.codeOf(taro);
    let page = await createVisitor().go(world.question(shop.partnerId).address);
    for (let tries = 0; tries < 5; tries += 1)
      page = await page.submit({ code: codeOf(9_000 + tries) }, '利用コードで進む');
    const refused = await page.submit({ code: right }, '利用コードで進む');
    expect(refused.status).toBe(429);
    world.clock.advance('PT2H');
  });
});

describe('a person agrees as who is signed in', () => {
  test('a contractor signs in, chooses a subscription of theirs, and nobody else’s', async () => {
    const taro = await world.subscription({ user: { name: '田中 花子', birthDate: '1982-08-08' } });
    const stranger = await world.subscription();
    const browser = createVisitor();
    const question = world.question(shop.partnerId);
    const first = await browser.go(question.address);
    const login = await first.follow('ログインIDで確認する');
    const back = await login.submit({ loginId: taro.loginId, password: PASSWORD });
    expect(back.text).toContain('田中 花子');
    const stolen = await back.submit({ subscription: stranger.subscriptionId }, 'この回線で進む');
    expect(stolen.status).toBe(422);
    const second = await back.submit({ subscription: taro.subscriptionId }, 'この回線で進む');
    const end = await second.submit({ decision: 'agree' }, '同意する');
    const tokens = await world.exchange(shop, end.url.searchParams.get('code') ?? '', question.verifier);
    expect((await world.verify(String(tokens.body.access_token), ADULT)).body.ageCheck).toBe('true');
    const list = await browser.go(`${world.url}/age-proof`);
    expect(list.text).toContain('さかや');
    expect(list.text).toContain('20歳以上か');
  });
});

describe('a consent is taken back', () => {
  async function signedIn(loginId: string) {
    const browser = createVisitor();
    await (await browser.go(`${world.url}/login`)).submit({ loginId, password: PASSWORD });
    return browser;
  }

  test('on My Page: every token dies with it and no other, and it stays to be seen', async () => {
    const taro = await world.subscription();
    const elsewhere = await tokensFor(taro, undefined, market);
    world.clock.advance('PT1S');
    const tokens = await tokensFor(taro, 'openid offline_access kyc-age-verification:verify');
    expect((await world.verify(tokens.access, ADULT)).status).toBe(200);
    const browser = await signedIn(taro.loginId);
    const list = await browser.go(`${world.url}/age-proof`);
    const confirm = await list.follow('取り消す');
    expect(confirm.text).toContain('ID検索');
    const done = await confirm.submit({}, '取り消す');
    expect(done.text).toContain('同意を取り消しました');
    expect(done.text).toContain('終わった同意');

    expect((await world.verify(tokens.access, ADULT)).body).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' });
    const renewed = await world.token(shop, { grant_type: 'refresh_token', refresh_token: tokens.refresh });
    expect(renewed.body.error).toBe('invalid_grant');
    expect((await world.verify(elsewhere.access, ADULT)).status).toBe(200);
    expect(await kept(taro)).toEqual([true]);
  });

  test('nobody sees or withdraws another’s: it is not there', async () => {
    const taro = await world.subscription();
    const tokens = await tokensFor(taro);
    const own = await (await signedIn(taro.loginId)).go(`${world.url}/age-proof`);
    const address = own.link('取り消す');
    const thief = await signedIn((await world.subscription()).loginId);
    expect((await thief.go(address)).status).toBe(404);
    expect((await thief.go(address, { method: 'POST', form: {} })).status).toBe(404);
    expect((await thief.go(`${world.url}/age-proof`)).text).not.toContain('さかや');
    expect((await world.verify(tokens.access, ADULT)).status).toBe(200);
  });

  test('a new consent to the same partner ends the one before, with its tokens', async () => {
    const taro = await world.subscription();
    const elsewhere = await tokensFor(taro, undefined, market);
    const before = await tokensFor(taro);
    const after = await tokensFor(taro);
    expect((await world.verify(elsewhere.access, ADULT)).status).toBe(200);
    expect((await world.verify(before.access, ADULT)).status).toBe(401);
    expect((await world.verify(after.access, ADULT)).status).toBe(200);
    expect(await kept(taro)).toEqual([true]);
  });

  test('nothing is told of a new user that the one before has agreed to; the end is seen', async () => {
    const { contractors, database } = world.app;
    const adult = { name: '田中 花子', birthDate: '1982-08-08' };
    const mine = await world.subscription({ user: adult });
    const register = (user: typeof adult) =>
      inTransaction(database.db, (tx) => contractors.registerUser(tx, { ...mine, user }));
    const first = await tokensFor(mine);
    await register(adult);
    expect((await world.verify(first.access, ADULT)).status).toBe(200);
    await register({ name: '田中 さくら', birthDate: '2015-05-05' });
    expect((await world.verify(first.access, ADULT)).status).toBe(401);
    const page = await (await signedIn(mine.loginId)).go(`${world.url}/age-proof`);
    expect(page.text).toContain('利用者が変わって終わった日時');
    // The back office registers users, too; the plan is nobody's age.
    const second = await tokensFor(mine);
    await contractors.changeSubscription(mine.subscriptionId, { planCode: 'p6' });
    expect((await world.verify(second.access, ADULT)).body.ageCheck).toBe('false');
    await contractors.changeSubscription(mine.subscriptionId, { userName: '田中 次郎' });
    expect((await world.verify(second.access, ADULT)).status).toBe(401);
  });

  test('answers are kept for 400 days, and a consent for 400 days after its end', async () => {
    const taro = await world.subscription();
    const tokens = await tokensFor(taro);
    expect((await world.verify(tokens.access, ADULT)).status).toBe(200);
    const { rows } = await world.app.database.pool.query<{ ends: Temporal.Instant }>(
      'select expires_at as ends from partner_consent where subscription_id = $1',
      [taro.subscriptionId],
    );
    const retention = world.app.ageProof.jobs.find(({ name }) => name === 'age-proof.retention');
    const leftAt = async (moment: Temporal.Instant | undefined) => {
      await retention?.run(moment?.add({ hours: 400 * 24 }) ?? world.clock.now());
      const left = await world.app.database.pool.query<{ answers: number; consents: number }>(
        `select (select count(*) from partner_answer where subscription_id = $1) as answers,
           (select count(*) from partner_consent where subscription_id = $1) as consents`,
        [taro.subscriptionId],
      );
      return left.rows;
    };
    const asked = world.clock.now();
    expect(await leftAt(asked)).toEqual([{ answers: 1, consents: 1 }]);
    expect(await leftAt(asked.add({ seconds: 1 }))).toEqual([{ answers: 0, consents: 1 }]);
    expect(await leftAt(rows[0]?.ends)).toEqual([{ answers: 0, consents: 1 }]);
    expect(await leftAt(rows[0]?.ends.add({ seconds: 1 }))).toEqual([{ answers: 0, consents: 0 }]);
  });

  test('a consent ends by itself', async () => {
    const brief = await world.partner('brief', { grants: ['code'], consentDays: 1 });
    const question = world.question(brief.partnerId, {
      scope: 'openid offline_access kyc-age-verification:verify',
      prompt: 'consent',
    });
    const told = await world.agree(question, await world.codeOf(await world.subscription()));
    const { body } = await world.exchange(brief, told.get('code') ?? '', question.verifier);
    world.clock.advance('PT23H');
    const renewed = await world.token(brief, {
      grant_type: 'refresh_token',
      refresh_token: String(body.refresh_token),
    });
    expect((await world.verify(String(renewed.body.access_token), ADULT)).status).toBe(200);
    world.clock.advance('PT1H');
    expect((await world.verify(String(renewed.body.access_token), ADULT)).status).toBe(401);
    const refresh = String(renewed.body.refresh_token ?? body.refresh_token);
    const late = await world.token(brief, { grant_type: 'refresh_token', refresh_token: refresh });
    expect(late.body.error).toBe('invalid_grant');
  });

  test('a partner under contract can be forbidden to ask, and allowed again', async () => {
    const bank = await world.partner('bank', { name: { ja: 'みやこ銀行', en: 'Miyako Bank' } });
    const token = await world.contractToken(bank);
    const [taro, hanako] = [await world.subscription(), await world.subscription()];
    const ask = async ({ phoneNumber } = taro) => (await world.verify(token, { ageThreshold: 18, phoneNumber })).status;
    expect(await ask()).toBe(200);
    const browser = await signedIn(taro.loginId);
    const list = await browser.go(`${world.url}/age-proof`);
    const forbidden = await list.submit({ change: 'forbid' }, '今後は答えない');
    expect(await ask()).toBe(403);
    await list.submit({ change: 'forbid' }, '今後は答えない');
    expect(await recorded('partner-forbidden', taro)).toBe(1);
    // Each for themselves.
    expect(await ask(hanako)).toBe(200);
    const others = await (await signedIn(hanako.loginId)).go(`${world.url}/age-proof`);
    await others.submit({ change: 'forbid' }, '今後は答えない');
    await forbidden.submit({ change: 'allow' }, 'ふたたび答える');
    expect([await ask(), await ask(hanako)]).toEqual([200, 403]);
    const thief = await signedIn((await world.subscription()).loginId);
    const form = { subscription: taro.subscriptionId, change: 'forbid' };
    expect((await thief.go(`${world.url}/age-proof/partners/bank`, { method: 'POST', form })).status).toBe(404);
    expect(await ask()).toBe(200);
  });
});
