import type { Browser, BrowserContextOptions, Frame, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TEST_CARDS } from '../../src/demo/simulated-card-gateway/cards.ts';
import { type ApplyingPerson, applyAs, type Manner } from '../support/application-drive.ts';
import { openBrowser } from '../support/browser.ts';
import { signInToConsole } from '../support/console.ts';
import { codeMailedTo, linkContractor, onStage } from '../support/linked.ts';
import { openPhone } from '../support/phone.ts';
import { openStage, type Stage } from '../support/stage.ts';
import type { Visitor } from '../support/visitor.ts';

/**
 * People of different kinds, each of whom applies in a browser of their own until the staff have the order before them. Who
 * breaks off at each step, and who has no JavaScript, are in applications.browser.test.ts.
 */

let stage: Stage;
let browser: Browser;
let staff: Visitor;
beforeAll(async () => {
  [stage, browser] = await Promise.all([openStage(), openBrowser()]);
  staff = await signInToConsole(stage, 'supervisor');
});
afterAll(async () => {
  await browser.close();
  await stage.close();
});

const PHONE: BrowserContextOptions = { viewport: { width: 375, height: 812 }, locale: 'ja-JP' };
const self = { simKind: 'esim', number: 'new', user: 'self' };

let people = 0;
/** Somebody else each time, at an address of their own. */
function contractor(given: Record<string, string> = {}) {
  people += 1;
  return {
    familyName: '木村',
    givenName: `希${'一二三四五六七八九十'[people] ?? ''}`,
    familyKana: 'きむら',
    givenKana: 'のぞみ',
    birthDate: `1990040${people}`,
    postalCode: '150-0002',
    building: `${people}-2-3`,
    phone: `090-2222-333${people}`,
    mail: `kimura-${people}@example.jp`,
    ...given,
  };
}
const ofNewContractor = ['plan', 'sim', 'contractor', 'mail', 'identity', 'payment', 'documents', 'review'];

const begin = (frame: Frame) => frame.locator('form[action="/apply"] button').click();

/** A browser of nobody we know. */
async function onTheWeb(path: string, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ ...PHONE, ...options });
  const page = await context.newPage();
  await page.goto(new URL(path, stage.url).href);
  return page;
}

/** From the menu on a phone with LINE, as far as the form; what it shows then is inside LINE. */
async function fromTheMenu(displayName: string): Promise<{ frame: Frame; close(): Promise<void> }> {
  await stage.control.newPerson({ displayName });
  const phone = await openPhone(stage, browser, displayName);
  await phone.page.getByTestId('add-friend').first().click();
  await phone.menu('新規申し込み').click();
  await phone.button('申し込みをはじめる').click();
  await phone.inApp.getByRole('button', { name: '許可する' }).click();
  await phone.inApp.locator('form[action="/apply"]').waitFor();
  const frame = phone.page.frames().find((each) => new URL(each.url()).pathname === '/apply');
  if (!frame) throw new Error('no page inside LINE');
  await begin(frame);
  return { frame, close: phone.close };
}

/** The staff have the order before them. */
async function expectInQueue(orderNumber: string): Promise<void> {
  expect(orderNumber).toMatch(/^\w/);
  expect((await staff.go(`${stage.url}/console/orders`)).text).toContain(orderNumber);
}

async function expectApplied(
  frame: Frame,
  person: ApplyingPerson,
  steps: readonly string[],
  manner: Partial<Manner> = {},
) {
  const codeTo = (mail: string) => codeMailedTo(stage, mail);
  const applied = await applyAs(frame, person, { codeTo, ...manner });
  expect(applied.steps).toEqual(steps);
  await expectInQueue(applied.orderNumber);
}

