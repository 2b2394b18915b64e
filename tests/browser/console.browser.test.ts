import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoPassword } from '../../src/demo/people.ts';
import { openBrowser } from '../support/browser.ts';
import { expectAccessible, expectFits } from '../support/phone.ts';
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

/** A page of the console that is left open listens, and costs those after it their time. */
async function close(...pages: readonly Page[]): Promise<void> {
  for (const page of pages) await page.context().close();
}

async function expectGood(page: Page): Promise<void> {
  await expectAccessible(page);
  await expectFits(page);
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
  await close(agent, supervisor);
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
  await button.click();
  await places.getByRole('button', { name: '閉じる' }).click();
  await places.waitFor({ state: 'hidden' });
  expect(await page.evaluate('document.activeElement.className')).toBe('places-button');
  await page.keyboard.press('Enter');
  await places.getByRole('link', { name: '監査ログ' }).click();
  await page.getByRole('heading', { level: 1, name: '監査ログ' }).waitFor();
  await page.setViewportSize({ width: 1280, height: 800 });
  expect([await button.isVisible(), await places.isVisible()]).toEqual([false, true]);
  await close(page);
  stage.clock.advance('PT31S');
});

describe('on a phone in the dark', () => {
  let auditor: Page;
  beforeAll(async () => {
    auditor = await signIn('auditor', 375, 'dark');
    stage.clock.advance('PT31S');
  });
  afterAll(() => auditor.context().close());

  test.each(['feed', 'ledger-check', 'messages', 'help-figures', 'measures', 'account'])('%s', async (path) => {
    await auditor.goto(`${stage.url}/console/${path}`);
    await expectGood(auditor);
  });
});

const PHONE = { width: 375, colorScheme: 'dark' } as const;
const COMPUTER = { width: 1280, colorScheme: 'light' } as const;

/** Looks at the page as it is now: on a phone in the dark, unless said otherwise. */
async function expectGoodOn(page: Page, ...screens: readonly (typeof PHONE | typeof COMPUTER)[]): Promise<void> {
  for (const { width, colorScheme } of screens.length > 0 ? screens : [PHONE]) {
    await page.setViewportSize({ width, height: 800 });
    await page.emulateMedia({ colorScheme });
    await expectGood(page);
  }
}

test('bill items: what a check says of pasted rows', async () => {
  const agent = await signIn('agent', 375, 'dark');
  await agent.goto(`${stage.url}/console/bill-items`);
  await agent
    .getByLabel('CSV')
    .fill('id,subject,at,amountYen,label\na,090-9999-9999,2026-11-01T12:00:00+09:00,10,通話料');
  await agent.getByRole('button', { name: '確かめる' }).click();
  await agent.getByText('この電話番号かIDの回線がありません').waitFor();
  await expectGood(agent);
  await close(agent);
  stage.clock.advance('PT31S');
});

