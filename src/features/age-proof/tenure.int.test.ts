import { afterAll, beforeAll, expect, test } from 'vitest';
import { PASSWORD, type PartnerWorld, partnerWorld } from '../../../tests/support/partner-world.ts';
import { createVisitor } from '../../../tests/support/visitor.ts';
import { TENURE_SCOPE } from './rules/scopes.ts';

let world: PartnerWorld;
let bank: { partnerId: string; secret: string };
let token: string;
beforeAll(async () => {
  world = await partnerWorld();
  bank = await world.partner('bank', { scopes: [TENURE_SCOPE] });
  token = await world.contractToken(bank, TENURE_SCOPE);
});
afterAll(() => world.close());

const ask = (body: unknown, as = token) =>
  world.post('/kyc-tenure/v0.2/check-tenure', body, { authorization: `Bearer ${as}`, 'x-correlator': 'c-1' });
const brief = async (body: unknown, as?: string) => {
  const answer = await ask(body, as);
  return answer.status === 200 ? answer.body.tenureDateCheck : `${answer.status} ${answer.body.code}`;
};
/** It is 18 November, 14:00 in Tokyo; this one opened on 3 November, ten minutes past midnight. */
const opened = () => world.subscription({ opensAt: '-PT373H50M' });

test('yes since the day it opened and later ones, no since earlier ones, and the person sees what was said', async () => {
  const { phoneNumber, loginId } = await opened();
  const answer = await ask({ phoneNumber, tenureDate: '2026-11-03' });
  expect([answer.status, answer.body, answer.headers.get('x-correlator')]).toEqual([
    200,
    { tenureDateCheck: true, contractType: 'PAYM' },
    'c-1',
  ]);
  expect(await brief({ phoneNumber, tenureDate: '2026-11-02' })).toBe(false);
  expect(await brief({ phoneNumber, tenureDate: '2026-11-18' })).toBe(true);

  const browser = createVisitor();
  const login = await browser.go(`${world.url}/login`);
  await login.submit({ loginId, password: PASSWORD });
  const seen = await browser.go(`${world.url}/age-proof`);
  expect(seen.text).toContain('2026年11月3日から使いつづけているか はい');
  expect(seen.text).toContain('2026年11月2日から使いつづけているか いいえ');
});

test('a company has another kind of contract', async () => {
  const { phoneNumber } = await world.subscription({ birthDate: null });
  expect((await ask({ phoneNumber, tenureDate: '2026-11-18' })).body.contractType).toBe('Business');
});

test('three different days a day; the same again as often as one likes; others and other partners count apart', async () => {
  const [one, other] = [await opened(), await opened()];
  const about = ({ phoneNumber }: { phoneNumber: string }, day: number) =>
    brief({ phoneNumber, tenureDate: `2026-11-${String(day).padStart(2, '0')}` });
  expect([await about(one, 1), await about(one, 5), await about(one, 3)]).toEqual([false, true, true]);
  expect([await about(one, 2), await about(one, 5), await about(other, 2)]).toEqual([
    '429 QUOTA_EXCEEDED',
    true,
    false,
  ]);
  expect((await ask({ phoneNumber: one.phoneNumber, tenureDate: '2026-11-02' })).headers.get('retry-after')).toBe(
    '86400',
  );

  const shop = await world.partner('tenure-shop', { scopes: [TENURE_SCOPE] });
  expect(
    await brief(
      { phoneNumber: one.phoneNumber, tenureDate: '2026-11-02' },
      await world.contractToken(shop, TENURE_SCOPE),
    ),
  ).toBe(false);
  const { rows } = await world.database.pool.query(
    'select tenure_date::text as day, answer from partner_answer where subscription_id = $1 order by answered_at, partner_answer_id',
    [one.subscriptionId],
  );
  expect(rows.map(({ day, answer }: { day: string; answer: string }) => `${day} ${answer}`)).toEqual([
    '2026-11-01 false',
    '2026-11-05 true',
    '2026-11-03 true',
    '2026-11-05 true',
    '2026-11-02 false',
  ]);
});

test('a day to come, refused as often as it comes, counts on nothing', async () => {
  const { phoneNumber } = await opened();
  for (const day of [19, 20, 21, 22]) {
    expect(await brief({ phoneNumber, tenureDate: `2026-11-${day}` })).toBe('400 OUT_OF_RANGE');
  }
  expect(await brief({ phoneNumber, tenureDate: '2026-11-18' })).toBe(true);
});

test.each([
  ['nothing', {}, '400 INVALID_ARGUMENT'],
  ['an instant', { tenureDate: '2026-11-03T00:00:00Z' }, '400 INVALID_ARGUMENT'],
  ['no day', { tenureDate: '2026-02-30' }, '400 INVALID_ARGUMENT'],
  ['no number', { tenureDate: '2026-11-03', phoneNumber: '090-0000-0001' }, '400 INVALID_ARGUMENT'],
  ['nobody', { tenureDate: '2026-11-03' }, '422 MISSING_IDENTIFIER'],
  ['a stranger', { tenureDate: '2026-11-03', phoneNumber: '+818099999999' }, '404 IDENTIFIER_NOT_FOUND'],
])('%s → %s', async (_, body, expected) => expect(await brief(body)).toBe(expected));

test('one that opens later, and one that has ended', async () => {
  const [later, ended] = [
    await world.subscription({ opensAt: 'PT48H' }),
    await world.subscription({ endedAt: '-PT1H' }),
  ];
  expect([
    await brief({ phoneNumber: later.phoneNumber, tenureDate: '2026-11-03' }),
    await brief({ phoneNumber: ended.phoneNumber, tenureDate: '2026-11-03' }),
  ]).toEqual(['422 SERVICE_NOT_APPLICABLE', '404 IDENTIFIER_NOT_FOUND']);
});

test('with the consent of a person, who reads what will be told; the question then names nobody', async () => {
  const taro = await opened();
  const question = world.question(bank.partnerId, { scope: `openid ${TENURE_SCOPE}` });
  const page = await createVisitor().go(question.address);
  expect(page.text).toContain('たずねられた日から回線を使いつづけているか（はい／いいえだけ）');
  const told = await world.agree(question, await world.codeOf(taro));
  const { body } = await world.exchange(bank, told.get('code') ?? '', question.verifier);
  const theirs = String(body.access_token);
  const tenureDate = '2026-11-03';
  expect([
    await brief({ tenureDate }, theirs),
    await brief({ tenureDate, phoneNumber: taro.phoneNumber }, theirs),
  ]).toEqual([true, '422 UNNECESSARY_IDENTIFIER']);
});

test('a token for something else opens nothing', async () => {
  const other = await world.partner('age-shop');
  const { phoneNumber } = await opened();
  expect(await brief({ phoneNumber, tenureDate: '2026-11-03' }, await world.contractToken(other))).toBe(
    '403 PERMISSION_DENIED',
  );
  expect(await brief({ phoneNumber, tenureDate: '2026-11-03' }, 'no-such-token')).toBe('401 UNAUTHENTICATED');
});
