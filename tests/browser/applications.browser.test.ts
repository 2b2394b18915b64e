import type { Browser, BrowserContext, Frame, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../src/base/ids.ts';
import type { StepName } from '../../src/features/applications/rules/steps.ts';
import { runnerOf } from '../../src/infra/db/index.ts';
import { type ApplyingPerson, applyAs } from '../support/application-drive.ts';
import { openBrowser } from '../support/browser.ts';
import { codeMailedTo, type OnStage, onStage } from '../support/linked.ts';
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
/** A mother with her child's first phone: the longest way there is. */
const withChild = (phone: string, mail: string): ApplyingPerson => ({
  plan: { plan: 'p3', 'option-kakeho10': 'yes' },
  sim: { simKind: 'esim', number: 'new', user: 'other' },
  contractor: {
    familyName: '山本',
    givenName: '恵',
    familyKana: 'やまもと',
    givenKana: 'めぐみ',
    birthDate: '19880808',
    postalCode: '150-0002',
    building: '1-2-3',
    phone,
    mail,
  },
  user: { familyName: '山本', givenName: 'さくら', familyKana: 'やまもと', givenKana: 'さくら', birthDate: '20150303' },
  filtering: { guardianAgrees: 'yes' },
});
const WAY = ['plan', 'sim', 'contractor', 'mail', 'user', 'filtering', 'identity', 'payment', 'documents', 'review'];

const codeTo = (mail: string) => codeMailedTo(stage, mail);
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
const isPhoneWide = async (frame: Frame) =>
  expect(await frame.evaluate(() => document.documentElement.scrollWidth), frame.url()).toBe(375);

/** Sends a form as it is, and is told at the top and beside each field what is wrong. */
async function sayWrong(page: Page, step: StepName): Promise<undefined> {
  if (!['plan', 'sim', 'contractor', 'mail', 'user', 'filtering'].includes(step)) return;
  if (step === 'user') await page.locator('[name=birthDate]').fill('');
  await press(page, '次へ');
  const links = page.getByRole('alert').getByRole('link');
  await links.first().waitFor();
  expect(await page.locator('p.error').count(), step).toBe(await links.count());
}

test('without JavaScript, on a phone: the whole form, said wrong once on each step that can be', async () => {
  const context = await browser.newContext({ ...PHONE, javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${stage.url}/apply`);
  await press(page, '申し込みをはじめる');

  const person = withChild('090-1111-2222', 'megumi@example.jp');
  const { steps } = await applyAs(page.mainFrame(), person, {
    codeTo,
    hasScript: false,
    onStep: (step) => sayWrong(page, step),
  });
  expect(steps).toEqual(WAY);
  await page.getByRole('heading', { level: 1, name: 'お申し込みありがとうございます' }).waitFor();
  await page.getByText('@sakura-mobile').waitFor();
  // Signed in nowhere, and yet sees the order: this browser has sent it.
  await page.getByRole('link', { name: 'お申し込みの状況を見る' }).click();
  await page.getByRole('heading', { level: 1, name: /^お申し込み \d{4}-\d{4}$/ }).waitFor();
  await context.close();
});

/** A device of its own, on which the person is signed in to LINE. */
async function device(who: OnStage, colorScheme: 'light' | 'dark'): Promise<BrowserContext> {
  const context = await browser.newContext({ ...PHONE, colorScheme });
  const { cookies } = await who.cookies(stage.accessUrl);
  await context.addCookies(cookies.map(({ name, value }) => ({ name, value, url: stage.accessUrl })));
  return context;
}

// Ten devices one after the other: on a busy machine that takes its time.
test('on LINE: stops at each step, and goes on two days later on another device', { timeout: 400_000 }, async () => {
  const hanako = await onStage(stage, 'はなこ');
  await hanako.follow();
  await hanako.tap('新規申し込み');
  const { opened } = await hanako.tap('申し込みをはじめる');
  let context = await device(hanako, 'dark');
  const page = await context.newPage();
  await page.goto(opened ?? '');
  await press(page, '許可する');
  await page.getByRole('heading', { level: 1, name: '新規申し込み' }).waitFor();
  await expectAccessible(page);
  await press(page, '申し込みをはじめる');

  /** Closes everything, and two days later finds the step again in the talk. */
  async function comeBack(step: StepName): Promise<Frame> {
    await context.close();
    await stage.control.clock({ advance: 'PT48H' });
    await hanako.tap('新規申し込み');
    const { opened: again } = await hanako.tap('続きから入力する');
    context = await device(hanako, WAY.indexOf(step) % 2 === 0 ? 'light' : 'dark');
    const elsewhere = await context.newPage();
    await elsewhere.goto(again ?? '');
    await elsewhere.waitForURL(`**/${step}`);
    // The digits that were mailed have run out.
    if (step === 'mail') await press(elsewhere, 'もう一度送る');
    await sayWrong(elsewhere, step);
    await expectAccessible(elsewhere);
    await isPhoneWide(elsewhere.mainFrame());
    return elsewhere.mainFrame();
  }

  const person = withChild('080-1111-2222', 'megumi-2@example.jp');
  const { steps } = await applyAs(page.mainFrame(), person, { codeTo, onStep: comeBack });
  expect(steps).toEqual(WAY);
  const [done] = context.pages();
  if (done) await expectAccessible(done);
  await context.close();
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
