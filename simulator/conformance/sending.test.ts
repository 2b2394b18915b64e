import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { refusalOf } from '../testing/refusal.ts';
import { type Stage, startStage } from '../testing/stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await startStage();
});
beforeEach(async () => {
  await stage.control('POST', '/reset');
});
afterAll(() => stage.stop());

const hello = { type: 'text', text: 'こんにちは' } as const;

test('a reply token works once', async () => {
  const { replyToken } = await stage.befriend('たろう');
  const { sentMessages } = await stage.client.replyMessage({ replyToken, messages: [hello] });
  expect(sentMessages).toEqual([{ id: expect.stringMatching(/^\d{18}$/), quoteToken: expect.any(String) }]);
  const again = await refusalOf(stage.client.replyMessage({ replyToken, messages: [hello] }));
  expect(again).toMatchObject({ status: 400, body: { message: 'Invalid reply token' } });
});

test('a reply token works for one minute', async () => {
  const { replyToken } = await stage.befriend('たろう');
  await stage.control('POST', '/clock', { advance: 'PT61S' });
  const late = await refusalOf(stage.client.replyMessage({ replyToken, messages: [hello] }));
  expect(late).toMatchObject({ status: 400, body: { message: 'Invalid reply token' } });
});

test('what cannot be tried again by key refuses one', async () => {
  const { userId } = await stage.befriend('たろう');
  const key = { 'x-line-retry-key': randomUUID() };
  const withKey = async (path: string, body?: unknown) => (await stage.api('POST', path, body, key)).status;
  expect(await withKey(`/v2/bot/user/${userId}/linkToken`)).toBe(400);
  expect(await withKey('/v2/bot/message/validate/push', { messages: [hello] })).toBe(400);
  expect(await withKey('/v2/bot/message/narrowcast', { messages: [hello] })).toBe(202);
});

test('replies take no retry key', async () => {
  const { replyToken } = await stage.befriend('たろう');
  const answer = await stage.api(
    'POST',
    '/v2/bot/message/reply',
    { replyToken, messages: [hello] },
    { 'x-line-retry-key': randomUUID() },
  );
  expect(answer.status).toBe(400);
});

test('the same retry key sends once in 24 hours and repeats the first answer with 409', async () => {
  const taro = await stage.befriend('たろう');
  const key = randomUUID();
  const push = () => stage.client.pushMessageWithHttpInfo({ to: taro.userId, messages: [hello] }, key);
  const first = await push();
  const again = await refusalOf(push());
  expect(again.status).toBe(409);
  expect(again.body).toEqual({
    message: 'The retry key is already accepted',
    sentMessages: first.body.sentMessages,
  });
  expect(again.headers.get('x-line-accepted-request-id')).toBe(first.httpResponse.headers.get('x-line-request-id'));
  expect((await stage.screen(taro)).talk).toHaveLength(1);

  await stage.control('POST', '/clock', { advance: 'PT24H' });
  await push();
  expect((await stage.screen(taro)).talk).toHaveLength(2);
});

test('a push whose answer got lost is not sent twice when it is tried again with its key', async () => {
  const taro = await stage.befriend('たろう');
  const key = randomUUID();
  const push = () => stage.client.pushMessage({ to: taro.userId, messages: [hello] }, key);
  await stage.control('POST', '/faults', { api: { dropAfterAccept: 1 } });
  await expect(push()).rejects.toThrow(TypeError);
  await stage.control('DELETE', '/faults');
  expect((await refusalOf(push())).status).toBe(409);
  expect((await stage.screen(taro)).talk).toHaveLength(1);
});

test('who has left LINE is not found, and what is sent to them is accepted', async () => {
  const taro = await stage.befriend('たろう');
  await stage.control('DELETE', `/people/${taro.userId}`);
  expect((await refusalOf(stage.client.getProfile(taro.userId))).status).toBe(404);
  await stage.client.pushMessage({ to: taro.userId, messages: [hello] });
  expect((await stage.client.getFollowers()).userIds).toEqual([]);
});

test('a retry key that is no UUID is refused', async () => {
  const taro = await stage.befriend('たろう');
  const refused = await refusalOf(stage.client.pushMessage({ to: taro.userId, messages: [hello] }, 'again'));
  expect(refused.status).toBe(400);
});

test('who blocked the account gets nothing, is not found, and has no menu; the caller is told nothing', async () => {
  const taro = await stage.befriend('たろう');
  await stage.control('POST', `/people/${taro.userId}/unfollow`);
  await stage.client.pushMessage({ to: taro.userId, messages: [hello] });
  expect((await stage.screen(taro)).talk).toEqual([]);
  const profile = await refusalOf(stage.client.getProfile(taro.userId));
  expect(profile).toMatchObject({ status: 404, body: { message: 'Not found' } });
  expect((await stage.client.getFollowers()).userIds).toEqual([]);
});

test('somebody who never added the account can be written to for seven days after writing', async () => {
  const ken = await stage.person('けん');
  await stage.client.pushMessage({ to: ken.userId, messages: [hello] });
  expect((await stage.screen(ken)).talk).toEqual([]);
  await stage.control('POST', `/people/${ken.userId}/say`, { text: 'もしもし' });
  await stage.client.pushMessage({ to: ken.userId, messages: [hello] });
  expect((await stage.screen(ken)).talk).toHaveLength(2);
});

