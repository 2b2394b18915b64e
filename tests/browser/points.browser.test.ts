import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, test } from 'vitest';
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

test.each(['light', 'dark'] as const)(
  'the pages of points, %s, on a phone: read, set, ordered',
  async (colorScheme) => {
    const context = await browser.newContext({ viewport: { width: 375, height: 812 }, locale: 'ja-JP', colorScheme });
    const page = await context.newPage();
    await page.goto(`${stage.url}/login?next=/points`);
    await page.getByLabel('ログインID').fill('tanaka');
    await page.getByLabel('パスワード').fill('renkei-demo-tanaka');
    await page.getByRole('button', { name: 'ログイン', exact: true }).click();
    await page.getByRole('heading', { name: 'ポイント', exact: true }).waitFor();
    await expectAccessible(page);

    await page.getByRole('link', { name: 'お支払いに使う' }).click();
    await page.getByText('毎月きまった分だけ使う', { exact: true }).click();
    await page.getByLabel('毎月使うポイント').fill('');
    await page.getByRole('button', { name: '保存する' }).click();
    await page.getByRole('alert').waitFor();
    await expectAccessible(page);
    await page.getByLabel('毎月使うポイント').fill('100');
    await page.getByRole('button', { name: '保存する' }).click();
    await page.getByText('毎月100ポイントを使います').waitFor();

    await page.getByRole('link', { name: 'スタンプと交換する' }).click();
    await expectAccessible(page);
    await page.getByRole('link', { name: colorScheme === 'light' ? 'さくらねこ' : 'ていねいなうさぎ' }).click();
    await expectAccessible(page);
    await page.getByRole('button', { name: '交換する' }).click();
    await page.getByRole('heading', { name: /お届けしています|届きました/ }).waitFor();
    await expectAccessible(page);
    await expectFits(page);
    await context.close();
  },
);
