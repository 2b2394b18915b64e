import { afterAll, beforeAll, expect, test } from 'vitest';
import { PASSWORD, type PartnerWorld, partnerWorld } from '../../../tests/support/partner-world.ts';
import { createVisitor } from '../../../tests/support/visitor.ts';
import { STATUS_SCOPE } from './rules/scopes.ts';

let world: PartnerWorld;
let bank: { partnerId: string; secret: string };
let token: string;
beforeAll(async () => {
  world = await partnerWorld();
  bank = await world.partner('bank', { scopes: [STATUS_SCOPE] });
  token = await world.contractToken(bank, STATUS_SCOPE);
});
afterAll(() => world.close());

const ask = (body: unknown, as = token) =>
  world.post('/subscription-status/v0.2/retrieve-subscription-status', body, { authorization: `Bearer ${as}` });
const brief = async (body: unknown, as?: string) => {
  const answer = await ask(body, as);
  return answer.status === 200 ? answer.body.dataService : `${answer.status} ${answer.body.code}`;
};

test('everything works; data are slowed from when nothing is left until something is bought; the person sees what was said', async () => {
  const { phoneNumber, subscriptionId, loginId } = await world.subscription();
  expect((await ask({ phoneNumber })).body).toEqual({
    voiceSmsIn: 'active',
    voiceSmsOut: 'active',
    dataService: 'active',
  });
  await world.app.data.recordUse({
    requestId: 'all-of-it',
    subscriptionId,
    endedAt: world.clock.now().toString(),
    isZeroRated: false,
    amount: { mode: 'delta', bytes: 3_000_000_000 },
  });
  expect(await brief({ phoneNumber })).toBe('throttled');

  const browser = createVisitor();
  const login = await browser.go(`${world.url}/login`);
  await login.submit({ loginId, password: PASSWORD });
  const seen = await browser.go(`${world.url}/age-proof`);
  expect(seen.text).toMatch(/電話とデータ通信を使えるか 使えます（速度制限中）.*電話とデータ通信を使えるか 使えます /);

  // Next month's data lift it.
  world.clock.advance('PT312H');
  expect(await brief({ phoneNumber }, await world.contractToken(bank, STATUS_SCOPE))).toBe('active');
});

test('about a plan without calls nothing is told, and nothing recorded', async () => {
  const { phoneNumber, subscriptionId } = await world.subscription();
  await world.database.pool.query(`update subscription set plan_code = 'd3' where subscription_id = $1`, [
    subscriptionId,
  ]);
  expect(await brief({ phoneNumber }, await world.contractToken(bank, STATUS_SCOPE))).toBe(
    '422 SERVICE_NOT_APPLICABLE',
  );
  const { rows } = await world.database.pool.query('select from partner_answer where subscription_id = $1', [
    subscriptionId,
  ]);
  expect(rows).toEqual([]);
});

test.each([
  ['nobody', {}, '422 MISSING_IDENTIFIER'],
  ['no number', { phoneNumber: '123456' }, '400 INVALID_ARGUMENT'],
  ['more than there is to say', { phoneNumber: '+818099999999', device: {} }, '400 INVALID_ARGUMENT'],
  ['a stranger', { phoneNumber: '+818099999999' }, '404 IDENTIFIER_NOT_FOUND'],
])('%s → %s', async (_, body, expected) =>
  expect(await brief(body, await world.contractToken(bank, STATUS_SCOPE))).toBe(expected),
);

test('with the consent of a person, who reads what will be told; the question then names nobody', async () => {
  const taro = await world.subscription();
  const question = world.question(bank.partnerId, { scope: `openid ${STATUS_SCOPE}` });
  const page = await createVisitor().go(question.address);
  expect(page.text).toContain('電話とデータ通信を使えるか、データが速度制限中か');
  const told = await world.agree(question, await world.codeOf(taro));
  const { body } = await world.exchange(bank, told.get('code') ?? '', question.verifier);
  const theirs = String(body.access_token);
  expect([await brief({}, theirs), await brief({ phoneNumber: taro.phoneNumber }, theirs)]).toEqual([
    'active',
    '422 UNNECESSARY_IDENTIFIER',
  ]);
});

test('a token for something else opens nothing', async () => {
  const other = await world.partner('age-shop');
  expect(await brief({ phoneNumber: '+818099999999' }, await world.contractToken(other))).toBe('403 PERMISSION_DENIED');
});