describe('from the menu in LINE', () => {
  test('a new number on a SIM card that is sent', async () => {
    const { frame, close } = await fromTheMenu('のぞみ');
    const person = { plan: { plan: 'p6' }, sim: { ...self, simKind: 'sim' }, contractor: contractor() };
    await expectApplied(frame, person, ofNewContractor);
    await close();
  });

  test('a number brought along with a reservation number', async () => {
    const { frame, close } = await fromTheMenu('まなぶ');
    const reserved = { phoneNumber: '08044445555', reservationNumber: '1234567890', validUntil: '20261220' };
    const sim = { ...self, number: 'reservation', ...reserved };
    await expectApplied(frame, { plan: { plan: 'p3' }, sim, contractor: contractor() }, ofNewContractor);
    await close();
  });

  test('whoever fails everywhere at first: three visits to the provider, four cards', async () => {
    const { frame, close } = await fromTheMenu('しのぶ');
    const person: ApplyingPerson = {
      plan: { plan: 'p3', 'option-kakeho10': 'yes' },
      sim: self,
      contractor: contractor(),
      identity: ['address', 'time-out', 'success'],
      cards: [
        { number: TEST_CARDS.declined },
        { number: TEST_CARDS.visa, answer: 'no' },
        { number: TEST_CARDS.visa, answer: 'wait' },
        { number: TEST_CARDS.jcb },
      ],
    };
    await expectApplied(frame, person, ofNewContractor);
    await close();
  });

  test('who follows a friend’s invitation', async () => {
    const taro = await onStage(stage, 'たろう');
    await taro.follow();
    await linkContractor(stage, taro, 'tanaka');
    await taro.say('紹介');
    await taro.tap('今日のリンクを作る');
    const invitation = /https?:\S+\/invite\/\S+/.exec(await taro.heard())?.[0] ?? '';
    await stage.control.newPerson({ displayName: 'かおり' });
    const kaori = await onStage(stage, 'かおり');
    await kaori.follow();
    const page = await onTheWeb('/help', { userAgent: 'Mozilla/5.0 (iPhone) AppleWebKit/605 Safari Line/15.0.0' });
    const { cookies } = await kaori.cookies(stage.accessUrl);
    await page.context().addCookies(cookies.map(({ name, value }) => ({ name, value, url: stage.accessUrl })));
    await page.goto(invitation);
    await page.getByRole('link', { name: '申し込みをはじめる' }).click();
    await page.getByRole('button', { name: '許可する' }).click();
    await begin(page.mainFrame());
    const person = { plan: { plan: 'p3' }, sim: self, contractor: contractor() };
    await expectApplied(page.mainFrame(), person, ofNewContractor, {
      async onStep(step, frame) {
        if (step === 'review') await frame.getByText('お友だちのご紹介によるお申し込みです').waitFor();
        return undefined;
      },
    });
    await page.context().close();
  });
});

// Side by side: one of them waits for the network most of the time.
describe.concurrent('on the web', () => {
  test('over a slow connection, every button pressed twice', async () => {
    const page = await onTheWeb('/apply');
    const cdp = await page.context().newCDPSession(page);
    await cdp.send('Network.enable');
    // 400 kbit/s with 400 ms for every way there and back.
    const slow = { offline: false, latency: 400, downloadThroughput: 50_000, uploadThroughput: 50_000 };
    await cdp.send('Network.emulateNetworkConditions', slow);
    await page.locator('form[action="/apply"] button').dblclick();
    const person = { plan: { plan: 'p12' }, sim: self, contractor: contractor() };
    await expectApplied(page.mainFrame(), person, ofNewContractor, { press: (button) => button.dblclick() });
    await page.context().close();
  });

  test('in English: a number brought along in one stop, for a grown-up of the same family', async () => {
    const page = await onTheWeb('/apply', { locale: 'en-US' });
    await begin(page.mainFrame());
    const user = { givenName: '蓮', givenKana: 'れん', birthDate: '20001231' };
    const person = {
      plan: { plan: 'p3' },
      sim: { simKind: 'sim', number: 'one-stop', phoneNumber: '080 2222 3333', user: 'other' },
      contractor: contractor(),
      user,
    };
    const steps = ['plan', 'sim', 'contractor', 'mail', 'user', 'identity', 'payment', 'documents', 'review'];
    await expectApplied(page.mainFrame(), person, steps);
    await page.context().close();
  });

  test('data only, with an entry code in the link: nobody asks for a card with a chip', async () => {
    const form = await staff.go(`${stage.url}/console/entry-codes/new`);
    const batch = await form.submit({ purpose: 'お試し', count: '1', lastDay: '2026-12-31' }, 'コードを作る');
    const code = /[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(batch.text)?.[0] ?? '';
    const page = await onTheWeb(`/apply?code=${code}`);
    await begin(page.mainFrame());
    const person = { plan: { plan: 'd3' }, sim: self, contractor: contractor() };
    const steps = ofNewContractor.filter((step) => step !== 'identity');
    await expectApplied(page.mainFrame(), person, steps, {
      async onStep(step, frame) {
        if (step === 'review') await frame.getByText(code).waitFor();
        return undefined;
      },
    });
    await page.context().close();
  });

  test('a contractor who adds a subscription, with a second proof', async () => {
    const page = await onTheWeb('/login?next=%2Fapply%2Fadd');
    await page.getByLabel('ログインID').fill('sato');
    await page.getByLabel('パスワード').fill('renkei-demo-sato');
    await page.locator('form:has([name=password]) button').first().click();
    await page.locator('form[action="/proof/mail"] button').click();
    await page
      .locator('form[action="/proof/mail/code"] [name=code]')
      .fill(await codeMailedTo(stage, 'sato@example.jp'));
    await page.locator('form[action="/proof/mail/code"] button').click();
    await page.locator('form[action="/apply/add"] button').click();
    const person = { plan: { plan: 'p500m' }, sim: self };
    await expectApplied(page.mainFrame(), person, ['plan', 'sim', 'identity', 'documents', 'review']);
    await page.context().close();
  });
});
