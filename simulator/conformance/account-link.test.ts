import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openBrowser } from '../testing/browser.ts';
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

const nonce = 'bm9uY2Utbm9uY2Utbm9uY2U';
const dialog = (linkToken: string, given = nonce) => `/dialog/bot/accountLink?linkToken=${linkToken}&nonce=${given}`;

/** Events after the follow event that begins every test. */
const afterFollow = async () => (await stage.settled()).filter(({ type }) => type !== 'follow');

test('the person the token was made for: ok, with source and a reply token that works', async () => {
  const taro = await stage.befriend('たろう');
  const { linkToken } = await stage.client.issueLinkToken(taro.userId);
  const browser = await openBrowser(stage, taro);
  const page = await browser.visit(dialog(linkToken));
  expect(page.status).toBe(200);
  expect(page.html).toContain('<html lang="ja">');
  const [event] = await afterFollow();
  expect(event).toMatchObject({
    type: 'accountLink',
    link: { result: 'ok', nonce },
    source: { type: 'user', userId: taro.userId },
    replyToken: expect.any(String),
  });
  const replyToken = event?.type === 'accountLink' ? (event.replyToken ?? '') : '';
  await stage.client.replyMessage({ replyToken, messages: [{ type: 'text', text: '連携しました' }] });
  expect((await stage.screen(taro)).talk).toHaveLength(1);
});

test("somebody else's browser: failed, with the nonce but neither source nor reply token", async () => {
  const taro = await stage.befriend('たろう');
  const ken = await stage.person('けん');
  const { linkToken } = await stage.client.issueLinkToken(taro.userId);
  const page = await (await openBrowser(stage, ken)).visit(dialog(linkToken));
  expect(page.status).toBe(400);
  const [event] = await afterFollow();
  expect(event).toMatchObject({ type: 'accountLink', link: { result: 'failed', nonce } });
  expect(event).not.toHaveProperty('source');
  expect(event).not.toHaveProperty('replyToken');
});

test('a token works once: the second time there is an error page and no webhook', async () => {
  const taro = await stage.befriend('たろう');
  const { linkToken } = await stage.client.issueLinkToken(taro.userId);
  const browser = await openBrowser(stage, taro);
  await browser.visit(dialog(linkToken));
  expect((await browser.visit(dialog(linkToken))).status).toBe(400);
  expect(await afterFollow()).toHaveLength(1);
});

test('a token works for ten minutes: after that there is an error page and no webhook', async () => {
  const taro = await stage.befriend('たろう');
  const { linkToken } = await stage.client.issueLinkToken(taro.userId);
  await stage.control('POST', '/clock', { advance: 'PT601S' });
  expect((await (await openBrowser(stage, taro)).visit(dialog(linkToken))).status).toBe(400);
  expect(await afterFollow()).toEqual([]);
});

test('a nonce under 10 or over 255 characters is refused and leaves the token usable', async () => {
  const taro = await stage.befriend('たろう');
  const { linkToken } = await stage.client.issueLinkToken(taro.userId);
  const browser = await openBrowser(stage, taro);
  for (const bad of ['123456789', 'x'.repeat(256)]) {
    expect((await browser.visit(dialog(linkToken, bad))).status).toBe(400);
  }
  expect(await afterFollow()).toEqual([]);
  expect((await browser.visit(dialog(linkToken))).status).toBe(200);
});

test('a browser nobody has signed in with asks who it is, and goes on from there', async () => {
  const taro = await stage.befriend('たろう');
  const { linkToken } = await stage.client.issueLinkToken(taro.userId);
  const browser = await openBrowser(stage);
  const login = await browser.visit(dialog(linkToken));
  expect(login.html).toContain('どなたですか');
  const done = await browser.submit(login, { user_id: taro.userId });
  expect(done.status).toBe(200);
  expect(await afterFollow()).toMatchObject([{ type: 'accountLink', link: { result: 'ok' } }]);
});

test('a cookie somebody made up is nobody', async () => {
  const taro = await stage.befriend('たろう');
  const { linkToken } = await stage.client.issueLinkToken(taro.userId);
  const answer = await fetch(`${stage.origins.access}${dialog(linkToken)}`, {
    headers: { cookie: `line_person=${taro.userId}.forged` },
  });
  expect(await answer.text()).toContain('どなたですか');
  expect(await afterFollow()).toEqual([]);
});
