import { createHash, randomUUID } from 'node:crypto';
import { LineBotClient, messagingApi, validateSignature, type webhook } from '@line/bot-sdk';
import { createLocalJWKSet, jwtVerify } from 'jose';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Call, Person } from '../contract.ts';
import { openBrowser } from '../testing/browser.ts';
import { makePng } from '../testing/picture.ts';
import { refusalOf } from '../testing/refusal.ts';
import { type Stage, startStage } from '../testing/stage.ts';

// What makes a pretend LINE credible, in seventeen numbers: the README lists them by the same ones. Each is walked
// once, through the official SDK and raw HTTP; the finer points of each have files of their own beside this one.

const channelSecret = 'the-channel-secret';
const loginChannelId = '2001234567';
const loginChannelSecret = 'the-login-channel-secret-is-long';
const liffId = `${loginChannelId}-abcdefgh`;
const liffEndpointUrl = 'http://127.0.0.1:3000/liff';

let stage: Stage;
let taro: Person & { replyToken: string };
beforeAll(async () => {
  stage = await startStage({
    channelSecret,
    loginChannelId,
    loginChannelSecret,
    liffId,
    liffEndpointUrl,
    redeliverAfterMs: 200,
  });
});
beforeEach(async () => {
  await stage.control('POST', '/reset', { everything: true, menus: true });
  stage.bot.behave({});
  taro = await stage.befriend('たろう');
  stage.bot.heard.length = 0;
});
afterAll(() => stage.stop());

const hello = { type: 'text', text: 'こんにちは' } as const;
const advance = (by: string) => stage.control('POST', '/clock', { advance: by });
const say = (person: Person, text: string) => stage.control('POST', `/people/${person.userId}/say`, { text });
const refused = (status: number, message: string) => ({ status, body: { message } });
const replyTokenOf = (event: webhook.Event | undefined) =>
  event !== undefined && 'replyToken' in event ? (event.replyToken ?? '') : '';

/** A stateless channel access token by client credentials. */
async function statelessToken(): Promise<{ access_token: string; expires_in: number }> {
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: '2000000001',
    client_secret: channelSecret,
  });
  return (await fetch(`${stage.origins.api}/oauth2/v3/token`, { method: 'POST', body })).json();
}

test('1. a call needs a live channel token; a stateless one ends after fifteen minutes', async () => {
  const info = (headers: Record<string, string>) => fetch(`${stage.origins.api}/v2/bot/info`, { headers });
  const none = await info({});
  expect([none.status, await none.json()]).toEqual([
    401,
    { message: "Authorization header required. Must follow the scheme, 'Authorization: Bearer <ACCESS TOKEN>'" },
  ]);
  const { access_token: token, expires_in: seconds } = await statelessToken();
  expect(seconds).toBe(899);
  const client = new messagingApi.MessagingApiClient({ channelAccessToken: token, baseURL: stage.origins.api });
  expect((await client.getBotInfo()).basicId).toBe('@simulator');
  await advance('PT15M');
  expect(await refusalOf(client.getBotInfo())).toMatchObject(
    refused(
      401,
      'Authentication failed due to the following reason: invalid token. Confirm that the access token in the authorization header is valid.',
    ),
  );
});

test('2. every answer carries a request id, whatever it is and whichever host', async () => {
  const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
  const { api, data, access } = stage.origins;
  const addresses = [`${api}/v2/bot/info`, `${api}/nowhere`, `${data}/v2/bot/message/1/content`, `${access}/nowhere`];
  for (const address of addresses) expect((await fetch(address)).headers.get('x-line-request-id')).toMatch(uuid);
  const { httpResponse } = await stage.client.pushMessageWithHttpInfo({ to: taro.userId, messages: [hello] });
  expect(httpResponse.headers.get('x-line-request-id')).toMatch(uuid);
});