test('orders: two of the staff and an applicant at once, in every state, on a phone and on a computer', async () => {
  stage.clock.advance('PT31S');
  const agent = await signIn('agent', 375, 'dark');
  await agent.goto(`${stage.url}/console/orders`);
  await agent.getByText('2人で決めます 1').waitFor();
  await expectGoodOn(agent, PHONE, COMPUTER);
  const waiting = agent.getByRole('link', { name: /^\d{4}-\d{4}$/ });
  const before = await waiting.count();
  await waiting.nth(before - 1).click();
  await agent.getByRole('button', { name: '確認を始める' }).waitFor();
  await expectGoodOn(agent, PHONE, COMPUTER);
  await agent.getByRole('link', { name: '利用規約' }).click();
  await agent.getByText('第1条').waitFor();
  await expectGoodOn(agent);
  await agent.goBack();

  // A double click does it once; a colleague who looks at the same order sees it without loading the page.
  stage.clock.advance('PT31S');
  const supervisor = await signIn('supervisor', 1280, 'light');
  await supervisor.goto(agent.url());
  await agent.getByRole('button', { name: '確認を始める' }).dblclick();
  await agent.getByText('記録しました').waitFor();
  await supervisor.getByText('いま井上 窓口さんが確認しています').waitFor();
  await supervisor.getByRole('button', { name: '確認を始める' }).click();
  await supervisor.getByText('何も行っていません').waitFor();
  await expectGoodOn(supervisor);

  // A question without words is refused with what was ticked; then it is sent, and the queue follows.
  await agent.getByText('申込者に質問する').click();
  await agent.getByLabel('電話番号・MNP予約番号').check();
  await agent.getByRole('button', { name: '質問を送る' }).click();
  await agent.getByRole('alert').waitFor();
  expect(await agent.getByLabel('電話番号・MNP予約番号').isChecked()).toBe(true);
  await expectGoodOn(agent);
  await supervisor.goto(`${stage.url}/console/orders?state=held`);
  const held = supervisor.getByRole('link', { name: /^\d{4}-\d{4}$/ });
  expect(await held.count()).toBe(1);
  await agent.getByRole('textbox', { name: '質問' }).fill('予約番号をもう一度ご確認ください。');
  await agent.getByRole('button', { name: '質問を送る' }).click();
  await held.nth(1).waitFor();
  await expectGoodOn(supervisor);

  // The applicant corrects it from the mailed link, and the agent's page says so by itself.
  const mail = await (await browser.newContext({ locale: 'ja-JP' })).newPage();
  const letter = mail.locator('section.card', { hasText: '予約番号をもう一度' });
  // A job sends it; it may be at it by itself just now.
  await expect
    .poll(
      async () => {
        await stage.app.jobs.runDue();
        await mail.goto(`${stage.url}/demo/mail`);
        return letter.count();
      },
      { timeout: 60_000, interval: 200 },
    )
    .toBe(1);
  const link = letter.getByRole('link').first();
  await mail.goto((await link.getAttribute('href')) ?? '');
  await expectGoodOn(mail);
  await mail.getByRole('link', { name: '内容を確かめて答える' }).click();
  await expectGoodOn(mail);
  await mail.getByLabel('MNP予約番号', { exact: true }).fill('123');
  await mail.getByRole('button', { name: 'この内容で送る' }).click();
  await mail.getByRole('alert').waitFor();
  await expectGoodOn(mail, PHONE, COMPUTER);
  await mail.getByLabel('MNP予約番号', { exact: true }).fill('9876543210');
  await mail.getByRole('button', { name: 'この内容で送る' }).click();
  await mail.getByText('お答えを受け取りました').first().waitFor();
  await agent.getByText('待ち時間').waitFor();
  await agent.locator('#standing').getByText('確認中').waitFor();
  await agent.reload();
  await agent.getByText('訂正前').waitFor();
  await expectGoodOn(agent);
  await close(agent, supervisor, mail);
});

test('orders: approved, active, its contract cancelled and its SIM ended; and who listens', async () => {
  stage.clock.advance('PT31S');
  const agent = await signIn('agent', 1280, 'light');
  await agent.goto(`${stage.url}/console/orders`);
  await agent
    .getByRole('row')
    .filter({ hasText: '新しい番号' })
    .getByRole('link', { name: /^\d{4}-\d{4}$/ })
    .first()
    .click();
  await agent.getByRole('button', { name: '確認を始める' }).click();
  await agent.getByRole('button', { name: '承認して、開通の手続きを始める' }).click();
  await agent.getByRole('heading', { name: '開通の手続き' }).waitFor();
  await expectGoodOn(agent);
  const { pathname } = new URL(agent.url());
  await agent.goto(`${stage.url}/console/orders?state=network`);
  await agent.locator(`a[href="${pathname}"]`).waitFor();
  await expectGoodOn(agent);

  // The network takes its minutes; the tab it leaves is empty by itself.
  await expect
    .poll(
      async () => {
        stage.clock.advance('PT1M');
        await stage.app.jobs.runDue();
        return agent.getByText('ありません。').isVisible();
      },
      { timeout: 60_000, interval: 500 },
    )
    .toBe(true);
  await agent.goto(`${stage.url}${pathname}`);
  await agent.getByLabel('理由').fill('本人からの電話');
  await agent.getByRole('button', { name: '理由を記録して開く' }).click();
  await agent.getByText('初期契約解除を受け付ける').click();
  await agent.getByLabel('受け付けた経緯').fill('本人からの電話で受け付け');
  await expectGoodOn(agent);
  await agent.getByRole('button', { name: '契約を解除する' }).click();
  await agent.getByText('止める手続き中').waitFor();
  await expectGoodOn(agent);
  await agent.goto(`${stage.url}/console/orders?state=ends`);
  await agent.locator(`a[href="${pathname}"]`).waitFor();
  await expectGoodOn(agent);

  await fetch(`${stage.url}/tmf-api/productOrderingManagement/v4/hub`, {
    method: 'POST',
    headers: { authorization: 'Bearer demo-api-key', 'content-type': 'application/json' },
    body: JSON.stringify({ callback: 'http://127.0.0.1:9/orders' }),
  });
  stage.clock.advance('PT31S');
  const admin = await signIn('admin', 375, 'dark');
  await admin.goto(`${stage.url}/console/listeners`);
  await admin.getByText('127.0.0.1:9').waitFor();
  await expectGoodOn(admin);
  await close(agent, admin);
});
