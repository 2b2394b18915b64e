import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Call, ClockState, InboxEntry, Person } from '../contract.ts';
import { type Stage, startStage } from '../testing/stage.ts';

let stage: Stage;
let taro: Person;
beforeAll(async () => {
  stage = await startStage({ account: { displayName: '試しの会社', basicId: '@tameshi' } });
});
beforeEach(async () => {
  await stage.control('POST', '/reset', { everything: true, menus: true });
  taro = await stage.befriend('たろう');
  stage.bot.heard.length = 0;
});
afterAll(() => stage.stop());

const act = (action: unknown, params?: unknown) =>
  stage.control('POST', `/people/${taro.userId}/act`, { action, params });

test('quick replies belong to the last message and go once used', async () => {
  const quick = (text: string, label: string) => ({
    type: 'text' as const,
    text,
    quickReply: { items: [{ type: 'action', action: { type: 'postback' as const, label, data: label } }] },
  });
  await stage.client.pushMessage({ to: taro.userId, messages: [quick('一', 'いち'), quick('二', 'に')] });
  expect((await stage.screen(taro)).quickReplies.map(({ label }) => label)).toEqual(['に']);
  await stage.tap(taro, 'に');
  expect((await stage.screen(taro)).quickReplies).toEqual([]);
  expect((await stage.settled()).at(-1)).toMatchObject({ type: 'postback', postback: { data: 'に' } });
});

test('buttons in Flex messages and templates are pressed by label, the newest first', async () => {
  const button = (data: string) => ({
    type: 'flex' as const,
    altText: '残量',
    contents: {
      type: 'bubble' as const,
      body: {
        type: 'box' as const,
        layout: 'vertical' as const,
        contents: [
          {
            type: 'button' as const,
            action: { type: 'postback' as const, label: '受け取る', data, displayText: 'はい' },
          },
          { type: 'button' as const, action: { type: 'uri' as const, label: 'ひらく', uri: 'https://example.com/a' } },
        ],
      },
    },
  });
  await stage.client.pushMessage({ to: taro.userId, messages: [button('old'), button('new')] });
  expect(await stage.tap(taro, '受け取る')).toEqual({});
  expect((await stage.settled()).at(-1)).toMatchObject({ type: 'postback', postback: { data: 'new' } });
  expect((await stage.screen(taro)).talk.at(-1)).toMatchObject({ from: 'person', message: { text: 'はい' } });
  expect(await stage.tap(taro, 'ひらく')).toEqual({ opened: 'https://example.com/a' });
  await expect(stage.tap(taro, 'ない')).rejects.toThrow(/404 .*"labels":\["受け取る","ひらく"\]/);
});

test('every kind of action does what it says', async () => {
  await act({ type: 'message', label: 'x', text: '残量' });
  expect((await stage.settled()).at(-1)).toMatchObject({ type: 'message', message: { type: 'text', text: '残量' } });
  const picker = { type: 'datetimepicker', data: 'when', mode: 'datetime' };
  await act(picker, { datetime: '2026-12-25T01:00' });
  expect((await stage.settled()).at(-1)).toMatchObject({
    postback: { data: 'when', params: { datetime: '2026-12-25T01:00' } },
  });
  expect(await act({ type: 'uri', uri: 'tel:0120000000' })).toEqual({ opened: 'tel:0120000000' });
  const heardBefore = (await stage.settled()).length;
  await act({ type: 'clipboard', label: 'コピー', clipboardText: '1234' });
  expect((await stage.settled()).length).toBe(heardBefore);
});

test('read marks are set by the token of a message, for it and all before', async () => {
  for (const text of ['一', '二']) await stage.control('POST', `/people/${taro.userId}/say`, { text });
  const [first, second] = (await stage.settled()).map((event) =>
    event.type === 'message' && event.message.type === 'text' ? (event.message.markAsReadToken ?? '') : '',
  );
  await stage.client.markMessagesAsReadByToken({ markAsReadToken: first ?? '' });
  expect((await stage.screen(taro)).talk.map(({ isRead }) => isRead)).toEqual([true, false]);
  await stage.client.markMessagesAsReadByToken({ markAsReadToken: second ?? '' });
  expect((await stage.screen(taro)).read).toBe(true);
});

test('with chat off everything is read as it arrives', async () => {
  await stage.control('PATCH', '/account', { chatMode: 'bot' });
  await stage.control('POST', `/people/${taro.userId}/say`, { text: 'やあ' });
  expect((await stage.screen(taro)).read).toBe(true);
  expect(await stage.client.getBotInfo()).toMatchObject({ chatMode: 'bot', markAsReadMode: 'auto' });
  await stage.control('PATCH', '/account', { chatMode: 'chat' });
});

test('who blocked the account still sees what they write; the bot does not hear it', async () => {
  await stage.control('POST', `/people/${taro.userId}/unfollow`);
  await stage.settled();
  stage.bot.heard.length = 0;
  await stage.control('POST', `/people/${taro.userId}/say`, { text: '聞こえますか' });
  expect(await stage.settled()).toEqual([]);
  expect((await stage.screen(taro)).talk).toHaveLength(1);
});

