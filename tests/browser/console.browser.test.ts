import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { demoPassword } from '../../src/demo/people.ts';
import { openBrowser } from '../support/browser.ts';
import { expectAccessible } from '../support/phone.ts';
import { codeAt, type StaffName, seedOf } from '../support/staff.ts';
import { openStage, type Stage } from '../support/stage.ts';

/** An agent finds a customer, reads the ledger and asks for data as an apology; a supervisor approves it. */

let stage: Stage;
let browser: Browser;
beforeAll(async () => {
  [stage, browser] = await Promise.all([openStage(), openBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await stage.close();
});

async function signIn(loginId: StaffName, width: number, colorScheme: 'light' | 'dark'): Promise<Page> {
  const context = await browser.newContext({ viewport: { width, height: 800 }, locale: 'ja-JP', colorScheme });
  const page = await context.newPage();
  await page.goto(`${stage.url}/console`);
  await page.getByLabel('ログインID').fill(loginId);
  await page.getByLabel('パスワード').fill(demoPassword(loginId));
  await page.getByRole('button', { name: '次へ' }).click();
  await page.getByLabel('6桁のコード').fill(codeAt(seedOf(loginId), stage.clock.now()));
  await page.getByRole('button', { name: 'ログイン', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: '管理画面' }).waitFor();
  return page;
}

async function expectGood(page: Page): Promise<void> {
  await expectAccessible(page);
  expect(await page.evaluate('document.documentElement.scrollWidth <= window.innerWidth')).toBe(true);
}

test('search, ledger, and data as an apology by two people', async () => {
  const agent = await signIn('agent', 1280, 'light');
  await expectGood(agent);
  await agent.goto(`${stage.url}/console/customers`);
  await agent.getByLabel('さがす').fill('たなか');
  await agent.getByRole('button', { name: 'さがす' }).click();
  await expectGood(agent);
  await agent.getByRole('link', { name: '田中 太郎' }).click();
  await expectGood(agent);
  await agent.getByLabel('理由').fill('本人からの電話');
  await agent.getByRole('button', { name: '理由を記録して開く' }).click();
  await agent.getByRole('heading', { level: 1, name: '田中 太郎' }).waitFor();
  await expectGood(agent);
  await agent.getByRole('link', { name: '台帳を見る' }).first().click();
  await agent.getByText('台帳の合計と、いまあるデータは一致しています。').waitFor();
  await expectGood(agent);
  await agent.getByRole('link', { name: 'お詫びのデータを申請する' }).click();
  await expectGood(agent);
  await agent.getByLabel('理由').fill('長い通信障害のお詫び');
  await agent.getByRole('button', { name: '申請する' }).click();
  await agent.getByRole('heading', { level: 1, name: 'データを1GB増やす' }).waitFor();
  await expectGood(agent);

  const supervisor = await signIn('supervisor', 375, 'dark');
  await supervisor.goto(agent.url());
  await expectGood(supervisor);
  await supervisor.getByRole('button', { name: '承認する' }).click();
  await supervisor.getByText('承認しました。').waitFor();
  await agent.goBack();
  await agent.getByRole('link', { name: 'データの台帳' }).click();
  await agent.getByText('訂正：増やしました').waitFor();
});

test('on a phone the places are one button, by keyboard too', async () => {
  const page = await signIn('admin', 375, 'light');
  const button = page.getByRole('button', { name: 'メニュー' });
  const places = page.locator('#places');
  expect((await page.locator('.nav').boundingBox())?.height).toBeLessThan(70);
  expect(await places.isVisible()).toBe(false);
  await button.focus();
  await page.keyboard.press('Enter');
  await places.waitFor();
  await expectGood(page);
  await page.keyboard.press('Escape');
  await places.waitFor({ state: 'hidden' });
  expect(await page.evaluate('document.activeElement.className')).toBe('places-button');
  await page.keyboard.press('Enter');
  await places.getByRole('link', { name: '監査ログ' }).click();
  await page.getByRole('heading', { level: 1, name: '監査ログ' }).waitFor();
  await page.setViewportSize({ width: 1280, height: 800 });
  expect([await button.isVisible(), await places.isVisible()]).toEqual([false, true]);
  stage.clock.advance('PT31S');
});

test.each(['feed', 'ledger-check', 'messages', 'help-figures', 'measures', 'account'])(
  '%s on a phone in the dark',
  async (path) => {
    const auditor = await signIn('auditor', 375, 'dark');
    await auditor.goto(`${stage.url}/console/${path}`);
    await expectGood(auditor);
    stage.clock.advance('PT31S');
  },
);
