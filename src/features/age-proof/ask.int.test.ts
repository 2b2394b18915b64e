import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { linkUser, questionTo, tapAnswer } from '../../../tests/support/partner-talk.ts';
import { type PartnerWorld, partnerWorld, tokenRequest } from '../../../tests/support/partner-world.ts';

const TARO = `U${'1'.repeat(32)}`;
const KEN = `U${'2'.repeat(32)}`;
const CIBA = 'urn:openid:params:grant-type:ciba';

let world: PartnerWorld;
let bank: { partnerId: string; secret: string };
let taro: Awaited<ReturnType<PartnerWorld['subscription']>>;
beforeAll(async () => {
  world = await partnerWorld();
  bank = await world.partner('bank', {
    grants: ['ciba'],
    name: { ja: 'みやこ銀行', en: 'Miyako Bank' },
    redirectUris: [],
  });
});
beforeEach(async () => {
  taro = await world.subscription();
  await linkUser(world, taro, TARO);
  await linkUser(world, await world.subscription(), KEN);
});
afterAll(() => world.close());

const ask = (phoneNumber: string, change: Record<string, string> = {}, as = bank) =>
  tokenRequest(`${world.issuer}/backchannel`, as, {
    scope: 'openid kyc-age-verification:verify',
    login_hint: `tel:${phoneNumber}`,
    ...change,
  });

const poll = (authRequestId: unknown, as = bank) =>
  world.token(as, { grant_type: CIBA, auth_req_id: String(authRequestId) });

const tap = (lineUserId: string, action: 'agree' | 'decline', requestId: string) =>
  tapAnswer(world, { lineUserId, action, requestId });

describe('a partner asks in the talk', () => {
  test('the person sees who asks, what is told and the check words; agrees; the partner gets its token', async () => {
    const asked = await ask(taro.phoneNumber, { binding_message: 'SAKURA-42' });
    expect(asked).toMatchObject({ status: 200, body: { expires_in: 600 } });
    expect((await poll(asked.body.auth_req_id)).body.error).toBe('authorization_pending');
    const { words, requestId } = await questionTo(world, TARO);
    for (const part of ['みやこ銀行からの問い合わせ', 'SAKURA-42', 'はい／いいえだけ', '30日間']) {
      expect(words).toContain(part);
    }
    expect(words).not.toContain(taro.phoneNumber.slice(1));
    expect(await tap(TARO, 'agree', requestId)).toContain('同意しました');
    expect(await tap(TARO, 'agree', requestId)).toContain('同意しました');

    const tokens = await poll(asked.body.auth_req_id);
    expect(tokens.status).toBe(200);
    const access = String(tokens.body.access_token);
    expect((await world.verify(access, { ageThreshold: 18 })).body.ageCheck).toBe('true');
    expect((await poll(asked.body.auth_req_id)).body.error).toBe('invalid_grant');
  });

  test('declines: the partner hears only that, and no later tap changes it', async () => {
    const asked = await ask(taro.phoneNumber);
    const { requestId } = await questionTo(world, TARO);
    expect(await tap(TARO, 'decline', requestId)).toContain('同意しないことをお伝えしました');
    expect(await tap(TARO, 'agree', requestId)).toContain('すでにお答え');
    expect((await poll(asked.body.auth_req_id)).body.error).toBe('access_denied');
  });

  test('nobody answers for another, and nobody fetches another partner’s answer', async () => {
    const asked = await ask(taro.phoneNumber);
    const { requestId } = await questionTo(world, TARO);
    expect(await tap(KEN, 'agree', requestId)).toContain('すでにお答え');
    expect((await poll(asked.body.auth_req_id)).body.error).toBe('authorization_pending');
    const thief = await world.partner('thief', { grants: ['ciba'], redirectUris: [] });
    await tap(TARO, 'agree', requestId);
    expect((await poll(asked.body.auth_req_id, thief)).body.error).toBe('invalid_grant');
  });

  test('a question waits ten minutes', async () => {
    const asked = await ask(taro.phoneNumber);
    const { requestId } = await questionTo(world, TARO);
    world.clock.advance('PT10M1S');
    expect(await tap(TARO, 'agree', requestId)).toContain('時間がたったか');
    expect((await poll(asked.body.auth_req_id)).status).toBe(400);
  });

  test('who cannot be asked is not known: no such number, no linked LINE account', async () => {
    const unlinked = await world.subscription();
    for (const number of ['+818099999999', unlinked.phoneNumber, 'nonsense']) {
      expect((await ask(number)).body.error).toBe('unknown_user_id');
    }
  });

  test('nobody is worn down: five questions a day of one partner', async () => {
    const answers: number[] = [];
    for (let time = 0; time < 6; time += 1) answers.push((await ask(taro.phoneNumber)).status);
    expect(answers.slice(0, 5)).toEqual([200, 200, 200, 200, 200]);
    expect(answers[5]).toBeGreaterThanOrEqual(400);
  });

  test('numbers are not tried by the thousand: what a partner may ask in a minute counts here, too', async () => {
    const hasty = await world.partner('hasty', { grants: ['ciba'], redirectUris: [], requestsPerMinute: 3 });
    world.clock.freeze(world.clock.now().toString());
    const answers = await Promise.all(
      Array.from({ length: 5 }, (_, n) => ask(`+81809999999${n}`, {}, hasty).then(({ body }) => body.error)),
    );
    expect(answers.sort()).toEqual(['access_denied', 'access_denied', ...Array(3).fill('unknown_user_id')]);
  });

  test('check words are plain words', async () => {
    expect((await ask(taro.phoneNumber, { binding_message: 'http://evil.example' })).body.error).toBe(
      'invalid_binding_message',
    );
  });
});
