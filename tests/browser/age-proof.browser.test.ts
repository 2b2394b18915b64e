import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser } from '../support/browser.ts';
import { linkCodesOf } from '../support/linked.ts';
import { expectAccessible, openPhone, type Phone } from '../support/phone.ts';
import { openStage, type Stage } from '../support/stage.ts';

/** 年齢確認 as people do it: refused, proven with the link code, ID検索可, found; a minor; the consent taken back. */

let stage: Stage;
let browser: Browser;
let taro: Phone;
let sakura: Phone;
let codes: string[];
beforeAll(async () => {
  [stage, browser] = await Promise.all([openStage(), openBrowser()]);
  taro = await openPhone(stage, browser, 'たろう');
  sakura = await openPhone(stage, browser, 'さくら');
  codes = await linkCodesOf(stage, 'tanaka');
});
afterAll(async () => {
  await browser.close();
  await stage.close();
});

const tab = (phone: Phone, name: string) => phone.page.getByRole('button', { name, exact: true });

async function searchFor(phone: Phone, id: string): Promise<void> {
  await tab(phone, 'ホーム').click();
  await phone.page.getByRole('button', { name: '友だち追加' }).first().click();
  await phone.page.getByLabel('ID検索').fill(id);
  await phone.page.getByRole('button', { name: '検索', exact: true }).click();
}

async function proveAge(phone: Phone, code: string): Promise<void> {
  await tab(phone, '設定').click();
  await phone.page.getByTestId('age-proof-start').click();
  await phone.inApp.getByRole('link', { name: 'さくらモバイル' }).click();
  await phone.inApp.getByLabel('利用コード（16桁）').fill(code);
  await expectAccessible(phone.page);
  await phone.inApp.getByRole('button', { name: '利用コードで進む' }).click();
  await phone.inApp.getByRole('button', { name: '同意する', exact: true }).waitFor();
  await expectAccessible(phone.page);
  await phone.inApp.getByRole('button', { name: '同意する', exact: true }).click();
  await phone.inApp.getByRole('heading', { name: /ID検索/ }).waitFor();
  await expectAccessible(phone.page);
  await phone.inApp.getByRole('link', { name: '設定に戻る' }).click();
}

test('before the proof ID search finds nobody, only the official account', async () => {
  await searchFor(taro, 'hanako82');
  await taro.page.getByTestId('search-refused').waitFor();
  await expectAccessible(taro.page);
  await taro.page.getByLabel('ID検索').fill('@sakura-mobile');
  await taro.page.getByRole('button', { name: '検索', exact: true }).click();
  await taro.page.getByText('さくらモバイル').first().waitFor();
  await taro.page.getByTestId('close-sheet').click();
});

test('settings → the operator → link code → 同意する → ID検索可, and search finds', async () => {
  await proveAge(taro, codes[0] ?? '');
  await taro.page.getByTestId('age-proof').getByText('ID検索可').waitFor();
  await expectAccessible(taro.page);
  await searchFor(taro, 'hanako82');
  await taro.page.getByTestId('add-friend-sheet').getByText('はなこ').waitFor();
  await taro.page.getByTestId('close-sheet').click();
});

test('a minor is told so, and finds nobody', async () => {
  await proveAge(sakura, codes[2] ?? '');
  await sakura.page.getByTestId('age-proof').getByText('ID検索不可').waitFor();
  await searchFor(sakura, 'hanako82');
  await sakura.page.getByText('18歳未満').waitFor();
  await sakura.page.getByTestId('close-sheet').click();
});

test('the consent taken back on My Page is seen in the settings, and search refuses again', async () => {
  const context = await browser.newContext({ locale: 'ja-JP', viewport: { width: 375, height: 812 } });
  const page = await context.newPage();
  await page.goto(`${stage.url}/login?next=/age-proof`);
  await page.getByLabel('ログインID').fill('tanaka');
  await page.getByLabel('パスワード').fill('renkei-demo-tanaka');
  await page.getByRole('button', { name: 'ログイン', exact: true }).click();
  await page.getByRole('heading', { name: '年齢確認', level: 1 }).waitFor();
  await expectAccessible(page);
  expect(await page.getByRole('link', { name: '取り消す' }).count()).toBe(2);
  const his = page.locator('.item', { hasText: '田中 太郎' });
  await his.getByRole('link', { name: '取り消す' }).click();
  await expectAccessible(page);
  await page.getByRole('button', { name: '取り消す' }).click();
  await page.getByText('同意を取り消しました').waitFor();
  await context.close();

  await tab(taro, '設定').click();
  await taro.page.getByTestId('age-proof').getByText('取り消されました').waitFor();
  await searchFor(taro, 'hanako82');
  await taro.page.getByTestId('search-refused').waitFor();
});
