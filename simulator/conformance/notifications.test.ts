import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { refusalOf } from '../testing/refusal.ts';
import { type Stage, startStage } from '../testing/stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await startStage();
});
beforeEach(async () => {
  await stage.control('POST', '/reset');
  stage.bot.heard.length = 0;
});
afterAll(() => stage.stop());

const hashOf = (phoneNumber: string) => createHash('sha256').update(phoneNumber).digest('hex');
const taroPhone = hashOf('+818000000001');
const outage = { type: 'text', text: '障害のお知らせ' } as const;
const templated = (body: unknown, headers = {}) =>
  stage.api('POST', '/v2/bot/message/pnp/templated/push', body, headers);
const bill = {
  to: taroPhone,
  templateKey: 'bill_ja',
  body: { emphasizedItem: { itemKey: 'sum', content: '1,980円' }, items: [{ itemKey: 'month', content: '11月分' }] },
};

test('a notification reaches who never added the account, and a webhook without source tells so', async () => {
  await stage.client.pushMessagesByPhone({ to: taroPhone, messages: [outage] }, 'outage-2026-11-23');
  expect((await stage.screen(await stage.person('たろう'))).talk).toHaveLength(1);
  const [event] = await stage.settled();
  expect(event).toMatchObject({ type: 'delivery', delivery: { data: 'outage-2026-11-23' } });
  expect(event).not.toHaveProperty('source');
  expect(event).not.toHaveProperty('replyToken');
});

test('a templated notification is 202 and shows its items', async () => {
  expect((await templated(bill)).status).toBe(202);
  const { talk } = await stage.screen(await stage.person('たろう'));
  expect(talk[0]?.message).toMatchObject({ type: 'flex', altText: 'bill_ja 1,980円' });
  expect((await stage.settled())[0]).toMatchObject({ type: 'delivery', delivery: { data: taroPhone } });
});

test('a number nobody has is 422', async () => {
  const refused = await refusalOf(
    stage.client.pushMessagesByPhone({ to: hashOf('+819999999999'), messages: [outage] }),
  );
  expect(refused).toMatchObject({ status: 422, body: { message: 'Failed to send messages' } });
});

test('who blocked the account gets nothing, the caller 200, and no webhook comes', async () => {
  const taro = await stage.befriend('たろう');
  await stage.control('POST', `/people/${taro.userId}/unfollow`);
  await stage.settled();
  stage.bot.heard.length = 0;
  await stage.client.pushMessagesByPhone({ to: taroPhone, messages: [outage] });
  expect(await stage.settled()).toEqual([]);
  expect((await stage.screen(taro)).talk).toEqual([]);
});

test.each([
  ['a retry key', { 'x-line-retry-key': '00000000-0000-4000-8000-000000000001' }, {}],
  ['a delivery tag of 15 characters', { 'x-line-delivery-tag': 'x'.repeat(15) }, {}],
  ['a number in clear', {}, { to: '+818000000001' }],
  ['an emphasized text of 16', {}, { body: { emphasizedItem: { itemKey: 'a', content: 'x'.repeat(16) } } }],
  ['an item key twice', {}, { body: { items: [1, 2].map(() => ({ itemKey: 'a', content: 'x' })) } }],
  ['three buttons', {}, { body: { buttons: ['a', 'b', 'c'].map((buttonKey) => ({ buttonKey, url: 'https://x.y' })) } }],
])('%s is refused', async (_what, headers, change) => {
  expect((await templated({ ...bill, ...change }, headers)).status).toBe(400);
});

test('pictures cannot be sent by phone number', async () => {
  const url = 'https://example.com/a.png';
  const image = { type: 'image', originalContentUrl: url, previewImageUrl: url } as const;
  expect((await refusalOf(stage.client.pushMessagesByPhone({ to: taroPhone, messages: [image] }))).status).toBe(400);
});