test('3. a retry key sends once in 24 hours: 409 with the first request’s id and messages; no reply takes one', async () => {
  const key = randomUUID();
  const push = () => stage.client.pushMessageWithHttpInfo({ to: taro.userId, messages: [hello] }, key);
  const first = await push();
  const again = await refusalOf(push());
  expect(again).toMatchObject({
    status: 409,
    body: { message: 'The retry key is already accepted', sentMessages: first.body.sentMessages },
  });
  expect(again.headers.get('x-line-accepted-request-id')).toBe(first.httpResponse.headers.get('x-line-request-id'));
  await advance('PT23H59M');
  expect((await refusalOf(push())).status).toBe(409);
  await advance('PT1M');
  await push();
  expect((await stage.screen(taro)).talk).toHaveLength(2);
  expect((await refusalOf(stage.client.pushMessage({ to: taro.userId, messages: [hello] }, 'no-uuid'))).status).toBe(
    400,
  );
  const reply = { replyToken: taro.replyToken, messages: [hello] };
  expect((await stage.api('POST', '/v2/bot/message/reply', reply, { 'x-line-retry-key': key })).status).toBe(400);
});

test('4. a reply token: once, one minute, one more after a redelivery, never after twenty', async () => {
  const reply = (replyToken: string) => stage.client.replyMessage({ replyToken, messages: [hello] });
  await reply(taro.replyToken);
  expect(await refusalOf(reply(taro.replyToken))).toMatchObject(refused(400, 'Invalid reply token'));
  await say(taro, '遅い');
  const late = replyTokenOf((await stage.settled()).at(-1));
  await advance('PT61S');
  expect(await refusalOf(reply(late))).toMatchObject(refused(400, 'Invalid reply token'));

  for (const [afterwards, isAlive] of [
    ['PT15M', true],
    ['PT21M', false],
  ] as const) {
    stage.bot.heard.length = 0;
    stage.bot.behave({ status: 500 });
    await stage.control('POST', '/faults', { webhook: { redeliver: true } });
    await say(taro, '届いていない');
    await expect.poll(() => stage.bot.heard.length).toBeGreaterThan(0);
    await advance(afterwards);
    stage.bot.behave({});
    const events = await stage.settled();
    expect(events.at(-1)?.deliveryContext.isRedelivery).toBe(true);
    const sending = reply(replyTokenOf(events.at(-1)));
    if (isAlive) await sending;
    else expect(await refusalOf(sending)).toMatchObject(refused(400, 'Invalid reply token'));
  }
});

test('5. account linking ends in three ways: ok, failed without source, and no webhook at all', async () => {
  const issue = async () => (await stage.client.issueLinkToken(taro.userId)).linkToken;
  const open = async (name: string, linkToken: string) =>
    (await openBrowser(stage, await stage.person(name))).visit(
      `/dialog/bot/accountLink?linkToken=${linkToken}&nonce=0123456789abcdef`,
    );
  const used = await issue();
  await open('たろう', used);
  expect((await stage.settled()).at(-1)).toMatchObject({
    type: 'accountLink',
    link: { result: 'ok', nonce: '0123456789abcdef' },
    source: { userId: taro.userId },
    replyToken: expect.any(String),
  });
  await open('けん', await issue());
  const failed = (await stage.settled()).at(-1);
  expect(failed).toMatchObject({ type: 'accountLink', link: { result: 'failed', nonce: '0123456789abcdef' } });
  expect(Object.keys(failed ?? {})).not.toContain('source');
  expect(Object.keys(failed ?? {})).not.toContain('replyToken');

  const heardBefore = (await stage.settled()).length;
  expect((await open('たろう', used)).status).toBe(400);
  const old = await issue();
  await advance('PT10M1S');
  expect((await open('たろう', old)).status).toBe(400);
  expect(await stage.settled()).toHaveLength(heardBefore);
});

