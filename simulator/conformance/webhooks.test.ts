import { validateSignature } from '@line/bot-sdk';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Call, Person } from '../contract.ts';
import { checkSchema } from '../messages/schema-check.ts';
import { openBrowser } from '../testing/browser.ts';
import { type Stage, startStage } from '../testing/stage.ts';

const channelSecret = 'the-channel-secret';
let stage: Stage;
beforeAll(async () => {
  stage = await startStage({ channelSecret, redeliverAfterMs: 5 });
});
beforeEach(async () => {
  await stage.control('POST', '/reset');
  stage.bot.behave({});
  stage.bot.heard.length = 0;
});
afterAll(() => stage.stop());

const isSignedRight = ({ body, headers }: (typeof stage.bot.heard)[number]) =>
  validateSignature(body, channelSecret, String(headers['x-line-signature']));

test('adding the account tells the bot, with all the common fields', async () => {
  const taro = await stage.befriend('たろう');
  expect(await stage.settled()).toEqual([
    {
      type: 'follow',
      follow: { isUnblocked: false },
      replyToken: expect.stringMatching(/^[0-9a-f]{32}$/),
      webhookEventId: expect.stringMatching(/^[0-9A-HJKMNP-TV-Z]{26}$/),
      deliveryContext: { isRedelivery: false },
      timestamp: expect.any(Number),
      source: { type: 'user', userId: taro.userId },
      mode: 'active',
    },
  ]);
  const { destination } = JSON.parse(String(stage.bot.heard[0]?.body));
  expect(destination).toBe((await stage.client.getBotInfo()).userId);
});

test('blocking and unblocking are told apart from adding', async () => {
  const taro = await stage.befriend('たろう');
  await stage.control('POST', `/people/${taro.userId}/unfollow`);
  await stage.control('POST', `/people/${taro.userId}/follow`);
  const [, unfollow, follow] = await stage.settled();
  expect(unfollow).not.toHaveProperty('replyToken');
  expect(unfollow?.type).toBe('unfollow');
  expect(follow).toMatchObject({ type: 'follow', follow: { isUnblocked: true } });
});

test('the signature covers the exact bytes; emoji leave as escapes, so re-written JSON would not match', async () => {
  const taro = await stage.befriend('たろう');
  await stage.control('POST', `/people/${taro.userId}/say`, { text: 'ギガください🤨' });
  await stage.settled();
  const heard = stage.bot.heard.at(-1);
  if (!heard) throw new Error('nothing was heard');
  expect(isSignedRight(heard)).toBe(true);
  expect(heard.body.toString('utf8')).toContain('ギガください\\uD83E\\uDD28');
  expect(heard.events[0]).toMatchObject({ message: { type: 'text', text: 'ギガください🤨' } });
  const rewritten = JSON.stringify(JSON.parse(heard.body.toString('utf8')));
  expect(validateSignature(rewritten, channelSecret, String(heard.headers['x-line-signature']))).toBe(false);
});

test('the header is not always spelled the same', async () => {
  const taro = await stage.befriend('たろう');
  for (let time = 0; time < 20; time += 1) {
    await stage.control('POST', `/people/${taro.userId}/say`, { text: `${time}` });
    await stage.settled();
  }
  const spellings = stage.bot.heard.map(({ rawHeaders }) =>
    rawHeaders.find((name) => /^x-line-signature$/i.test(name)),
  );
  expect(new Set(spellings).size).toBeGreaterThan(1);
});

test('events of several people travel in one request when they queue up', async () => {
  const taro = await stage.befriend('たろう');
  const hanako = await stage.befriend('はなこ');
  const say = (person: Person) => stage.control('POST', `/people/${person.userId}/say`, { text: 'はい' });
  const heardBefore = stage.bot.heard.length;
  stage.bot.behave({ thinksMs: 1_200 });
  await say(taro);
  await expect.poll(() => stage.bot.heard.length).toBe(heardBefore + 1);
  stage.bot.behave({});
  for (const person of [hanako, taro]) await say(person);
  await stage.settled();
  const together = stage.bot.heard.find(({ events }) => events.length > 1);
  const people = together?.events.map(({ source }) => (source?.type === 'user' ? source.userId : null));
  expect(people).toEqual([hanako.userId, taro.userId]);
});

