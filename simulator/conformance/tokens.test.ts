import { channelAccessToken, LineBotClient } from '@line/bot-sdk';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Stage, startStage } from '../testing/stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await startStage({ channelId: '1234567890', channelSecret: 'the-secret' });
});
afterAll(() => stage.stop());

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function tokenClient() {
  return new channelAccessToken.ChannelAccessTokenClient({ baseURL: stage.origins.api });
}

function clientWith(token: string) {
  return LineBotClient.fromChannelAccessToken({ channelAccessToken: token, apiBaseURL: stage.origins.api });
}

test('a call without a token is refused, and so is one with a wrong token', async () => {
  const without = await fetch(`${stage.origins.api}/v2/bot/info`);
  expect(without.status).toBe(401);
  expect(await without.json()).toEqual({
    message: "Authorization header required. Must follow the scheme, 'Authorization: Bearer <ACCESS TOKEN>'",
  });
  await expect(clientWith('wrong').getBotInfo()).rejects.toMatchObject({
    status: 401,
    body: JSON.stringify({
      message:
        'Authentication failed due to the following reason: invalid token. Confirm that the access token in the authorization header is valid.',
    }),
  });
});

test('a stateless token lives fifteen minutes by the simulated clock', async () => {
  const issued = await tokenClient().issueStatelessChannelTokenByClientSecret('1234567890', 'the-secret');
  expect(issued).toMatchObject({ token_type: 'Bearer', expires_in: 899 });
  await stage.control('POST', '/clock', { advance: 'PT14M' });
  expect(await clientWith(issued.access_token).getBotInfo()).toMatchObject({ chatMode: 'chat' });
  await stage.control('POST', '/clock', { advance: 'PT2M' });
  await expect(clientWith(issued.access_token).getBotInfo()).rejects.toMatchObject({ status: 401 });
});

test('a wrong channel secret gets no token', async () => {
  await expect(tokenClient().issueStatelessChannelTokenByClientSecret('1234567890', 'guessed')).rejects.toMatchObject({
    status: 400,
    body: expect.stringContaining('invalid_client'),
  });
});

test('a short-lived token can be verified and revoked', async () => {
  const { access_token: token } = await tokenClient().issueChannelToken(
    'client_credentials',
    '1234567890',
    'the-secret',
  );
  expect(await tokenClient().verifyChannelToken(token)).toMatchObject({ client_id: '1234567890' });
  await tokenClient().revokeChannelToken(token);
  await expect(clientWith(token).getBotInfo()).rejects.toMatchObject({ status: 401 });
});

test('every answer carries a request id: success, refusal and unknown address', async () => {
  const answers = await Promise.all([
    stage.api('GET', '/v2/bot/info'),
    fetch(`${stage.origins.api}/v2/bot/info`),
    stage.api('GET', '/v2/nowhere'),
    fetch(`${stage.origins.access}/.well-known/openid-configuration`),
  ]);
  expect(answers.map(({ status }) => status)).toEqual([200, 401, 404, 200]);
  const ids = answers.map(({ headers }) => headers.get('x-line-request-id'));
  for (const id of ids) expect(id).toMatch(uuid);
  expect(new Set(ids).size).toBe(4);
});

test('an empty body of type JSON is accepted where nothing is expected, as the SDK sends it', async () => {
  const taro = await stage.befriend('たろう');
  expect(await stage.client.issueLinkToken(taro.userId)).toEqual({
    linkToken: expect.stringMatching(/^[0-9A-Za-z]{32}$/),
  });
});

test('content calls belong to the other host', async () => {
  const wrongHost = await stage.api('GET', '/v2/bot/message/123456/content');
  expect(wrongHost.status).toBe(404);
  const rightHost = await fetch(`${stage.origins.data}/v2/bot/info`, {
    headers: { authorization: 'Bearer a-token-from-the-console' },
  });
  expect(rightHost.status).toBe(404);
});