test('6. who blocked the account: sending is 200 and silent, no profile, no menu', async () => {
  const richMenuId = await makeMenu();
  await stage.control('POST', `/people/${taro.userId}/unfollow`);
  const { httpResponse } = await stage.client.pushMessageWithHttpInfo({ to: taro.userId, messages: [hello] });
  expect(httpResponse.status).toBe(200);
  await stage.client.linkRichMenuIdToUser(taro.userId, richMenuId);
  expect(await stage.screen(taro)).toMatchObject({ talk: [], richMenu: null });
  expect(await refusalOf(stage.client.getProfile(taro.userId))).toMatchObject(refused(404, 'Not found'));
  const nobody = stage.client.pushMessage({ to: `U${'0'.repeat(32)}`, messages: [hello] });
  expect(await refusalOf(nobody)).toMatchObject(refused(400, 'Failed to send messages'));
});

test('7. two ways of too much: 429 by the second and path, 429 by the month; told apart by their words', async () => {
  const lists = await Promise.all(Array.from({ length: 100 }, () => stage.api('GET', '/v2/bot/richmenu/list')));
  const often = lists.find(({ status }) => status === 429);
  expect(await often?.json()).toEqual({ message: 'The API rate limit has been exceeded. Try again later.' });
  await advance('PT1S');
  expect((await stage.api('GET', '/v2/bot/richmenu/list')).status).toBe(200);

  const small = await startStage({ monthlyLimit: 1 });
  try {
    const friend = await small.befriend('たろう');
    await small.client.pushMessage({ to: friend.userId, messages: [hello, hello] });
    const sending = small.client.pushMessage({ to: friend.userId, messages: [hello] });
    expect(await refusalOf(sending)).toMatchObject(refused(429, 'You have reached your monthly limit.'));
    await small.control('POST', '/clock', { advance: 'P31D' });
    await small.client.pushMessage({ to: friend.userId, messages: [hello] });
  } finally {
    await small.stop();
  }
});

test('8. messages are checked property by property, and refused in LINE’s words', async () => {
  const push = async (messages: unknown) => {
    const answer = await stage.api('POST', '/v2/bot/message/push', { to: taro.userId, messages });
    return { status: answer.status, body: await answer.json() };
  };
  expect(await push([{ type: 'text', text: '' }, { type: 'bogus' }])).toEqual({
    status: 400,
    body: {
      message: 'The request body has 2 error(s)',
      details: expect.arrayContaining([
        { message: 'May not be empty', property: 'messages[0].text' },
        {
          message: expect.stringMatching(/^Must be one of the following values: \[.*\bflex\b.*\]$/),
          property: 'messages[1].type',
        },
      ]),
    },
  });
  const detailOf = async (messages: unknown) => (await push(messages)).body.details;
  expect(await detailOf([{ type: 'text', text: 'あ'.repeat(5_001) }])).toEqual([
    { message: 'Length must be between 0 and 5000', property: 'messages[0].text' },
  ]);
  expect(await detailOf([])).toEqual([{ message: 'Size must be between 1 and 5', property: 'messages' }]);
  expect(await detailOf([{ ...hello, colour: 'red' }])).toMatchObject([{ property: 'messages[0].colour' }]);
  expect((await push('text')).body).toEqual({
    message: "The property, 'messages', in the request body is invalid (line: -, column: -)",
  });
  expect((await stage.screen(taro)).talk).toEqual([]);
});

