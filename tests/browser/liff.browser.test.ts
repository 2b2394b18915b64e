import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { InboxEntry, Person } from '../../simulator/contract.ts';
import { type Stage, startStage } from '../../simulator/testing/stage.ts';
import { openBrowser } from '../support/browser.ts';
import { type LiffApp, startLiffApp } from '../support/liff-app.ts';
import { serveLineHosts } from '../support/line-hosts.ts';
import { openStage } from '../support/stage.ts';

/** The real LIFF SDK in a real browser, with the simulator in the place of LINE's hosts. */

const channelId = '2001234567';
const liffId = `${channelId}-abcdefgh`;
const lineApp = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Safari Line/15.0.0 LIFF';

type Cookies = { name: string; value: string }[];

let app: LiffApp;
let stage: Stage;
let browser: Browser;
beforeAll(async () => {
  app = await startLiffApp();
  [stage, browser] = await Promise.all([
    startStage({ loginChannelId: channelId, liffId, liffEndpointUrl: app.endpointUrl }),
    openBrowser(),
  ]);
  app.trust({ apiOrigin: stage.origins.api, channelId, liffId });
});
afterAll(async () => {
  await browser?.close();
  await stage?.stop();
  await app?.stop();
});

async function contextOf(person: Person, more: { userAgent?: string } = {}): Promise<BrowserContext> {
  const context = await browser.newContext({ locale: 'ja-JP', ...more });
  await serveLineHosts(context, stage.origins);
  const { cookies } = await stage.control<{ cookies: Cookies }>('POST', `/people/${person.userId}/browse`, {
    url: stage.origins.access,
  });
  await carry(context, cookies);
  return context;
}

/** The person's LINE cookies, for LINE's own hosts. */
async function carry(context: BrowserContext, cookies: Cookies): Promise<void> {
  const hosts = ['access.line.me', 'liff.line.me'];
  await context.addCookies(
    hosts.flatMap((domain) => cookies.map(({ name, value }) => ({ name, value, domain, path: '/', secure: true }))),
  );
}

const stateOf = async (page: Page) => {
  await page.locator('#state:not(:empty)').waitFor({ state: 'attached' });
  return JSON.parse((await page.locator('#state').textContent()) ?? 'null');
};

test('in any browser: init, login with consent, and an ID token our server can verify', async () => {
  const taro = await stage.befriend('たろう');
  const context = await contextOf(taro);
  const page = await context.newPage();
  await page.goto(app.endpointUrl);
  expect(await stateOf(page)).toEqual({ isLoggedIn: false, isInClient: false, session: false });

  await page.locator('#login').click();
  await page.getByRole('button', { name: '許可する' }).click();
  await page.waitForURL(/127\.0\.0\.1/);
  expect(await stateOf(page)).toEqual({ isLoggedIn: true, isInClient: false, session: { userId: taro.userId } });
  expect(await page.evaluate('liff.getProfile()')).toMatchObject({ userId: taro.userId, displayName: 'たろう' });
  expect(await page.evaluate('liff.getFriendship()')).toEqual({ friendFlag: true });
  expect(await page.evaluate("liff.permission.query('chat_message.write')")).toEqual({ state: 'granted' });
  await context.close();
});

test('the friend picker hands a message to whom the person chose; the app learns only that it was sent', async () => {
  const taro = await stage.person('たろう');
  const hanako = await stage.person('はなこ');
  const context = await contextOf(taro);
  const page = await context.newPage();
  await page.goto(app.endpointUrl);
  await page.locator('#login').click();
  await page.waitForURL(/127\.0\.0\.1.*/);
  await page.waitForFunction("liff?.isLoggedIn() && document.getElementById('state').textContent");

  const [cancelled] = await Promise.all([context.waitForEvent('page'), page.locator('#share').click()]);
  await cancelled.getByRole('checkbox', { name: 'はなこ' }).waitFor();
  await cancelled.close();
  await expect.poll(() => page.locator('#shared').textContent(), { timeout: 15_000 }).toBe('null');

  await page.evaluate("document.getElementById('shared').textContent = ''");
  const [picker] = await Promise.all([context.waitForEvent('page'), page.locator('#share').click()]);
  await picker.getByRole('checkbox', { name: 'はなこ' }).check();
  await picker.getByRole('button', { name: '送る' }).click();
  await expect.poll(() => page.locator('#shared').textContent(), { timeout: 15_000 }).toBe('{"status":"success"}');
  const inbox = await stage.control<InboxEntry[]>('GET', `/people/${hanako.userId}/inbox`);
  expect(inbox).toMatchObject([{ from: { displayName: 'たろう' }, text: 'https://example.com/gift' }]);
  await context.close();
});