test('unread messages count up until the person looks', async () => {
  await stage.client.pushMessage({ to: taro.userId, messages: [{ type: 'text', text: 'お知らせ' }] });
  expect((await stage.person('たろう')).unread).toBe(1);
  await stage.control('POST', `/people/${taro.userId}/read`);
  expect((await stage.person('たろう')).unread).toBe(0);
});

test('what one shares lands in the inbox of the other', async () => {
  const hanako = await stage.person('はなこ');
  const text = 'データをどうぞ https://example.com/gift';
  await stage.control('POST', `/people/${taro.userId}/share`, { text, to: [hanako.userId] });
  expect(await stage.control<InboxEntry[]>('GET', `/people/${hanako.userId}/inbox`)).toMatchObject([
    { from: { userId: taro.userId, displayName: 'たろう' }, text },
  ]);
});

test('the clock can be moved, frozen and reset; nonsense is refused', async () => {
  const clock = (order: unknown) => stage.control<ClockState>('POST', '/clock', order);
  const set = await clock({ set: '2026-12-01T00:00:00+09:00', freeze: true });
  expect(set).toMatchObject({ isFrozen: true, now: expect.stringMatching(/^2026-11-30T15:00:0/) });
  expect((await clock({ set: '2026-12-01T00:00:00+09:00' })).now).toBe('2026-11-30T15:00:00.000Z');
  expect((await clock({ advance: 'PT10M' })).now).toBe('2026-11-30T15:10:00.000Z');
  expect(await clock({ reset: true })).toMatchObject({ offsetMs: 0, isFrozen: false });
  await expect(clock({ advance: '10 minutes' })).rejects.toThrow('400');
});

test('the log shows calls and webhooks in order, without secrets', async () => {
  const seqBefore = (await stage.control<Call[]>('GET', '/calls')).at(-1)?.seq ?? 0;
  await stage.client.pushMessage({ to: taro.userId, messages: [{ type: 'text', text: 'はい' }] });
  await stage.api('POST', '/v2/bot/message/push', { to: taro.userId, messages: [] });
  await stage.control('POST', `/people/${taro.userId}/say`, { text: 'うん' });
  await stage.settled();
  const calls = await stage.control<Call[]>('GET', `/calls?since=${seqBefore}`);
  expect(calls).toMatchObject([
    { direction: 'received', origin: 'api', path: '/v2/bot/message/push', status: 200 },
    { status: 400, refusal: 'The request body has 1 error(s): messages Size must be between 1 and 5' },
    { direction: 'webhook', origin: stage.bot.url, status: 200 },
  ]);
  expect(JSON.stringify(calls)).not.toContain('a-token-from-the-console');
});

test('faults of the API: a status instead of work, and work without an answer', async () => {
  const push = () => stage.client.pushMessage({ to: taro.userId, messages: [{ type: 'text', text: 'はい' }] });
  await stage.control('POST', '/faults', { api: { status: 500 } });
  await expect(push()).rejects.toMatchObject({ status: 500 });
  expect((await stage.screen(taro)).talk).toHaveLength(0);
  await stage.control('POST', '/faults', { api: { dropAfterAccept: 1 } });
  await expect(push()).rejects.toThrow(TypeError);
  expect((await stage.screen(taro)).talk).toHaveLength(1);
  await stage.control('DELETE', '/faults');
  await push();
  expect((await stage.screen(taro)).talk).toHaveLength(2);
});

test('properties may be added at any time', async () => {
  await stage.control('POST', '/faults', { api: { unknownFields: true }, webhook: { unknownFields: true } });
  expect(await stage.client.getBotInfo()).toHaveProperty('addedByLineLater');
  await stage.control('POST', `/people/${taro.userId}/say`, { text: 'はい' });
  expect((await stage.settled()).at(-1)).toHaveProperty('addedByLineLater');
});

test('reset brings people and talks back to the start and leaves the bot its own', async () => {
  const { richMenuId } = await stage.client.createRichMenu({
    size: { width: 2500, height: 843 },
    selected: false,
    name: 'のこる',
    chatBarText: 'メニュー',
    areas: [],
  });
  await stage.control('POST', '/people', { displayName: 'あたらしい人', language: 'en' });
  await stage.control('POST', '/reset');
  const people = await stage.control<Person[]>('GET', '/people');
  expect(people.map(({ displayName }) => displayName)).toEqual(['たろう', 'はなこ', 'さくら', 'けん', 'いちろう']);
  expect(people[0]).toMatchObject({ userId: taro.userId, isFriend: false });
  expect((await stage.client.getRichMenuList()).richmenus).toMatchObject([{ richMenuId }]);
});

test('watchers are told what to fetch again', async () => {
  const answer = await fetch(`${stage.origins.ui}/control/events`);
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
  await reader?.read();
  await stage.control('POST', `/people/${taro.userId}/say`, { text: 'はい' });
  const told = await reader?.read();
  expect(told?.value).toContain(`data: {"type":"screen","userId":"${taro.userId}"}`);
  await reader?.cancel();
});

test('another web site cannot play with the simulator', async () => {
  const answer = await fetch(`${stage.origins.ui}/control/people`, { headers: { 'sec-fetch-site': 'cross-site' } });
  expect(answer.status).toBe(403);
});

test('people are the same in every run', async () => {
  const other = await startStage();
  const again = await startStage();
  expect((await other.person('けん')).userId).toBe((await again.person('けん')).userId);
  await Promise.all([other.stop(), again.stop()]);
});
