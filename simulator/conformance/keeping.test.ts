import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Call, Replay } from '../contract.ts';
import { makePng } from '../testing/picture.ts';
import { type Stage, startStage } from '../testing/stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await startStage({ hasRateLimits: false });
});
beforeEach(async () => {
  await stage.control('POST', '/reset', { menus: true });
  stage.bot.heard.length = 0;
});
afterAll(() => stage.stop());

const hello = { type: 'text', text: 'こんにちは' } as const;

test('a snapshot brings back people and talks as they were', async () => {
  const taro = await stage.befriend('たろう');
  await stage.client.pushMessage({ to: taro.userId, messages: [hello] });
  const before = await stage.screen(taro);
  const snapshot = await stage.control('GET', '/snapshot');
  await stage.control('POST', '/reset');
  expect((await stage.person('たろう')).isFriend).toBe(false);
  await stage.control('POST', '/snapshot', snapshot);
  expect((await stage.person('たろう')).isFriend).toBe(true);
  expect(await stage.screen(taro)).toEqual(before);
});

test.each([
  ['of another version', { version: 0 }],
  ['damaged', { version: 1, people: 'nobody' }],
])('a snapshot that is %s is refused, and nothing changes', async (_what, snapshot) => {
  await stage.befriend('たろう');
  await expect(stage.control('POST', '/snapshot', snapshot)).rejects.toThrow('400');
  expect((await stage.person('たろう')).isFriend).toBe(true);
});

test('the transcript is every call and webhook, one a line', async () => {
  const taro = await stage.befriend('たろう');
  await stage.client.pushMessage({ to: taro.userId, messages: [hello] });
  const answer = await fetch(`${stage.origins.ui}/control/transcript`);
  const calls: Call[] = (await answer.text())
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(calls.map(({ direction, path }) => [direction, path])).toEqual([
    ['webhook', '/webhook'],
    ['received', '/v2/bot/message/push'],
  ]);
});

test('a webhook is sent again as it was', async () => {
  await stage.befriend('たろう');
  const [webhook] = (await stage.control<Call[]>('GET', '/calls')).filter(({ direction }) => direction === 'webhook');
  expect(await stage.control<Replay>('POST', '/replay', { seq: webhook?.seq })).toEqual({ status: 200 });
  const [first, again] = stage.bot.heard;
  expect(again?.body.equals(first?.body ?? Buffer.alloc(0))).toBe(true);
  await expect(stage.control('POST', '/replay', { seq: 999_999 })).rejects.toThrow('404');
});

test('told to, the default menu changes a minute late', async () => {
  const taro = await stage.befriend('たろう');
  await stage.control('POST', '/faults', { menus: { lagMs: 60_000 } });
  const { richMenuId } = await stage.client.createRichMenu({
    size: { width: 2500, height: 843 },
    selected: true,
    name: 'メニュー',
    chatBarText: 'メニュー',
    areas: [],
  });
  const picture = new Blob([new Uint8Array(makePng(800, 250))], { type: 'image/png' });
  await stage.client.setRichMenuImage(richMenuId, picture);
  await stage.client.setDefaultRichMenu(richMenuId);
  expect((await stage.screen(taro)).richMenu).toBeNull();
  await stage.control('POST', '/clock', { advance: 'PT61S' });
  expect((await stage.screen(taro)).richMenu?.id).toBe(richMenuId);
});

test('without rate limits nothing comes too often', async () => {
  const lists = Array.from({ length: 30 }, () => stage.client.getRichMenuList());
  expect(await Promise.all(lists)).toHaveLength(30);
});
