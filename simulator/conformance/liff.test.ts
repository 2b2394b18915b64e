import { createHash } from 'node:crypto';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { InboxEntry, Person } from '../contract.ts';
import { openBrowser } from '../testing/browser.ts';
import { type Stage, startStage } from '../testing/stage.ts';

// The calls of the LIFF SDK, raw; tests/browser tries the same with the SDK itself.

const channelId = '2001234567';
const liffId = `${channelId}-abcdefgh`;
const endpoint = 'http://127.0.0.1:3000/liff';
const verifier = 'v'.repeat(43);

let stage: Stage;
beforeAll(async () => {
  stage = await startStage({ loginChannelId: channelId, liffId, liffEndpointUrl: endpoint });
});
beforeEach(async () => {
  await stage.control('POST', '/reset');
  stage.bot.heard.length = 0;
});
afterAll(() => stage.stop());

/** The access token of a person who has signed in to the LIFF app. */
async function signIn(person: Person): Promise<string> {
  const browser = await openBrowser(stage, person);
  const challenge = createHash('sha256').update(verifier).digest('base64url');
  const query = `app_id=${liffId}&state=s&response_type=code&code_challenge=${challenge}&code_challenge_method=S256`;
  const page = await browser.visit(`/liff/v1/authorize?${query}`);
  const back = page.leftFor ? page : await browser.submit(page, { decision: 'allow' });
  const form = new URLSearchParams({
    grant_type: 'authorization_code',
    client_id: channelId,
    appId: liffId,
    code: back.leftFor?.searchParams.get('code') ?? '',
    code_verifier: verifier,
    redirect_uri: endpoint,
    id_token_key_type: 'JWK',
  });
  const answer = await fetch(`${stage.origins.api}/oauth2/v2.1/token`, { method: 'POST', body: form });
  return (await answer.json()).access_token;
}

async function ask(url: string, token?: string, init: RequestInit = {}) {
  const headers = { ...(token ? { authorization: `Bearer ${token}` } : {}), ...init.headers };
  const answer = await fetch(url, { ...init, headers });
  return { status: answer.status, headers: answer.headers, body: await answer.json() };
}
const json = (body: unknown) => ({
  method: 'POST',
  body: JSON.stringify(body),
  headers: { 'content-type': 'application/json' },
});
const apps = () => `${stage.origins.api}/liff/v2/apps/${liffId}`;

test('the context is told before anybody signs in, to a page of any origin', async () => {
  const { body, headers } = await ask(`${apps()}/contextToken`);
  expect(decodeJwt(body.contextToken)).toMatchObject({ liffId, endpointUrl: endpoint, type: 'external' });
  expect(headers.get('access-control-allow-origin')).toBe('*');
  expect((await ask(`${stage.origins.api}/liff/v2/apps/1-x/contextToken`)).status).toBe(404);
});

test('one-time and feature tokens are for who is signed in', async () => {
  expect((await ask(`${apps()}/ott`)).status).toBe(401);
  const token = await signIn(await stage.person('たろう'));
  expect((await ask(`${apps()}/ott`, token)).body).toEqual({ ott: expect.any(String) });
  expect((await ask(`${apps()}/featureToken`, token)).body).toEqual({ featureToken: expect.any(String) });
});

test('an app writes into the talk in the person’s name; the bot hears texts, and nothing of Flex messages', async () => {
  const taro = await stage.befriend('たろう');
  const token = await signIn(taro);
  const bubble = { type: 'bubble', body: { type: 'box', layout: 'vertical', contents: [] } };
  const share = (messages: unknown[]) => ask(`${stage.origins.api}/message/v3/share`, token, json({ messages }));
  expect((await share([{ type: 'text', text: 'はい' }])).body).toEqual({ status: 'ok' });
  expect((await share([{ type: 'flex', altText: 'カード', contents: bubble }])).status).toBe(200);
  expect((await share([{ type: 'text', text: '' }])).status).toBe(400);
  expect((await stage.screen(taro)).talk.map(({ from, message }) => [from, message.type])).toEqual([
    ['person', 'text'],
    ['person', 'flex'],
  ]);
  expect((await stage.settled()).map(({ type }) => type)).toEqual(['follow', 'message']);
});

