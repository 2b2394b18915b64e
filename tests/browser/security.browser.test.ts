import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openBrowser } from '../support/browser.ts';
import { expectAccessible } from '../support/phone.ts';
import { openStage, type Stage } from '../support/stage.ts';

let stage: Stage;
let browser: Browser;
let page: Page;
/** A passkey belongs to a name: the same app, by its name. */
let site: string;
beforeAll(async () => {
  stage = await openStage();
  browser = await openBrowser();
  site = stage.url.replace('127.0.0.1', 'localhost');
  page = await (await browser.newContext({ locale: 'ja-JP', viewport: { width: 375, height: 700 } })).newPage();
  const chip = await page.context().newCDPSession(page);
  await chip.send('WebAuthn.enable');
  await chip.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
});
afterAll(async () => {
  await browser.close();
  await stage.close();
});

const heading = () => page.locator('h1').textContent();

describe('with a real browser', () => {
  test('a second proof by mail, then a passkey is made', async () => {
    await page.goto(`${site}/login?next=/security/passkeys`);
    await expectAccessible(page);
    await page.fill('#loginId', 'sato');
    await page.fill('#password', 'renkei-demo-sato');
    await page.click('form[action="/login"] button');
    expect(await heading()).toBe('ご本人の確認');
    await expectAccessible(page);
    await page.click('text=確認コードを送る');
    await stage.control.settle();
    const mail = await page.context().newPage();
    await mail.goto(`${site}/demo/mail`);
    const code = /確認コード (\d{6})/.exec((await mail.textContent('main')) ?? '')?.[1] ?? '';
    await mail.close();
    await page.fill('#code', code);
    await page.click('form[action="/proof/mail/code"] button');
    expect(await heading()).toBe('パスキー');
    await expectAccessible(page);
    await page.click('text=パスキーを追加する');
    await page.waitForURL(`${site}/security?done=passkey-added`);
    await expectAccessible(page);
  });

  test('and signs in without a password', async () => {
    await page.context().clearCookies();
    await page.goto(`${site}/login?next=/security/passkeys`);
    await page.click('text=パスキーでログイン');
    await page.waitForURL(`${site}/security/passkeys`);
    expect(await page.textContent('main')).toContain('最後の利用');
    await expectAccessible(page);
  });

  test('pages of the way back to a forgotten password have no faults', async () => {
    await page.context().clearCookies();
    for (const path of ['/login/forgotten', '/login/forgotten?sent=1', '/login/reset', '/login/reset?done=1']) {
      await page.goto(site + path);
      await expectAccessible(page);
    }
  });
});