test('an unknown user, and an id of the wrong shape, are refused', async () => {
  const unknown = await refusalOf(stage.client.pushMessage({ to: `U${'0'.repeat(32)}`, messages: [hello] }));
  expect(unknown).toMatchObject({ status: 400, body: { message: 'Failed to send messages' } });
  const wrong = await refusalOf(stage.client.pushMessage({ to: 'taro', messages: [hello] }));
  expect(wrong.body).toEqual({ message: "The property, 'to', in the request body is invalid (line: -, column: -)" });
});

test('one bad id in a multicast and nobody gets it', async () => {
  const taro = await stage.befriend('たろう');
  const refused = await refusalOf(stage.client.multicast({ to: [taro.userId, 'bad'], messages: [hello] }));
  expect(refused.body).toEqual({
    message: "The property, 'to[1]', in the request body is invalid (line: -, column: -)",
  });
  expect((await stage.screen(taro)).talk).toEqual([]);
});

test('a broadcast reaches friends only', async () => {
  const taro = await stage.befriend('たろう');
  const hanako = await stage.person('はなこ');
  await stage.client.broadcast({ messages: [hello] });
  expect((await stage.screen(taro)).talk).toHaveLength(1);
  expect((await stage.screen(hanako)).talk).toHaveLength(0);
});

test('calls beyond the rate are refused until time has passed', async () => {
  const taro = await stage.befriend('たろう');
  const load = () => stage.api('POST', '/v2/bot/channel/webhook/test', {});
  const statuses = (await Promise.all(Array.from({ length: 62 }, load))).map(({ status }) => status);
  expect(statuses.filter((status) => status === 429).length).toBeGreaterThanOrEqual(1);
  const refused = await load();
  expect(await refused.json()).toEqual({ message: 'The API rate limit has been exceeded. Try again later.' });
  await stage.control('POST', '/clock', { advance: 'PT1H' });
  expect((await load()).status).toBe(200);
  expect(taro.isFriend).toBe(true);
});

test('the monthly limit has its own words; replies are free', async () => {
  const small = await startStage({ monthlyLimit: 1 });
  try {
    const taro = await small.befriend('たろう');
    await small.client.replyMessage({ replyToken: taro.replyToken, messages: [hello] });
    await small.client.pushMessage({ to: taro.userId, messages: [hello, hello] });
    expect(await small.client.getMessageQuota()).toEqual({ type: 'limited', value: 1 });
    expect(await small.client.getMessageQuotaConsumption()).toEqual({ totalUsage: 1 });
    const refused = await refusalOf(small.client.pushMessage({ to: taro.userId, messages: [hello] }));
    expect(refused).toMatchObject({ status: 429, body: { message: 'You have reached your monthly limit.' } });
    const change = (monthlyLimit: unknown) => small.control('PATCH', '/account', { monthlyLimit });
    expect(await change(-1)).toMatchObject({ monthlyLimit: 1 });
    expect(await change(2)).toMatchObject({ monthlyLimit: 2 });
    await small.client.pushMessage({ to: taro.userId, messages: [hello] });
    expect(await change(null)).toMatchObject({ monthlyLimit: null });
    expect(await small.client.getMessageQuota()).toEqual({ type: 'none' });
  } finally {
    await small.stop();
  }
});

test('the loading bubble ends with the next message', async () => {
  const taro = await stage.befriend('たろう');
  await stage.client.showLoadingAnimation({ chatId: taro.userId, loadingSeconds: 20 });
  expect((await stage.screen(taro)).isLoading).toBe(true);
  await stage.client.pushMessage({ to: taro.userId, messages: [hello] });
  expect((await stage.screen(taro)).isLoading).toBe(false);
  const refused = await refusalOf(stage.client.showLoadingAnimation({ chatId: taro.userId, loadingSeconds: 7 }));
  expect(refused.body).toMatchObject({
    details: [{ message: 'must be a multiple of five', property: 'loadingSeconds' }],
  });
});

test('a body over 2 MB, of another type, or no JSON is refused', async () => {
  const large = await stage.api('POST', '/v2/bot/message/push', ' '.repeat(2 * 1024 * 1024 + 1));
  expect(large.status).toBe(413);
  const form = await stage.api('POST', '/v2/bot/message/push', 'to=x', { 'content-type': 'text/plain' });
  expect([form.status, await form.json()]).toEqual([
    415,
    { message: 'The content type, text/plain, is not supported' },
  ]);
  const broken = await stage.api('POST', '/v2/bot/message/push', '{\n to: 1}');
  expect(await broken.json()).toEqual({ message: 'The request body could not be parsed as JSON (line: 2, column: 2)' });
});

test('a sticker set given to a person is theirs', async () => {
  const taro = await stage.befriend('たろう');
  const request = { to: taro.userId, productId: '7563', productType: 'STICKER', sendPresentMessage: false };
  await stage.client.missionStickerV3(request);
  expect((await stage.person('たろう')).stickerProducts).toEqual(['7563']);
  const refused = await refusalOf(stage.client.missionStickerV3({ ...request, productType: 'THEME' }));
  expect(refused.status).toBe(400);
});
