import type { messagingApi } from '@line/bot-sdk';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makePng } from '../../simulator/testing/picture.ts';
import { type Stage, startStage } from '../../simulator/testing/stage.ts';
import { openBrowser } from '../support/browser.ts';
import { expectAccessible } from '../support/phone.ts';

/** The simulated phone and its panel by themselves, without the product: looked at, and used by keyboard alone. */

let stage: Stage;
let browser: Browser;
beforeAll(async () => {
  [stage, browser] = await Promise.all([
    startStage({
      loginChannelId: '2001234567',
      liffId: '2001234567-abcdefgh',
      liffEndpointUrl: 'http://127.0.0.1:9/liff',
    }),
    openBrowser(),
  ]);
});
afterAll(async () => {
  await browser.close();
  await stage.stop();
});

interface Look {
  scheme?: 'light' | 'dark';
  width?: number;
  open?: string;
}

async function openPage({ scheme = 'light', width = 375, open = '&open=talk' }: Look = {}): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width, height: 812 },
    colorScheme: scheme,
    reducedMotion: 'reduce',
    locale: 'ja-JP',
  });
  const page = await context.newPage();
  await page.goto(`${stage.origins.ui}/?phone=${encodeURIComponent('たろう')}${open}`);
  await page.getByTestId('phone-たろう').waitFor();
  return page;
}

const closePage = (page: Page) => page.context().close();