test('the picker works for its own person and once; the app learns only whether', async () => {
  const [taro, hanako] = [await stage.person('たろう'), await stage.person('はなこ')];
  const token = await signIn(taro);
  const { ott } = (await ask(`${apps()}/ott`, token)).body;
  const picker = `/oauth2/v2.1/liff/shareTargetPicker?liffId=${liffId}&ott=${ott}`;
  const result = `${stage.origins.access}/oauth2/v2.1/liff/shareTargetPicker/result?liffId=${liffId}&ott=${ott}`;
  expect((await (await openBrowser(stage, hanako)).visit(picker)).status).toBe(400);

  const browser = await openBrowser(stage, taro);
  const page = await browser.visit(picker);
  expect(page.html).not.toContain('たろう');
  expect((await ask(result, token)).body).toEqual({});
  const messages = JSON.stringify([{ type: 'text', text: 'どうぞ' }]);
  expect((await browser.submit(page, { to: hanako.userId, messages })).status).toBe(200);
  expect((await ask(result, token)).body.result).toBe('SUCCESS');
  expect((await browser.submit(page, { to: hanako.userId, messages })).status).toBe(400);
  const inbox = await stage.control<InboxEntry[]>('GET', `/people/${hanako.userId}/inbox`);
  expect(inbox.map(({ text }) => text)).toEqual(['どうぞ']);
});

test('service messages: one token a sign-in, renewed by each sending, five sendings', async () => {
  const taro = await stage.person('たろう');
  const liffAccessToken = await signIn(taro);
  const issue = () => stage.api('POST', '/message/v3/notifier/token', { liffAccessToken });
  let { notificationToken, ...rest } = await (await issue()).json();
  expect(rest).toEqual({ expiresIn: 31_536_000, remainingCount: 5, sessionId: expect.any(String) });
  expect((await issue()).status).toBe(400);

  const send = (token: string) =>
    stage.api('POST', '/message/v3/notifier/send?target=service', {
      templateName: 'gift_s_c_ja',
      params: { amount: '1GB' },
      notificationToken: token,
    });
  for (let left = 4; left >= 0; left -= 1) {
    const used: string = notificationToken;
    const answer = await (await send(used)).json();
    expect(answer.remainingCount).toBe(left);
    expect((await send(used)).status).toBe(401);
    notificationToken = answer.notificationToken;
  }
  expect((await send(notificationToken)).status).toBe(403);
  expect(await stage.control('GET', `/people/${taro.userId}/inbox`)).toHaveLength(5);
});

test('whether a person may be asked to add an account', async () => {
  const accessToken = await signIn(await stage.person('たろう'));
  const validate = (fields: Record<string, string>) =>
    ask(`${stage.origins.access}/oauth2/v2.1/liff/friendship/validate`, undefined, {
      method: 'POST',
      body: new URLSearchParams({ accessToken, ...fields }),
    });
  expect((await validate({})).body).toEqual({ valid: true });
  expect((await validate({ officialAccountId: '@nobody' })).body).toMatchObject({
    valid: false,
    error: { code: 'BOT_NOT_RESOLVED' },
  });
});

test('a permanent link is under the endpoint; sub-windows learn where their app lives and get a page to talk through', async () => {
  const link = (url: string) =>
    ask(`${stage.origins.access}/liff/v2/permanentLink?${new URLSearchParams({ liffId, url })}`);
  expect((await link(`${endpoint}/gift?a=1`)).body).toEqual({
    permanentLink: `https://liff.line.me/${liffId}/gift?a=1`,
  });
  expect((await link('https://example.com/')).status).toBe(400);
  expect((await link(`${endpoint}other`)).status).toBe(400);

  const { body } = await ask(`${stage.origins.api}/liff/v2/sub/${liffId}/origin`);
  expect(body).toEqual({ origin: new URL(endpoint).origin, subwindowCommonModule: true });
  const handler = (identifier: string) =>
    fetch(`${stage.origins.access}/liff/v2/sub/messageHandler`, {
      method: 'POST',
      body: new URLSearchParams({ identifier }),
    });
  expect(await (await handler('abc123')).text()).toContain('data-identifier="abc123"');
  expect((await handler('"><script>')).status).toBe(400);
});
