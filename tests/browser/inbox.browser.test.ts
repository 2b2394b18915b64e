import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../src/base/ids.ts';
import { demoPassword } from '../../src/demo/people.ts';
import { openBrowser } from '../support/browser.ts';
import { expectAccessible, expectFits, openPhone, type Phone } from '../support/phone.ts';
import { codeAt, type StaffName, seedOf } from '../support/staff.ts';
import { openStage, type Stage } from '../support/stage.ts';

/** Two agents and three people in five browsers, and a restart in the middle of what they say. */

let stage: Stage;
let browser: Browser;
beforeAll(async () => {
  [stage, browser] = await Promise.all([openStage(), openBrowser()]);
  // As LINE does for accounts that ask for it: what was not taken is sent again.
  await stage.control.faults({ webhook: { redeliver: true } });
});
afterAll(async () => {
  await browser.close();
  await stage.close();
});

async function signIn(loginId: StaffName): Promise<Page> {
  // Each code counts once.
  stage.clock.advance('PT31S');
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'ja-JP' });
  const page = await context.newPage();
  await page.goto(`${stage.url}/console`);
  await page.getByLabel('ログインID').fill(loginId);
  await page.getByLabel('パスワード').fill(demoPassword(loginId));
  await page.getByRole('button', { name: '次へ' }).click();
  await page.getByLabel('6桁のコード').fill(codeAt(seedOf(loginId), stage.clock.now()));
  await page.getByRole('button', { name: 'ログイン', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: '管理画面' }).waitFor();
  await page.goto(`${stage.url}/console/inbox`);
  return page;
}

interface Person {
  readonly name: string;
  readonly phone: Phone;
  say(words: string): Promise<void>;
  /** Texts of the talk on their phone, by who said them, in the order shown. */
  texts(from: 'person' | 'account'): Promise<string[]>;
}

async function person(name: string): Promise<Person> {
  const { displayName } = await stage.control.newPerson({ displayName: name });
  const inLine = await stage.control.person(displayName);
  await inLine.follow();
  await stage.app.database.pool.query(
    `insert into contractor_link (contractor_link_id, contractor_id, line_user_id, linked_at)
     select $1, contractor_id, $2, $3 from contractor where login_id = 'tanaka'`,
    [newId(), inLine.userId, stage.clock.now().toString()],
  );
  const phone = await openPhone(stage, browser, name);
  await phone.page.goto(`${stage.phoneUrl}/?phone=${encodeURIComponent(name)}&open=talk`);
  return {
    name,
    phone,
    async say(words) {
      await phone.page.getByTestId('message-input').fill(words);
      await phone.page.getByTestId('message-input').press('Enter');
    },
    async texts(from) {
      const { talk } = await inLine.screen();
      return talk.flatMap((entry) => (entry.from === from ? [String(entry.message.text ?? '')] : []));
    },
  };
}

/** What was said in the conversation on the screen of an agent, by people and staff, in the order shown. */
const said = (page: Page) => page.locator('.said-person .said-words, .said-staff .said-words').allInnerTexts();

const row = (page: Page, name: string): Locator => page.locator('.inbox-list').getByRole('link', { name });

async function reply(page: Page, words: string): Promise<void> {
  await page.getByRole('textbox', { name: '返信' }).fill(words);
  await page.keyboard.press('Control+Enter');
}

/** Until what was typed has been said and the box is empty. */
const sent = (page: Page) =>
  expect.poll(() => page.getByRole('textbox', { name: '返信' }).inputValue(), { timeout: 60_000 }).toBe('');

async function expectGood(page: Page): Promise<void> {
  await expectAccessible(page);
  await expectFits(page);
}

test('nothing is lost, doubled or out of order, also across a restart in the middle', async () => {
  const [ando, ueda] = [await signIn('agent'), await signIn('supervisor')];
  const [a, b, c] = [await person('あい'), await person('ばん'), await person('ちか')];

  // New ones stand in both lists by themselves, and above the window.
  for (const { name, say } of [a, b, c]) {
    await say('オペレーター');
    for (const page of [ando, ueda]) await row(page, name).waitFor();
  }
  await expect.poll(() => ando.title()).toMatch(/^\(3\) /);

  // One agent has the mouse, the other only the keyboard.
  await row(ando, 'あい').click();
  await ando.getByRole('button', { name: '引き受ける' }).click();
  await ando.getByRole('textbox', { name: '返信' }).waitFor();
  await row(ueda, 'ばん').focus();
  await ueda.keyboard.press('ArrowDown');
  await ueda.keyboard.press('Enter');
  await ueda.getByRole('heading', { level: 1, name: 'ちか' }).waitFor({ state: 'attached' });
  await ueda.getByRole('button', { name: '引き受ける' }).focus();
  await ueda.keyboard.press('Enter');
  await ueda.getByRole('textbox', { name: '返信' }).waitFor();
  await expect.poll(() => ueda.evaluate('document.activeElement.id')).toBe('reply');

  const rounds = [1, 2, 3, 4, 5, 6];
  let restarted: Promise<void> | undefined;
  for (const round of rounds) {
    if (round === 3) restarted = stage.restart();
    await Promise.all([
      a.say(`あい ${round}`),
      c.say(`ちか ${round}`),
      b.say(`ばん ${round}`),
      reply(ando, `安心 ${round}`),
      reply(ueda, `うん ${round}`),
    ]);
    await Promise.all([sent(ando), sent(ueda)]);
  }
  await restarted;

  const of = (words: string[], who: string) => words.filter((each) => each.startsWith(who));
  const all = (who: string) => rounds.map((round) => `${who} ${round}`);
  for (const [page, people, staff, phone] of [
    [ando, 'あい', '安心', a],
    [ueda, 'ちか', 'うん', c],
  ] as const) {
    await expect.poll(async () => of(await said(page), people), { timeout: 60_000 }).toEqual(all(people));
    expect(of(await said(page), staff)).toEqual(all(staff));
    await expect.poll(async () => of(await phone.texts('account'), staff), { timeout: 60_000 }).toEqual(all(staff));
  }

  // The third waited all the while; what they said is there for whoever takes it.
  await row(ando, 'ばん').click();
  await expect.poll(async () => of(await said(ando), 'ばん')).toEqual(all('ばん'));
  await Promise.all([a, b, c].map(({ phone }) => phone.close()));
  // Left open they would go on listening beside the tests that follow.
  await Promise.all([ando, ueda].map((page) => page.context().close()));
});