test('9. webhooks: exact bytes signed, emoji escaped, two seconds, batches, ULIDs, connectivity check, faults', async () => {
  expect(await stage.client.testWebhookEndpoint({})).toMatchObject({ success: true });
  expect(JSON.parse(String(stage.bot.heard[0]?.body)).events).toEqual([]);
  const hanako = await stage.befriend('はなこ');
  stage.bot.heard.length = 0;
  // While the bot thinks about the first, the others gather.
  stage.bot.behave({ thinksMs: 1_200 });
  await say(taro, '🤨');
  await expect.poll(() => stage.bot.heard.length).toBe(1);
  stage.bot.behave({});
  for (const person of [hanako, taro]) await say(person, '🤨');
  await stage.settled();
  const batch = stage.bot.heard.find(({ events }) => events.length > 1);
  expect(new Set(batch?.events.map(({ source }) => source && 'userId' in source && source.userId)).size).toBe(2);
  for (const { body, headers, events } of stage.bot.heard) {
    expect(body.toString('utf8')).toContain('\\uD83E\\uDD28');
    expect(validateSignature(body, channelSecret, String(headers['x-line-signature']))).toBe(true);
    for (const { webhookEventId } of events) expect(webhookEventId).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/);
  }
  stage.bot.behave({});
  const hear = async (fault: object) => {
    await stage.control('DELETE', '/faults');
    await stage.control('POST', '/faults', { webhook: fault });
    stage.bot.heard.length = 0;
    await say(taro, 'はい');
    await stage.settled();
    return stage.bot.heard;
  };
  expect(await hear({ drop: 1 })).toHaveLength(0);
  expect(await hear({ duplicate: 1 })).toHaveLength(2);
  const [forged] = await hear({ wrongSecret: 1 });
  expect(validateSignature(forged?.body ?? '', channelSecret, String(forged?.headers['x-line-signature']))).toBe(false);
  expect(await hear({ delayMs: 5 })).toHaveLength(1);
});

test('10. menus: own before default, real pictures that stay, aliases that lag, tabs that switch at once', async () => {
  const [first, second] = [
    await makeMenu({ type: 'richmenuswitch', label: 'お得', richMenuAliasId: 'deals', data: 'tab' }),
    await makeMenu(),
  ];
  const { screen } = stage;
  await stage.client.setDefaultRichMenu(second);
  expect((await screen(taro)).richMenu?.id).toBe(second);
  await stage.client.linkRichMenuIdToUser(taro.userId, first);
  expect((await screen(taro)).richMenu?.id).toBe(first);
  expect(await refusalOf(stage.client.setRichMenuImage(first, png(800, 250)))).toMatchObject(
    refused(400, 'An image has already been uploaded to the richmenu'),
  );
  const { richMenuId: bare } = await stage.client.createRichMenu(menuOf(balance));
  expect(await refusalOf(stage.client.setDefaultRichMenu(bare))).toMatchObject(
    refused(400, 'must upload richmenu image before applying it to user'),
  );
  expect(await refusalOf(stage.client.setRichMenuImage(bare, png(800, 600)))).toMatchObject(
    refused(400, 'The image size is not allowed for richmenu'),
  );

  const third = await makeMenu();
  await stage.client.createRichMenuAlias({ richMenuAliasId: 'deals', richMenuId: second });
  await stage.control('POST', '/faults', { menus: { lagMs: 60_000 } });
  await stage.client.updateRichMenuAlias('deals', { richMenuId: third });
  const switchTab = async () => {
    await stage.client.linkRichMenuIdToUser(taro.userId, first);
    await stage.tap(taro, 'お得');
    return (await screen(taro)).richMenu?.id;
  };
  expect(await switchTab()).toBe(second);
  await advance('PT61S');
  expect(await switchTab()).toBe(third);
  expect((await stage.settled()).at(-1)).toMatchObject({
    type: 'postback',
    postback: { data: 'tab', params: { newRichMenuAliasId: 'deals', status: 'SUCCESS' } },
  });
});

