import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../src/base/ids.ts';
import { runnerOf } from '../../src/infra/db/index.ts';
import { openBrowser } from '../support/browser.ts';
import { mailedCode, type OnStage, onStage } from '../support/linked.ts';
import { expectAccessible } from '../support/phone.ts';
import { openStage, type Stage } from '../support/stage.ts';

let stage: Stage;
let browser: Browser;
beforeAll(async () => {
  [stage, browser] = await Promise.all([openStage(), openBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await stage.close();
});

const PHONE = { viewport: { width: 375, height: 812 }, locale: 'ja-JP' };
const BIRTH_DATES = { grownUp: '19880808', child: '20150303' };

/** The page's heading has come, and so the step is saved and done. */
const isAt = (page: Page, heading: string) => page.getByRole('heading', { level: 1, name: heading }).waitFor();
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
const choose = (page: Page, words: string) => page.getByText(words, { exact: true }).first().click();

async function person(page: Page, given: { name: string; kana: string; birthDate: string }): Promise<void> {
  await page.getByLabel('姓', { exact: true }).fill('山本');
  await page.getByLabel('名', { exact: true }).fill(given.name);
  await page.getByLabel('セイ', { exact: true }).fill('やまもと');
  await page.getByLabel('メイ', { exact: true }).fill(given.kana);
  await page.getByLabel('生年月日').fill(given.birthDate);
}

/** What one person does on each step, by its heading, and the heading it leads to. */
const steps: readonly (readonly [heading: string, fill: (page: Page) => Promise<void>])[] = [
  [
    'プランを選ぶ',
    async (page) => {
      await page.getByRole('radio', { name: /^3GBプラン/ }).check();
      await page.getByLabel(/10分かけ放題/).check();
      await press(page, '次へ');
    },
  ],
  [
    'SIMと電話番号',
    async (page) => {
      await choose(page, 'eSIM');
      await choose(page, '本人以外（お子さまなどのご家族）');
      await press(page, '次へ');
    },
  ],
  [
    'ご契約者の情報',
    async (page) => {
      await person(page, { name: '恵', kana: 'めぐみ', birthDate: BIRTH_DATES.grownUp });
      await page.getByLabel('郵便番号', { exact: true }).fill('150-0002');
      await press(page, '住所を入れる');
      await page.getByText('郵便番号から住所を入れました').waitFor();
      await page.getByLabel('番地・建物名・部屋番号').fill('1-2-3');
      await page.getByLabel('連絡先の電話番号').fill('090-1111-2222');
      await page.getByLabel('メールアドレス').fill('megumi@example.jp');
      await press(page, '次へ');
    },
  ],
  [
    'メールアドレスの確認',
    async (page) => {
      await page.getByLabel('確認コード').fill(await mailedCode(stage));
      await press(page, '次へ');
    },
  ],
  [
    '使う方の情報',
    async (page) => {
      await person(page, { name: 'さくら', kana: 'さくら', birthDate: BIRTH_DATES.child });
      await press(page, '次へ');
    },
  ],
  [
    'フィルタリングの確認',
    async (page) => {
      await page.getByLabel('保護者として説明を読み、この契約に同意します').check();
      await press(page, '次へ');
    },
  ],
  [
    '本人確認',
    async (page) => {
      await press(page, '本人確認のページへ');
      await page.locator('button[type=submit]').first().click();
    },
  ],
  [
    'お支払い方法',
    async (page) => {
      await press(page, '決済会社のページへ');
      await press(page, '登録する');
      await press(page, 'わたしです');
    },
  ],
  [
    '書類の確認',
    async (page) => {
      await press(page, '書類を読む');
      await isAt(page, '重要事項の説明');
      await press(page, '同意して次へ');
      await isAt(page, '利用規約');
      await press(page, '同意して次へ');
    },
  ],
  ['お申し込み内容の確認', (page) => press(page, 'この内容で申し込む')],
];

test('without JavaScript, on a phone: the whole form, said wrong once on each step that can be', async () => {
  const context = await browser.newContext({ ...PHONE, javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${stage.url}/apply`);
  await press(page, '申し込みをはじめる');
  for (const [heading, fill] of steps) {
    await isAt(page, heading);
    const isForm = (await page.getByRole('button', { name: '次へ', exact: true }).count()) > 0;
    if (isForm && heading !== '書類の確認') {
      if (heading === '使う方の情報') await page.getByLabel('生年月日').fill('');
      await press(page, '次へ');
      // Each says at the top and beside the field what is wrong.
      const links = page.getByRole('alert').getByRole('link');
      expect(await links.count(), heading).toBeGreaterThan(0);
      expect(await page.locator('p.error').count(), heading).toBe(await links.count());
    }
    await fill(page);
  }
  await isAt(page, 'お申し込みありがとうございます');
  await page.getByText('@sakura-mobile').waitFor();
  await context.close();
});

/** A device of its own, on which the person is signed in to LINE. */
async function device(who: OnStage, colorScheme: 'light' | 'dark'): Promise<BrowserContext> {
  const context = await browser.newContext({ ...PHONE, colorScheme });
  const { cookies } = await who.cookies(stage.accessUrl);
  await context.addCookies(cookies.map(({ name, value }) => ({ name, value, url: stage.accessUrl })));
  return context;
}

test('on LINE: stops at each step and comes back on another device, two days later at the last', async () => {
  const hanako = await onStage(stage, 'はなこ');
  await hanako.follow();
  await hanako.tap('新規申し込み');
  const { opened } = await hanako.tap('申し込みをはじめる');
  let isFirst = true;
  let colorScheme: 'light' | 'dark' = 'light';
  for (const [heading, fill] of steps) {
    const context = await device(hanako, colorScheme);
    const page = await context.newPage();
    if (isFirst) {
      await page.goto(opened ?? '');
      await allow(page);
      await isAt(page, '新規申し込み');
      await expectAccessible(page);
      await press(page, '申し込みをはじめる');
    } else {
      if (heading === 'お申し込み内容の確認') await stage.control.clock({ advance: 'PT48H' });
      await hanako.tap('新規申し込み');
      const { opened: again } = await hanako.tap('続きから入力する');
      await page.goto(again ?? '');
    }
    await isAt(page, heading);
    await expectAccessible(page);
    // Nothing wider than the phone.
    expect(await page.evaluate(() => document.documentElement.scrollWidth), heading).toBe(375);
    if (heading === 'ご契約者の情報') await fillByScript(page);
    else await fill(page);
    await page.locator('h1').waitFor();
    if (heading === 'お申し込み内容の確認') {
      await isAt(page, 'お申し込みありがとうございます');
      await expectAccessible(page);
    } else {
      await page.waitForURL((url) => url.href.startsWith(stage.url) && !url.pathname.includes(pathOf(heading)));
    }
    await context.close();
    isFirst = false;
    colorScheme = colorScheme === 'light' ? 'dark' : 'light';
  }
  await hanako.tap('新規申し込み');
  expect(await hanako.heard()).toContain('申し込みの状況を見る');
});

test('then, on LINE: asked, answered, approved, activated, connected with one tap', async () => {
  const { app } = stage;
  const hanako = await onStage(stage, 'はなこ');
  const sql = runnerOf(app.database.db);
  const [agent] = await sql.query<{ staffId: string }>(
    `select staff_id as "staffId" from staff where login_id = 'agent'`,
  );
  const by = { staffId: agent?.staffId ?? '', loginId: 'agent', name: '井上 窓口', role: 'agent' } as const;
  const { orders } = await app.orders.search(sql, { lineUserId: hanako.userId, limit: 1 });
  const orderId = orders[0]?.orderId ?? '';
  const desk = async (event: 'take' | 'ask' | 'approve', reason = '') => {
    const version = (await app.orders.order(sql, orderId))?.version ?? 0;
    const done = await app.orders.desk(app.staff, by, { orderId, version, event, reason, requestId: newId() });
    if (!done.ok) throw new Error(done.code);
    await stage.control.settle();
  };
  const context = await device(hanako, 'dark');
  const page = await context.newPage();
  const openFromTalk = async (label: string) => {
    const { opened } = await hanako.tap(label);
    await page.goto(opened ?? '');
    await page.waitForURL((url) => url.href.startsWith(`${stage.url}/orders/`));
    await expectAccessible(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth), label).toBe(375);
  };

  await desk('take');
  await desk('ask', 'お部屋の番号を教えてください。');
  await openFromTalk('答える');
  await page.getByLabel('お答え').fill('101号室です');
  await press(page, '答えを送る');
  await page.getByText('お答えを受け取りました').first().waitFor();
  await desk('approve');
  // The network takes a few minutes, counted from when it is asked.
  for (let minute = 0; minute < 10 && !(await hanako.heard()).includes('開通しました'); minute += 1) {
    await stage.control.clock({ advance: 'PT1M' });
    await stage.control.settle();
  }
  expect(await hanako.heard()).toContain('開通しました');
  await openFromTalk('電話番号とログインIDを見る');
  await press(page, '最初のパスワードを表示する');
  await page.getByText('このページを閉じると').waitFor();
  await expectAccessible(page);
  expect(await page.locator('.password').textContent()).toMatch(/^[a-z2-9]{5}(-[a-z2-9]{5}){3}$/);
  await context.close();
  await hanako.tap('LINEとつなぐ');
  expect(await hanako.heard()).toContain('契約者連携が完了しました');
  expect(await hanako.menu()).toContain('マイページ');
});

const PATHS: Readonly<Record<string, string>> = {
  プランを選ぶ: '/plan',
  SIMと電話番号: '/sim',
  ご契約者の情報: '/contractor',
  メールアドレスの確認: '/mail',
  使う方の情報: '/user',
  フィルタリングの確認: '/filtering',
  本人確認: '/identity',
  お支払い方法: '/payment',
  書類の確認: '/documents',
};
const pathOf = (heading: string) => PATHS[heading] ?? '/review';

/** LINE asks once whether the operator may know who this is. */
async function allow(page: Page): Promise<void> {
  const consent = page.getByRole('button', { name: /許可|同意/ });
  if (!page.url().startsWith(stage.url)) await consent.click();
}

/** With a script the postal code fills the address while one types. */
async function fillByScript(page: Page): Promise<void> {
  await person(page, { name: '恵', kana: 'めぐみ', birthDate: BIRTH_DATES.grownUp });
  await page.getByLabel('郵便番号', { exact: true }).fill('1500002');
  await expect.poll(() => page.getByLabel(/^住所/).inputValue()).toBe('東京都渋谷区渋谷');
  await page.getByLabel('番地・建物名・部屋番号').fill('1-2-3');
  await page.getByLabel('連絡先の電話番号').fill('08011112222');
  await page.getByLabel('メールアドレス').fill('megumi-2@example.jp');
  // The return key goes on; it is not taken for the button beside the postal code.
  await page.getByLabel('メールアドレス').press('Enter');
}
