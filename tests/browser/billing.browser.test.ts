import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser } from '../support/browser.ts';
import { linkContractor, onStage } from '../support/linked.ts';
import { expectAccessible, expectFits } from '../support/phone.ts';
import { openStage, type Stage } from '../support/stage.ts';

let stage: Stage;
let browser: Browser;
beforeAll(async () => {
  [stage, browser] = await Promise.all([openStage(), openBrowser()]);
  const taro = await onStage(stage, 'たろう');
  await taro.follow();
  await linkContractor(stage, taro, 'tanaka');
});
afterAll(async () => {
  await browser.close();
  await stage.close();
});

async function signedIn(width: number, colorScheme: 'light' | 'dark'): Promise<Page> {
  const context = await browser.newContext({ viewport: { width, height: 812 }, locale: 'ja-JP', colorScheme });
  const page = await context.newPage();
  await page.goto(`${stage.url}/login?next=/bills`);
  await page.getByLabel('ログインID').fill('tanaka');
  await page.getByLabel('パスワード').fill('renkei-demo-tanaka');
  await page.getByRole('button', { name: 'ログイン', exact: true }).click();
  await page.getByRole('heading', { name: 'ご請求', exact: true }).waitFor();
  return page;
}

async function isFine(page: Page): Promise<void> {
  await expectAccessible(page);
  await expectFits(page);
}

/** As wide as the paper and dark on white, also from a dark screen. */
async function prints(page: Page): Promise<void> {
  await page.emulateMedia({ media: 'print' });
  const printed = await page.evaluate(() => {
    const [main, muted] = [document.querySelector('main'), document.querySelector('main .muted')];
    return { width: main?.clientWidth, letters: muted && getComputedStyle(muted).color };
  });
  expect(printed).toEqual({ width: page.viewportSize()?.width, letters: 'rgb(93, 89, 82)' });
  await page.emulateMedia({ media: null });
}

// Layout goes with the width and contrast with the colours: two of the four say what all would.
test.each([
  [375, 'light'],
  [1_280, 'dark'],
] as const)('everything that costs money, at %i px, %s', async (width, colorScheme) => {
  const page = await signedIn(width, colorScheme);
  await isFine(page);
  await page.getByRole('link', { name: /2026年10月/ }).click();
  await page.getByRole('heading', { name: '2026年10月分のご請求' }).waitFor();
  await isFine(page);
  await prints(page);
  for (const path of ['/bills/2026-11', '/payment', '/plan', '/leave', '/contract', '/']) {
    await page.goto(`${stage.url}${path}`);
    await isFine(page);
  }

  await page.goto(`${stage.url}/top-up`);
  await page.getByRole('button', { name: '確認へ進む' }).click();
  await page.getByRole('alert').waitFor();
  await isFine(page);
  await page.getByText('1GB', { exact: true }).click();
  await page.getByRole('button', { name: '確認へ進む' }).click();
  await page.getByRole('heading', { name: '購入内容の確認' }).waitFor();
  await isFine(page);
  await page.getByRole('button', { name: '1,100円で購入する' }).click();
  await page.getByRole('heading', { name: 'データを追加しました' }).waitFor();
  await isFine(page);

  await page.goto(`${stage.url}/plan`);
  await page.getByRole('link', { name: '変更する' }).first().click();
  await page.getByText('12GBプラン', { exact: true }).click();
  await isFine(page);
  await page.getByRole('button', { name: '確認へ進む' }).click();
  await page.getByRole('heading', { name: '変更内容の確認' }).waitFor();
  await isFine(page);
  await page.getByRole('button', { name: 'この内容で変更する' }).click();
  await page.getByText('変更を受け付けました').waitFor();
  await isFine(page);
  await page.getByRole('button', { name: 'この変更を取り消す' }).click();
  await page.getByText('変更を取り消しました').waitFor();

  await page.goto(`${stage.url}/data`);
  await page.getByRole('link', { name: '月ごとの使用量を見る' }).click();
  await page.getByRole('heading', { name: '月ごとの使用量' }).waitFor();
  await isFine(page);
  await page.context().close();
});

test('a bill on paper has no buttons and no navigation', async () => {
  const page = await signedIn(1_280, 'light');
  await page.goto(`${stage.url}/bills/2026-10`);
  await page.emulateMedia({ media: 'print' });
  await page.getByText('月額基本料 6GBプラン').waitFor();
  expect(await page.getByRole('navigation').isVisible()).toBe(false);
  expect(await page.getByRole('link', { name: 'PDFを保存する' }).isVisible()).toBe(false);
  await page.context().close();
});