test('11. quick replies of the last message only; the loading bubble ends with it; read marks follow the chat mode', async () => {
  const quick = (label: string) => ({
    items: [{ type: 'action', action: { type: 'postback' as const, label, data: label } }],
  });
  await stage.client.showLoadingAnimation({ chatId: taro.userId, loadingSeconds: 20 });
  expect((await stage.screen(taro)).isLoading).toBe(true);
  const messages = [
    { ...hello, quickReply: quick('いち') },
    { ...hello, quickReply: quick('に') },
  ];
  await stage.client.pushMessage({ to: taro.userId, messages });
  const seen = await stage.screen(taro);
  expect(seen.isLoading).toBe(false);
  expect(seen.quickReplies.map(({ label }) => label)).toEqual(['に']);

  await say(taro, '見ましたか');
  const event = (await stage.settled()).at(-1);
  expect((await stage.screen(taro)).read).toBe(false);
  const text = event?.type === 'message' && event.message.type === 'text' ? event.message : null;
  await stage.client.markMessagesAsReadByToken({ markAsReadToken: text?.markAsReadToken ?? '' });
  expect((await stage.screen(taro)).read).toBe(true);
  await stage.control('PATCH', '/account', { chatMode: 'bot' });
  await say(taro, 'すぐ既読');
  expect((await stage.screen(taro)).read).toBe(true);
  await stage.control('PATCH', '/account', { chatMode: 'chat' });
});

test('12. in standby somebody else speaks: events say so and carry no reply token', async () => {
  await stage.control('PATCH', '/account', { mode: 'standby' });
  await say(taro, 'だれですか');
  const event = (await stage.settled()).at(-1);
  expect(event).toMatchObject({ type: 'message', mode: 'standby' });
  expect(Object.keys(event ?? {})).not.toContain('replyToken');
});

test('13. ID tokens: HS256 for the web, ES256 for LIFF, LINE’s issuer, one hour', async () => {
  const verifier = 'v'.repeat(43);
  const challenge = createHash('sha256').update(verifier).digest('base64url');
  const browser = await openBrowser(stage, taro);
  const idToken = async (more: Record<string, string>) => {
    const query = new URLSearchParams({
      response_type: 'code',
      client_id: loginChannelId,
      redirect_uri: liffEndpointUrl,
      state: 's',
      scope: 'openid profile',
      code_challenge: challenge,
      code_challenge_method: 'S256',
    });
    const page = await browser.visit(`/oauth2/v2.1/authorize?${query}`);
    const back = page.leftFor ? page : await browser.submit(page, { decision: 'allow' });
    const body = new URLSearchParams({
      grant_type: 'authorization_code',
      code: back.leftFor?.searchParams.get('code') ?? '',
      redirect_uri: liffEndpointUrl,
      client_id: loginChannelId,
      code_verifier: verifier,
      ...more,
    });
    const answer = await fetch(`${stage.origins.api}/oauth2/v2.1/token`, { method: 'POST', body });
    return (await answer.json()).id_token as string;
  };
  const web = await jwtVerify(await idToken({ client_secret: loginChannelSecret }), Buffer.from(loginChannelSecret));
  const keys = await (await fetch(`${stage.origins.api}/oauth2/v2.1/certs`)).json();
  const liff = await jwtVerify(await idToken({ appId: liffId, id_token_key_type: 'JWK' }), createLocalJWKSet(keys));
  expect([web.protectedHeader.alg, liff.protectedHeader.alg]).toEqual(['HS256', 'ES256']);
  for (const { payload } of [web, liff]) {
    expect(payload).toMatchObject({ iss: 'https://access.line.me', aud: loginChannelId, sub: taro.userId });
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(3_600);
  }
});

test('14. a POST of type JSON may have no body, as the SDK sends it', async () => {
  const post = (path: string) => stage.api('POST', path);
  expect((await post(`/v2/bot/user/${taro.userId}/linkToken`)).status).toBe(200);
  expect((await post(`/v2/bot/user/${taro.userId}/richmenu/${await makeMenu()}`)).status).toBe(200);
});

test('15. what a button opens is told, not followed: LINE’s own addresses, telephone, LIFF, web', async () => {
  const addresses = [
    'https://line.me/R/share?text=hi',
    'https://line.me/R/ti/p/@simulator',
    'tel:0120000000',
    `https://liff.line.me/${liffId}/gift`,
    'https://example.com/',
  ];
  for (const uri of addresses) {
    const opened = await stage.control('POST', `/people/${taro.userId}/act`, { action: { type: 'uri', uri } });
    expect(opened).toEqual({ opened: uri });
  }
  expect(await stage.settled()).toEqual([]);
});

