import type { Browser, CDPSession, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openBrowser } from '../support/browser.ts';
import { expectAccessible } from '../support/phone.ts';
import { openStage, type Stage } from '../support/stage.ts';

let stage: Stage;
let browser: Browser;
let page: Page;
/** The devices that hold passkeys. */
let chips: CDPSession;
let first: string;
/** A passkey belongs to a name: the same app, by its name. */
let site: string;
beforeAll(async () => {
  stage = await openStage();
  browser = await openBrowser();
  site = stage.url.replace('127.0.0.1', 'localhost');
  page = await (await browser.newContext({ locale: 'ja-JP', viewport: { width: 375, height: 700 } })).newPage();
  chips = await page.context().newCDPSession(page);
  await chips.send('WebAuthn.enable');
  first = await newChip();
});
afterAll(async () => {
  await browser.close();
  await stage.close();
});

async function newChip(): Promise<string> {
  const { authenticatorId } = await chips.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return authenticatorId;
}

/** Whether the device's fingerprint or face is taken for its owner's. */
const knowOwner = (isUserVerified: boolean) =>
  chips.send('WebAuthn.setUserVerified', { authenticatorId: first, isUserVerified });

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

  test('a finger that is not the owner’s signs nobody in, is told so, and may try again', async () => {
    await page.context().clearCookies();
    await knowOwner(false);
    await page.goto(`${site}/login?next=/security/passkeys`);
    await page.click('text=パスキーでログイン');
    await page.getByText('もう一度お試しください').waitFor();
    expect(page.url()).toContain('/login');
    await expectAccessible(page);
    await knowOwner(true);
    await page.click('text=パスキーでログイン');
    await page.waitForURL(`${site}/security/passkeys`);
  });

  test('a device that has its passkey is told that it needs no other; another device has its own', async () => {
    await page.click('text=パスキーを追加する');
    await page.getByText('この端末のパスキーがすでにあれば、追加はいりません').waitFor();
    await expectAccessible(page);
    await chips.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId: first });
    first = await newChip();
    await page.goto(`${site}/security/passkeys`);
    await page.click('text=パスキーを追加する');
    await page.waitForURL(`${site}/security?done=passkey-added`);
    expect(await page.textContent('main')).toContain('2個のパスキー');
  });

  test('the last one removed signs nobody in any more, though the device still has it', async () => {
    for (const left of [1, 0]) {
      await page.goto(`${site}/security/passkeys`);
      await page.getByRole('button', { name: '削除する' }).last().click();
      await page.waitForURL(`${site}/security?done=passkey-removed`);
      await page.goto(`${site}/security/passkeys`);
      expect(await page.getByRole('button', { name: '削除する' }).count()).toBe(left);
    }
    expect(await page.textContent('main')).toContain('まだパスキーはありません');
    await page.context().clearCookies();
    await page.goto(`${site}/login`);
    await page.click('text=パスキーでログイン');
    await page.getByText('パスキーを確認できませんでした').waitFor();
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