test('a bot that thinks for over two seconds has timed out', async () => {
  stage.bot.behave({ thinksMs: 2_300 });
  const taro = await stage.person('たろう');
  await stage.control('POST', `/people/${taro.userId}/follow`);
  await stage.settled();
  const calls = await stage.control<Call[]>('GET', '/calls');
  expect(calls.find(({ direction }) => direction === 'webhook')).toMatchObject({
    status: null,
    refusal: 'request_timeout: No answer within 2 seconds',
  });
});

test('the webhook test sends no events and tells what came back', async () => {
  expect(await stage.client.testWebhookEndpoint({})).toMatchObject({ success: true, statusCode: 200, reason: 'OK' });
  expect(stage.bot.heard.at(-1)?.events).toEqual([]);
  stage.bot.behave({ status: 500 });
  expect(await stage.client.testWebhookEndpoint({})).toMatchObject({
    success: false,
    statusCode: 500,
    reason: 'ERROR_STATUS_CODE',
  });
  expect(await stage.client.testWebhookEndpoint({ endpoint: 'http://127.0.0.1:1/' })).toMatchObject({
    success: false,
    reason: 'COULD_NOT_CONNECT',
  });
});

test('the endpoint can be read and moved', async () => {
  const { endpoint } = await stage.client.getWebhookEndpoint();
  expect(endpoint).toBe(stage.bot.url);
  await expect(stage.client.setWebhookEndpoint({ endpoint: 'http://example.com/hook' })).rejects.toMatchObject({
    status: 400,
    body: JSON.stringify({ message: 'Invalid webhook endpoint URL' }),
  });
  await stage.client.setWebhookEndpoint({ endpoint: `${endpoint}/moved` });
  expect((await stage.client.getWebhookEndpoint()).endpoint).toBe(`${endpoint}/moved`);
  await stage.client.setWebhookEndpoint({ endpoint });
});

test('redelivery repeats a refused event with the same id and token, marked', async () => {
  await stage.control('POST', '/faults', { webhook: { redeliver: true } });
  stage.bot.behave({ status: 500 });
  const taro = await stage.person('たろう');
  await stage.control('POST', `/people/${taro.userId}/follow`);
  await expect.poll(() => stage.bot.events().length).toBeGreaterThanOrEqual(1);
  stage.bot.behave({ status: 200 });
  const [first, ...again] = await stage.settled();
  expect(again.at(-1)).toEqual({ ...first, deliveryContext: { isRedelivery: true } });
});

test('without redelivery a refused event is gone', async () => {
  stage.bot.behave({ status: 500 });
  const taro = await stage.person('たろう');
  await stage.control('POST', `/people/${taro.userId}/follow`);
  expect(await stage.settled()).toHaveLength(1);
});

test('a redelivered reply token works for another minute, but not 20 minutes after the event', async () => {
  const { replyTokens } = stage.simulator.world;
  const minute = 60_000;
  replyTokens.issue('t1', 'U1', 0);
  replyTokens.delivered('t1', 5 * minute);
  expect(replyTokens.find('t1', 6 * minute)).toBe('U1');
  replyTokens.use('t1');
  replyTokens.delivered('t1', 7 * minute);
  expect(replyTokens.find('t1', 7 * minute)).toBeNull();
  replyTokens.issue('t2', 'U1', 0);
  replyTokens.delivered('t2', 21 * minute);
  expect(replyTokens.find('t2', 21 * minute)).toBeNull();
});

