import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser } from '../support/browser.ts';
import { type OnStage, onStage } from '../support/linked.ts';
import { expectAccessible, expectFits, openPhone, type Phone } from '../support/phone.ts';
import { openStage, type Stage } from '../support/stage.ts';

/** Somebody who is linked to nothing asks in the talk, reads on, and searches on the web without JavaScript. */

let stage: Stage;
let browser: Browser;
let phone: Phone;
let taro: OnStage;
beforeAll(async () => {
  [stage, browser] = await Promise.all([openStage(), openBrowser()]);
  phone = await openPhone(stage, browser, 'たろう');
  taro = await onStage(stage, 'たろう');
});
afterAll(async () => {
  await browser.close();
  await stage.close();
});

test('a question in the talk gets cards; "more" opens the page of the answer; the vote is thanked for', async () => {
  await phone.page.getByTestId('add-friend').first().click();
  await phone.menu('いつでもヘルプ').click();
  await phone.waitFor('お困りのことを、そのまま送ってください');
  await expectAccessible(phone.page);
  await taro.say('プレゼントの期限が切れたんですけど');
  await phone.waitFor('プレゼントが期限切れ・受け取り済みのとき');
  await expectAccessible(phone.page);
  await phone.button('くわしく').click();
  await phone.inApp.getByRole('heading', { level: 1 }).waitFor();
  await expectAccessible(phone.page);
  await phone.page.getByTestId('close-sheet').click();
  await phone.button('はい').click();
  await phone.waitFor('ありがとうございます');
});

test.each(['light', 'dark'] as const)('the page works for anybody without JavaScript, in %s', async (colorScheme) => {
  const context = await browser.newContext({ viewport: { width: 375, height: 812 }, locale: 'ja-JP', colorScheme });
  const page = await context.newPage();
  // The page itself runs none; the accessibility check must, so scripts are only kept from loading.
  await page.route('**/*.js', (route) => route.abort());
  await page.goto(`${stage.url}/help`);
  await expectAccessible(page);
  await page.getByLabel('お困りのこと').fill('スマホおとした');
  await page.getByRole('button', { name: 'さがす' }).click();
  await page.getByRole('link', { name: 'スマホをなくしたとき' }).first().click();
  expect(new URL(page.url()).pathname).toBe('/help/phone-lost');
  await expectAccessible(page);
  await expectFits(page);
  await page.goto(`${stage.url}/help?q=${encodeURIComponent('ｗｗｗ')}`);
  await page.getByText('ぴったりの答えが見つかりませんでした').waitFor();
  await expectAccessible(page);
  await context.close();
});
