import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser } from '../support/browser.ts';
import { linkCodesOf, mailedCode } from '../support/linked.ts';
import { expectAccessible, openPhone, type Phone } from '../support/phone.ts';
import { openStage, type Stage } from '../support/stage.ts';

/** One family, told in order: add, link the contract, link the phones, look, give. */

let stage: Stage;
let browser: Browser;
let taro: Phone;
let hanako: Phone;
beforeAll(async () => {
  [stage, browser] = await Promise.all([openStage(), openBrowser()]);
  taro = await openPhone(stage, browser, 'たろう');
  hanako = await openPhone(stage, browser, 'はなこ');
});
afterAll(async () => {
  await browser.close();
  await stage.close();
});

test('たろう adds the account and links his contract; LINE’s dialogue ends it and the menu changes', async () => {
  await taro.page.getByTestId('add-friend').first().click();
  await taro.menu('契約者連携').click();
  await taro.button('契約者連携をはじめる').click();
  await taro.inApp.getByLabel('ログインID').fill('tanaka');
  await expectAccessible(taro.page);
  await taro.inApp.getByLabel('パスワード').fill('renkei-demo-tanaka');
  await taro.inApp.getByRole('button', { name: '連携する' }).click();
  await taro.inApp.getByText('連携の確認ができました').first().waitFor();
  await taro.inApp.getByRole('link', { name: 'トークに戻る' }).click();
  await taro.waitFor('契約者連携が完了しました');
  await taro.menu('マイページ').waitFor();
  await expectAccessible(taro.page);
});

test('マイページ opens signed in, and shows a link code on request', async () => {
  await taro.menu('マイページ').click();
  await taro.inApp.getByRole('button', { name: '許可する' }).click();
  await taro.inApp.getByRole('heading', { name: '田中 太郎 様' }).waitFor();
  // Who goes from heading to heading passes each subscription.
  await taro.inApp.getByRole('heading', { name: '田中 花子 090-0000-0002' }).waitFor();
  await expectAccessible(taro.page);
  await taro.inApp.getByRole('link', { name: '契約者情報' }).first().click();
  await expectAccessible(taro.page);
  await taro.inApp.getByRole('button', { name: '表示する' }).first().click();
  // The LINE account was linked just now, by a password alone: what is secret is asked for by mail at first.
  await taro.inApp.getByText('LINEは連携したばかりです').waitFor();
  await expectAccessible(taro.page);
  await taro.inApp.getByRole('button', { name: '確認コードを送る' }).click();
  await taro.inApp.getByLabel('メールの確認コード').fill(await mailedCode(stage));
  await taro.inApp.getByRole('button', { name: '確認する' }).click();
  await taro.inApp.getByRole('button', { name: '表示する' }).first().click();
  await taro.inApp
    .getByText(/^\d{4}[ -]\d{4}[ -]\d{4}[ -]\d{4}$/)
    .first()
    .waitFor();
  await expectAccessible(taro.page);
  await taro.page.getByTestId('close-sheet').click();
});

test('利用者連携 with the 16 digits: a slip is told, the right code links', async () => {
  const [his = '', hers = ''] = await linkCodesOf(stage, 'tanaka');
  await hanako.page.getByTestId('add-friend').first().click();
  for (const [phone, code] of [
    [taro, his],
    [hanako, hers],
  ] as const) {
    await phone.menu('利用者連携').click();
    await phone.button('利用者連携をはじめる').click();
    const field = phone.inApp.getByRole('textbox');
    await field.fill(code.slice(0, -1));
    await phone.inApp.getByRole('button', { name: '連携する' }).click();
    await phone.inApp.getByRole('alert').waitFor();
    await expectAccessible(phone.page);
    await field.fill(code);
    await phone.inApp.getByRole('button', { name: '連携する' }).click();
    await phone.inApp.getByRole('link', { name: 'トークに戻る' }).click();
    await phone.waitFor('利用者連携が完了しました');
    await phone.menu('連携済み').waitFor();
  }
});

test('データ残量確認: the talk shows the kinds, the page behind it thirty days', async () => {
  await taro.menu('データ残量確認').click();
  await taro.waitFor('前月繰越');
  await expectAccessible(taro.page);
  await taro.button('グラフを見る').click();
  await taro.inApp.getByRole('heading', { name: 'データ残量' }).waitFor();
  expect(await taro.inApp.locator('svg').count()).toBeGreaterThan(0);
  await expectAccessible(taro.page);
  await taro.page.getByTestId('close-sheet').click();
});

test('データプレゼント by share link through the friend picker; はなこ accepts, both are told', async () => {
  await taro.menu('データプレゼント').click();
  await taro.button('データを贈る').click();
  await taro.inApp.getByText('1GB', { exact: true }).first().click();
  await taro.inApp.getByText('LINEでリンクを送る').click();
  await expectAccessible(taro.page);
  await taro.inApp.getByRole('button', { name: '贈る' }).click();
  await taro.inApp.getByRole('link', { name: 'LINEで送る' }).click();
  const picker = taro.page.getByTestId('friend-picker');
  await picker.getByText('はなこ').click();
  await expectAccessible(taro.page);
  await taro.page.getByTestId('picker-send').click();

  await hanako.page.goto(`${stage.phoneUrl}/?phone=${encodeURIComponent('はなこ')}`);
  const phone = hanako.page.getByTestId('phone-はなこ');
  await phone
    .getByRole('button', { name: /トーク/ })
    .last()
    .click();
  await phone.getByRole('button', { name: /たろう/ }).click();
  await phone
    .getByTestId('friend-talk')
    .getByText(/gifts\/claim/)
    .last()
    .click();
  await hanako.inApp.getByRole('button', { name: '許可する' }).click();
  await hanako.inApp.getByRole('button', { name: '受け取る' }).waitFor();
  await expectAccessible(hanako.page);
  await hanako.inApp.getByRole('button', { name: '受け取る' }).click();
  await hanako.inApp
    .getByText(/受け取りました/)
    .first()
    .waitFor();
  await stage.control.settle();
  expect((await (await stage.control.person('たろう')).heardAll()).at(-1)).toContain(
    'はなこさんが1GBのデータを受け取りました',
  );
});