test('what is being typed, the focus and the place stay while others speak', async () => {
  const ando = await signIn('agent');
  const dan = await person('だん');
  await dan.say('担当者');
  await row(ando, 'だん').click();
  await ando.getByRole('button', { name: '引き受ける' }).click();
  const box = ando.getByRole('textbox', { name: '返信' });
  await box.fill('まだ途中の文');
  await ando.getByText('メモ', { exact: true }).first().click();
  await box.focus();
  await dan.say('追加の質問です');
  await ando.getByText('追加の質問です').first().waitFor();
  expect(await box.inputValue()).toBe('まだ途中の文');
  expect(await ando.evaluate('document.activeElement.id')).toBe('reply');
  expect(await ando.locator('#fold-note').getAttribute('open')).not.toBeNull();
  // Another conversation and back: what was typed is there.
  await ando.goto(`${stage.url}/console/inbox`);
  await row(ando, 'だん').click();
  await expect.poll(() => box.inputValue()).toBe('まだ途中の文');
  // What another browser of the same agent does is here at once.
  await reply(ando, 'お待たせしました');
  await sent(ando);
  await box.press('Escape');
  expect(await ando.evaluate('document.activeElement.getAttribute("aria-current")')).toBe('page');
  await dan.phone.close();
  await ando.context().close();
});

test('eight windows of one browser hear by one stream, whichever closes; a window nobody touches keeps nobody signed in', async () => {
  const first = await signIn('agent');
  // The window that signed in may be about to ask for its stream: it is left before any is counted.
  await first.goto('about:blank');
  let streams = 0;
  first.context().on('request', (request) => {
    if (request.url().endsWith('/stream')) streams += 1;
  });
  await first.goto(`${stage.url}/console/inbox`);
  const others: Page[] = [];
  for (let count = 0; count < 7; count += 1) others.push(await first.context().newPage());
  for (const page of others) await page.goto(`${stage.url}/console/inbox`);
  const fumi = await person('ふみ');
  await fumi.say('オペレーター');
  for (const page of [first, ...others]) await row(page, 'ふみ').waitFor();
  expect(streams).toBe(1);
  // Whoever heard for all leaves: the next one hears for all.
  await first.close();
  await expect.poll(() => streams).toBe(2);

  stage.clock.advance('PT26M');
  await fumi.say('まだでしょうか');
  for (const page of others) await page.getByRole('alert').filter({ hasText: 'しばらく操作がない' }).waitFor();
  await others[0]?.keyboard.press('Shift');
  await others[0]?.getByRole('alert').waitFor({ state: 'detached' });
  stage.clock.advance('PT28M');
  await fumi.say('すみません');
  for (const page of others) await page.getByText('すみません').first().waitFor();
  stage.clock.advance('PT3M');
  await fumi.say('どなたか');
  for (const page of others) await page.waitForURL('**/console/sign-in?next=*');
  await first.context().close();
  await fumi.phone.close();
});

test.each([
  [1280, 'light'],
  [375, 'dark'],
] as const)('at %i px in the %s nothing is in anybody’s way', async (width, colorScheme) => {
  const page = await signIn('admin');
  await page.setViewportSize({ width, height: 800 });
  await page.emulateMedia({ colorScheme });
  await expectGood(page);
  const eri = await person(`えり${width}`);
  await eri.say('残量');
  await eri.phone.waitFor(/残り/);
  await eri.say('オペレーター');
  await row(page, `えり${width}`).click();
  await page.getByRole('button', { name: '引き受ける' }).click();
  await page.getByRole('textbox', { name: '返信' }).waitFor();
  await page.locator('.d-bubble').first().waitFor();
  for (const fold of ['定型文', 'メモ', '引き継ぐ', '終える']) {
    await page.getByText(fold, { exact: true }).first().click();
    await expectGood(page);
  }
  await eri.phone.close();
  await page.context().close();
});