/** Moves the focus with Tab until it is on the thing, as somebody without a mouse does, and presses Enter. */
async function reachAndPress(page: Page, thing: Locator): Promise<void> {
  await thing.waitFor();
  for (let step = 0; step < 120; step += 1) {
    if (await thing.evaluate((element) => element === document.activeElement)) return page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab never came to ${thing}`);
}

const picture = () => `${stage.origins.ui}/phone/qr.svg?text=picture`;
const choose = (label: string): messagingApi.Action => ({ type: 'postback', label, data: label });

/** One of everything an account can send. */
function everyKind(userId: string): messagingApi.Message[][] {
  const url = picture();
  const column = { thumbnailImageUrl: url, title: '表題', text: '本文', actions: [choose('えらぶ')] };
  const bubble: messagingApi.FlexBubble = {
    type: 'bubble',
    size: 'kilo',
    hero: { type: 'image', url, size: 'full' },
    body: { type: 'box', layout: 'vertical', contents: [{ type: 'text', text: 'プラン', weight: 'bold', wrap: true }] },
    footer: {
      type: 'box',
      layout: 'vertical',
      contents: [{ type: 'button', style: 'primary', action: choose('申し込む') }],
    },
  };
  return [
    [
      {
        type: 'textV2',
        text: '{who}さん{smile} https://example.com/',
        substitution: {
          who: { type: 'mention', mentionee: { type: 'user', userId } },
          smile: { type: 'emoji', productId: '5ac1bfd5040ab15980c9b435', emojiId: '001' },
        },
      },
      { type: 'sticker', packageId: '446', stickerId: '1988' },
      { type: 'image', originalContentUrl: url, previewImageUrl: url },
      { type: 'video', originalContentUrl: url, previewImageUrl: url },
      { type: 'audio', originalContentUrl: url, duration: 1_000 },
    ],
    [
      { type: 'location', title: '本社', address: '東京都千代田区', latitude: 35, longitude: 139 },
      {
        type: 'imagemap',
        baseUrl: url,
        altText: '地図',
        baseSize: { width: 1040, height: 520 },
        actions: [{ type: 'message', label: '左', text: '左', area: { x: 0, y: 0, width: 520, height: 520 } }],
      },
      { type: 'template', altText: 'ボタン', template: { type: 'buttons', ...column } },
      {
        type: 'template',
        altText: '確認',
        template: { type: 'confirm', text: 'よろしいですか', actions: [choose('はい'), choose('いいえ')] },
      },
      { type: 'template', altText: '並び', template: { type: 'carousel', columns: [column, column] } },
    ],
    [
      {
        type: 'template',
        altText: '絵の並び',
        template: { type: 'image_carousel', columns: [{ imageUrl: url, action: choose('絵') }] },
      },
      { type: 'flex', altText: '一枚', contents: bubble },
      { type: 'flex', altText: '三枚', contents: { type: 'carousel', contents: [bubble, bubble, bubble] } },
      {
        type: 'text',
        text: 'どうしますか',
        quickReply: {
          items: [
            { type: 'action', action: { type: 'datetimepicker', label: '日付', data: 'when', mode: 'date' } },
            { type: 'action', action: { type: 'camera', label: 'カメラ' } },
            { type: 'action', action: { type: 'location', label: '場所' } },
            { type: 'action', action: { type: 'clipboard', label: '写す', clipboardText: '1234' } },
          ],
        },
      },
    ],
  ];
}

test.each([
  ['light', 375],
  ['dark', 375],
  ['light', 1280],
] as const)(
  'every kind of message, %s, %i px wide: shown, and without a fault a machine can find',
  async (scheme, width) => {
    await stage.control('POST', '/reset', { everything: true, menus: true });
    const taro = await stage.befriend('たろう');
    const { couponId } = await stage.client.createCoupon({
      title: '100円引き',
      startTimestamp: 1,
      endTimestamp: 2_000_000_000,
      maxUseCountPerTicket: 1,
      visibility: 'PUBLIC',
      timezone: 'ASIA_TOKYO',
      acquisitionCondition: { type: 'normal' },
    });
    await stage.client.pushMessage({ to: taro.userId, messages: [{ type: 'coupon', couponId }] });
    await stage.control('POST', `/people/${taro.userId}/location`, { latitude: 35, longitude: 139, title: '家' });
    await stage.control('POST', `/people/${taro.userId}/file?name=${encodeURIComponent('契約書.pdf')}`);
    for (const messages of everyKind(taro.userId)) await stage.client.pushMessage({ to: taro.userId, messages });
    const page = await openPage({ scheme, width });
    const talk = page.getByTestId('talk');
    for (const words of ['100円引き', '契約書.pdf', '@たろう', '本社', 'どうしますか'])
      await talk.getByText(words).last().waitFor();
    expect(await talk.getByText('表示できません').count()).toBe(0);
    await expectAccessible(page);
    await closePage(page);
  },
);

test('a whole talk by keyboard: add, write, answer, pick a date, say where, switch a tab', async () => {
  await stage.control('POST', '/reset', { everything: true, menus: true });
  const taro = await stage.person('たろう');
  const page = await openPage({ open: '' });
  await reachAndPress(page, page.getByTestId('add-friend').first());
  await stage.settled();
  await stage.client.pushMessage({ to: taro.userId, messages: everyKind(taro.userId)[2] ?? [] });

  const heardLast = async () => (await stage.settled()).at(-1);
  await reachAndPress(page, page.getByRole('button', { name: '日付' }));
  await reachAndPress(page, page.getByRole('dialog').locator('button[type=submit]'));
  await expect
    .poll(heardLast)
    .toMatchObject({ type: 'postback', postback: { data: 'when', params: { date: expect.any(String) } } });

  await page.getByTestId('message-input').focus();
  await page.keyboard.type('こんにちは');
  await page.keyboard.press('Enter');
  await expect.poll(heardLast).toMatchObject({ message: { type: 'text', text: 'こんにちは' } });

  await reachAndPress(page, page.getByRole('button', { name: '写真を送る' }));
  await reachAndPress(page, page.getByRole('button', { name: '位置情報を送る' }));
  await expectAccessible(page);
  await reachAndPress(page, page.getByTestId('places-sheet').getByRole('button', { name: '東京駅' }));
  await expect.poll(heardLast).toMatchObject({ message: { type: 'location', title: '東京駅' } });

  const tab = (label: string, alias: string): messagingApi.Action => ({
    type: 'richmenuswitch',
    label,
    richMenuAliasId: alias,
    data: label,
  });
  const [first, second] = [await makeMenu(tab('お得', 'deals')), await makeMenu(tab('契約', 'contract'))];
  await stage.client.createRichMenuAlias({ richMenuAliasId: 'deals', richMenuId: second });
  await stage.client.createRichMenuAlias({ richMenuAliasId: 'contract', richMenuId: first });
  await stage.client.linkRichMenuIdToUser(taro.userId, first);
  const menu = page.getByTestId('rich-menu');
  await reachAndPress(page, menu.getByRole('button', { name: 'お得' }));
  await menu.getByRole('button', { name: '契約' }).waitFor();
  await expectAccessible(page);
  await closePage(page);
});

async function makeMenu(action: messagingApi.Action): Promise<string> {
  const size = { width: 2500, height: 843 };
  const areas = [{ bounds: { x: 0, y: 0, ...size }, action }];
  const { richMenuId } = await stage.client.createRichMenu({
    size,
    selected: true,
    name: 'menu',
    chatBarText: 'メニュー',
    areas,
  });
  const image = new Blob([new Uint8Array(makePng(800, 270))], { type: 'image/png' });
  await stage.client.setRichMenuImage(richMenuId, image);
  return richMenuId;
}

test('15. LINE’s own addresses open what they open in LINE: picker, account, telephone, app, page', async () => {
  await stage.control('POST', '/reset', { everything: true });
  const taro = await stage.befriend('たろう');
  const links: [label: string, uri: string, sheet: (page: Page) => Locator][] = [
    ['共有', 'https://line.me/R/share?text=hello', (page) => page.getByTestId('friend-picker')],
    ['追加', 'https://line.me/R/ti/p/@simulator', (page) => page.getByTestId('add-friend-sheet')],
    ['電話', 'tel:0120000000', (page) => page.getByRole('dialog', { name: '0120000000' })],
    ['アプリ', 'https://liff.line.me/2001234567-abcdefgh/gift', (page) => page.getByTestId('in-app-browser')],
    ['ページ', `${stage.origins.ui}/phone/icon.svg`, (page) => page.getByTestId('in-app-browser')],
  ];
  const page = await openPage();
  for (const [label, uri, sheet] of links) {
    const template = { type: 'buttons' as const, text: label, actions: [{ type: 'uri' as const, label, uri }] };
    await stage.client.pushMessage({ to: taro.userId, messages: [{ type: 'template', altText: label, template }] });
    await page.getByTestId('talk').getByRole('button', { name: label, exact: true }).click();
    await sheet(page).waitFor();
    await page.keyboard.press('Escape');
    if (await page.getByTestId('close-sheet').isVisible()) await page.getByTestId('close-sheet').click();
  }
  await closePage(page);
});

test('home, talks, settings, friends: every view and sheet is without fault, in English and in the dark', async () => {
  await stage.control('POST', '/reset', { everything: true });
  const [taro, hanako] = [await stage.befriend('たろう'), await stage.befriend('はなこ')];
  await stage.control('PATCH', `/people/${taro.userId}`, { language: 'en' });
  await stage.control('POST', `/people/${hanako.userId}/share`, {
    text: 'どうぞ https://example.com/',
    to: [taro.userId],
  });
  const page = await openPage({ scheme: 'dark', open: '' });
  const phone = page.getByTestId('phone-たろう');
  await expectAccessible(page);
  await phone.getByTestId('open-add-friend').click();
  await phone.getByLabel('Search by ID').fill('@SIMULATOR');
  await page.keyboard.press('Enter');
  await phone.getByTestId('add-friend-sheet').getByTestId('open-talk').waitFor();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await phone.getByRole('button', { name: /^Talks/ }).click();
  await phone.getByRole('button', { name: /はなこ/ }).click();
  await phone.getByTestId('friend-talk').getByText('どうぞ').waitFor();
  await expectAccessible(page);
  await phone.getByRole('button', { name: 'Back' }).click();
  await phone.getByRole('button', { name: 'Settings' }).click();
  await phone.getByLabel('Name', { exact: true }).fill('Taro');
  await expectAccessible(page);
  await phone.getByRole('button', { name: 'Save' }).click();
  await expect
    .poll(async () => (await stage.control<{ displayName: string }>('GET', `/people/${taro.userId}`)).displayName)
    .toBe('Taro');
  await closePage(page);
});

test('blocking in the talk, and taking it back', async () => {
  await stage.control('POST', '/reset', { everything: true });
  const taro = await stage.befriend('たろう');
  const page = await openPage();
  await page.getByTestId('talk-menu').click();
  await expectAccessible(page);
  await page.getByTestId('block').click();
  await expect.poll(async () => (await stage.person('たろう')).isBlocked).toBe(true);
  await page.getByTestId('add-friend').first().click();
  await expect.poll(async () => (await stage.person('たろう')).isBlocked).toBe(false);
  expect((await stage.settled()).slice(-2).map(({ type }) => type)).toEqual(['unfollow', 'follow']);
  expect(taro.isFriend).toBe(true);
  await closePage(page);
});

test.each([
  ['light', 1280],
  ['dark', 375],
] as const)(
  'the panel, %s, %i px: calls with bodies and why, replay, clock, faults, by keyboard',
  async (scheme, width) => {
    await stage.control('POST', '/reset', { everything: true });
    const taro = await stage.befriend('たろう');
    await stage.api('POST', '/v2/bot/message/push', { to: taro.userId, messages: [{ type: 'text', text: '' }] });
    const page = await openPage({ scheme, width });
    await reachAndPress(page, page.getByTestId('open-panel'));
    const panel = page.getByTestId('panel');
    await panel.getByText('/v2/bot/message/push').click();
    await panel.getByText('"property": "messages[0].text"').waitFor();
    await expectAccessible(page);

    await panel.getByText('follow', { exact: false }).first().click();
    const heardBefore = stage.bot.heard.length;
    await panel.getByTestId('replay').click();
    await expect.poll(() => stage.bot.heard.length).toBe(heardBefore + 1);

    await panel.getByRole('tab').nth(0).focus();
    await page.keyboard.press('ArrowRight');
    await panel.getByTestId('clock-1h').click();
    await expect
      .poll(async () => (await stage.control<{ offsetMs: number }>('GET', '/clock')).offsetMs)
      .toBeGreaterThan(3_500_000);
    await expectAccessible(page);

    await panel.getByRole('tab').nth(1).focus();
    await page.keyboard.press('ArrowRight');
    const drop = panel.getByRole('slider').first();
    await drop.focus();
    for (let step = 0; step < 20; step += 1) await page.keyboard.press('ArrowRight');
    await expect.poll(() => stage.control('GET', '/faults')).toMatchObject({ webhook: { drop: 1 } });
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await panel.waitFor({ state: 'detached' });
    await closePage(page);
  },
);

test('a message is answered in its place, and a group takes the account in', async () => {
  await stage.control('POST', '/reset');
  const { userId } = await stage.befriend('たろう');
  await stage.client.pushMessage({ to: userId, messages: [{ type: 'text', text: '残りは3GBです' }] });
  const page = await openPage();
  await page.getByText('残りは3GBです').hover();
  await page.locator('.entry-more').last().click();
  await page.getByTestId('quote').click();
  await page.getByTestId('message-input').fill('ありがとう');
  await page.keyboard.press('Enter');
  await page.locator('.quoted', { hasText: '残りは3GBです' }).waitFor();
  await expectAccessible(page);

  await page.getByRole('button', { name: '戻る' }).click();
  await page.getByRole('button', { name: 'トーク', exact: true }).click();
  await page.getByTestId('add-group').click();
  await page.getByTestId('group-input').fill('だれか');
  await page.getByRole('button', { name: '送信' }).click();
  await page.getByTestId('group-talk').getByText('だれか').waitFor();
  await page.getByTestId('invite-account').click();
  await page.getByText('退会させる').waitFor();
  await expectAccessible(page);
  expect((await stage.settled()).slice(-2)).toMatchObject([
    { type: 'message', message: { quotedMessageId: expect.any(String) } },
    { type: 'join', source: { type: 'group' } },
  ]);
  await closePage(page);
});