test('16. the same seed and the same acts give the same ids and bodies; states are kept; changes are told', async () => {
  const play = async () => {
    const one = await startStage({ seed: 'twice', channelSecret });
    try {
      await one.control('POST', '/clock', { set: '2026-12-01T00:00:00Z', freeze: true });
      await one.control('POST', '/faults', { webhook: { duplicate: 0.5 }, api: { status: 500, rate: 0.3 } });
      const { userId, replyToken } = await one.befriend('たろう');
      const answers: unknown[] = [];
      for (const [place, text] of ['一', '二', '三🤨', '四'].entries()) {
        await one.control('POST', `/people/${userId}/say`, { text });
        await one.settled();
        const push = { to: userId, messages: [{ type: 'text', text }] };
        const answer = await one.api('POST', '/v2/bot/message/push', push);
        answers.push([answer.status, answer.headers.get('x-line-request-id'), await answer.json()]);
        if (place === 1) await one.api('POST', '/v2/bot/message/reply', { replyToken, messages: [hello] });
      }
      answers.push(await (await one.api('POST', `/v2/bot/user/${userId}/linkToken`)).json());
      const snapshot = await one.control('GET', '/snapshot');
      const log = (await one.control<Call[]>('GET', '/calls')).map(({ seq, at, status, body }) => ({
        seq,
        at,
        status,
        body,
      }));
      return {
        answers,
        snapshot,
        log,
        heard: one.bot.heard.map(({ body, headers }) => [String(body), headers['x-line-signature']]),
      };
    } finally {
      await one.stop();
    }
  };
  const [first, second] = [await play(), await play()];
  expect(first.heard.length).toBeGreaterThan(4);
  expect(second).toEqual(first);

  await stage.client.pushMessage({ to: taro.userId, messages: [hello] });
  const kept = await stage.control('GET', '/snapshot');
  await stage.control('POST', '/reset');
  await stage.control('POST', '/snapshot', kept);
  expect(await stage.control('GET', '/snapshot')).toEqual(kept);
  const events = await fetch(`${stage.origins.ui}/control/events`);
  const reader = events.body?.pipeThrough(new TextDecoderStream()).getReader();
  expect((await reader?.read())?.value).toContain('data: {"type":"people"}');
  await reader?.cancel();
});

test('17. properties nobody has heard of may be added to answers and events', async () => {
  await stage.control('POST', '/faults', { api: { unknownFields: true }, webhook: { unknownFields: 1 } });
  const client = LineBotClient.fromChannelAccessToken({
    channelAccessToken: (await statelessToken()).access_token,
    apiBaseURL: stage.origins.api,
  });
  expect(await client.getProfile(taro.userId)).toMatchObject({ displayName: 'たろう', addedByLineLater: { level: 1 } });
  await say(taro, 'はい');
  expect((await stage.settled()).at(-1)).toMatchObject({ type: 'message', addedByLineLater: { level: 1 } });
  await stage.control('DELETE', '/faults');
  expect(await client.getProfile(taro.userId)).not.toHaveProperty('addedByLineLater');
});

const balance = { type: 'postback', label: '残量', data: 'balance' } as const;

function png(width: number, height: number): Blob {
  return new Blob([new Uint8Array(makePng(width, height))], { type: 'image/png' });
}

function menuOf(action: messagingApi.Action): messagingApi.RichMenuRequest {
  const size = { width: 2500, height: 843 };
  return {
    size,
    selected: true,
    name: 'メニュー',
    chatBarText: 'メニュー',
    areas: [{ bounds: { x: 0, y: 0, ...size }, action }],
  };
}

async function makeMenu(action: messagingApi.Action = balance): Promise<string> {
  const { richMenuId } = await stage.client.createRichMenu(menuOf(action));
  await stage.client.setRichMenuImage(richMenuId, png(800, 250));
  return richMenuId;
}