test('faults: duplicated, out of order, dropped, signed with another secret', async () => {
  const taro = await stage.befriend('たろう');
  const say = async (text: string) => {
    stage.bot.heard.length = 0;
    await stage.control('POST', `/people/${taro.userId}/say`, { text });
    await stage.settled();
    return stage.bot.heard;
  };
  await stage.control('POST', '/faults', { webhook: { duplicate: 1 } });
  const twice = (await say('二回')).flatMap(({ events }) => events);
  expect(twice).toHaveLength(2);
  expect(twice[0]).toEqual(twice[1]);

  await stage.control('POST', '/faults', { webhook: { reorder: 1 } });
  await stage.control('POST', `/people/${taro.userId}/say`, { text: '先' });
  const mixed = (await say('後')).flatMap(({ events }) => events);
  expect(mixed).toMatchObject([{ message: { text: '後' } }, { message: { text: '先' } }]);

  await stage.control('POST', '/faults', { webhook: { drop: 1 } });
  expect(await say('届かない')).toEqual([]);

  await stage.control('POST', '/faults', { webhook: { wrongSecret: 1 } });
  expect((await say('偽物')).map(isSignedRight)).toEqual([false]);

  await stage.control('DELETE', '/faults');
  expect((await say('本物')).map(isSignedRight)).toEqual([true]);
});

test('in standby events carry no reply token', async () => {
  await stage.control('PATCH', '/account', { mode: 'standby' });
  const taro = await stage.person('たろう');
  await stage.control('POST', `/people/${taro.userId}/follow`);
  const [event] = await stage.settled();
  expect(event).toMatchObject({ type: 'follow', mode: 'standby' });
  expect(event).not.toHaveProperty('replyToken');
});

test('a message taken back is told, and its picture is gone', async () => {
  const taro = await stage.befriend('たろう');
  const { id } = await stage.control<{ id: string }>('POST', `/people/${taro.userId}/image`);
  const content = () =>
    fetch(`${stage.origins.data}/v2/bot/message/${id}/content`, {
      headers: { authorization: 'Bearer a-token-from-the-console' },
    });
  expect((await content()).headers.get('content-type')).toBe('image/png');
  await stage.control('POST', `/people/${taro.userId}/unsend`, { messageId: id });
  expect((await stage.settled()).at(-1)).toMatchObject({ type: 'unsend', unsend: { messageId: id } });
  const gone = await content();
  expect([gone.status, await gone.json()]).toEqual([410, { message: 'The content is gone' }]);
});

test('every event that leaves is what the SDK says it is, property by property', async () => {
  const taro = await stage.befriend('たろう');
  const at = `/people/${taro.userId}`;
  const act = (action: unknown, params?: unknown) => stage.control('POST', `${at}/act`, { action, params });
  await stage.control('POST', `${at}/say`, { text: 'こんにちは' });
  await stage.control('POST', `${at}/sticker`);
  const { id } = await stage.control<{ id: string }>('POST', `${at}/image`);
  await stage.control('POST', `${at}/unsend`, { messageId: id });
  await act({ type: 'postback', data: 'a' });
  await act({ type: 'datetimepicker', mode: 'date', data: 'when' }, { date: '2026-12-01' });
  await act({ type: 'richmenuswitch', richMenuAliasId: 'none', data: 'tab' });
  for (const name of ['たろう', 'けん']) {
    const { linkToken } = await stage.client.issueLinkToken(taro.userId);
    const browser = await openBrowser(stage, await stage.person(name));
    await browser.visit(`/dialog/bot/accountLink?linkToken=${linkToken}&nonce=0123456789`);
  }
  await stage.control('POST', `${at}/unfollow`);
  const events = await stage.settled();
  expect(new Set(events.map(({ type }) => type))).toEqual(
    new Set(['follow', 'message', 'unsend', 'postback', 'accountLink', 'unfollow']),
  );
  expect(events).toHaveLength(11);
  for (const { body } of stage.bot.heard) expect(checkSchema('Callback', JSON.parse(String(body)))).toEqual([]);
});