test('a sub-window is given data, hands back a result, and only its own app hears it', async () => {
  const context = await contextOf(await stage.person('たろう'));
  const page = await context.newPage();
  await page.goto(app.endpointUrl);
  await page.locator('#login').click();
  await page.waitForURL(/127\.0\.0\.1.*/);
  await page.waitForFunction("liff?.isLoggedIn() && document.getElementById('state').textContent");

  const [window] = await Promise.all([context.waitForEvent('page'), page.locator('#open-sub').click()]);
  await window.waitForURL(`${app.endpointUrl}/choose**`);
  await window.locator('#state:not(:empty)').waitFor({ state: 'attached' });
  expect(await window.evaluate('liff.isSubWindow()')).toBe(true);
  expect(await window.evaluate('liff.subWindow.getAppData()')).toEqual({ for: 'gift' });
  await window.evaluate("void liff.subWindow.submit({ amount: '1GB' })");
  await expect.poll(() => page.locator('#submitted').textContent(), { timeout: 15_000 }).toBe('{"amount":"1GB"}');
  await context.close();
});

test('inside LINE the app opens signed in, at its own path, and may write into the talk', async () => {
  const taro = await stage.person('たろう');
  const context = await contextOf(taro, { userAgent: lineApp });
  await context.addInitScript('window._liff = { features: [], postMessage() {} }');
  const page = await context.newPage();
  await page.goto(`https://liff.line.me/${liffId}/gift/abc?from=talk`);
  await page.waitForURL(`${app.endpointUrl}/gift/abc?from=talk`);
  expect(await stateOf(page)).toEqual({ isLoggedIn: true, isInClient: true, session: { userId: taro.userId } });
  expect(await page.evaluate('liff.getContext().type')).toBe('utou');

  await page.evaluate("liff.sendMessages([{ type: 'text', text: 'アプリから' }])");
  const events = await stage.settled();
  expect(events.at(-1)).toMatchObject({ type: 'message', message: { type: 'text', text: 'アプリから' } });
  await context.close();
});

test('our own entry page: the server checks the ID token, opens a session and moves on; a forged token opens none', async () => {
  // The SDK goes by the browser's clock.
  const play = await openStage(new Date().toISOString(), { liffId: '2000000002-abcdefgh' });
  const taro = await play.control.person('たろう');
  const context = await browser.newContext({ locale: 'ja-JP' });
  await serveLineHosts(context, { api: play.apiUrl, access: play.accessUrl });
  await carry(context, (await taro.cookies(play.accessUrl)).cookies);
  const page = await context.newPage();
  await page.goto(`${play.url}/liff/links?from=talk`);
  await page.getByRole('button', { name: '許可する' }).click();
  await page.waitForURL(`${play.url}/links?from=talk`);
  expect((await context.cookies(play.url)).map(({ name }) => name)).toContain('renkei');

  const forged = await fetch(`${play.url}/liff/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: play.url },
    body: JSON.stringify({ idToken: 'a.b.c', next: '/' }),
  });
  expect([forged.status, forged.headers.get('set-cookie')]).toEqual([401, null]);
  await context.close();
  await play.close();
});

test('without a LIFF app there is no entry page', async () => {
  const play = await openStage();
  expect((await fetch(`${play.url}/liff`)).status).toBe(404);
  await play.close();
});
