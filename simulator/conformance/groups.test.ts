import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { GroupView, Person, TalkEntry } from '../contract.ts';
import { refusalOf } from '../testing/refusal.ts';
import { type Stage, startStage } from '../testing/stage.ts';

let stage: Stage;
let taro: Person;
let hanako: Person;
let group: GroupView;
beforeAll(async () => {
  stage = await startStage({ monthlyLimit: 5 });
});
beforeEach(async () => {
  await stage.control('POST', '/reset');
  [taro, hanako] = [await stage.person('たろう'), await stage.person('はなこ')];
  group = await stage.control('POST', '/groups', { name: '家族', members: [taro.userId, hanako.userId] });
  await stage.settled();
  stage.bot.heard.length = 0;
});
afterAll(() => stage.stop());

const at = (path: string) => `/groups/${group.groupId}${path}`;
const source = () => ({ type: 'group', groupId: group.groupId });
const say = (person: Person, text: string, quotes?: string) =>
  stage.control<{ id: string }>('POST', at('/say'), { userId: person.userId, text, ...(quotes ? { quotes } : {}) });
const talk = () => stage.control<TalkEntry[]>('GET', at('/talk'));

test('invited, the account is greeted by a join event of nobody, whose token answers all in the group', async () => {
  await stage.control('POST', at('/account'));
  const [join] = await stage.settled();
  expect(join).toMatchObject({ type: 'join', source: source(), replyToken: expect.any(String) });
  expect(join?.source).not.toHaveProperty('userId');
  const replyToken = join?.type === 'join' ? join.replyToken : '';
  await stage.client.replyMessage({ replyToken, messages: [{ type: 'text', text: 'こんにちは' }] });
  expect((await talk()).map(({ from, message }) => [from, message.text])).toEqual([['account', 'こんにちは']]);
});

test('what is said is heard with who said it, whom it names and what it answers; without the account it is not', async () => {
  await say(taro, '聞こえない');
  await stage.control('POST', at('/account'));
  const { id } = await say(hanako, 'だれか');
  await say(taro, '@はなこ @公式アカウント はい', id);
  const [, , last] = await stage.settled();
  expect(last).toMatchObject({
    type: 'message',
    source: { ...source(), userId: taro.userId },
    message: {
      quotedMessageId: id,
      mention: {
        mentionees: [
          { index: 0, length: 4, userId: hanako.userId, isSelf: false },
          { index: 5, length: 8, isSelf: true },
        ],
      },
    },
  });
  expect(await stage.settled()).toHaveLength(3);
});

test('who comes and goes is told; removed, the account hears that and nothing more', async () => {
  await stage.control('POST', at('/account'));
  const ken = await stage.person('けん');
  await stage.control('POST', at('/members'), { userId: ken.userId });
  await stage.control('DELETE', at(`/members/${ken.userId}`));
  await stage.control('DELETE', at('/account'));
  await say(taro, 'もういない');
  const members = [{ type: 'user', userId: ken.userId }];
  const events = await stage.settled();
  expect(events).toMatchObject([
    { type: 'join' },
    { type: 'memberJoined', joined: { members } },
    { type: 'memberLeft', left: { members } },
    { type: 'leave', source: source() },
  ]);
  expect(events.map((event) => 'replyToken' in event)).toEqual([true, true, false, false]);
});

test('the account asks about its group, writes to it at the price of its heads, and leaves', async () => {
  const { client } = stage;
  const push = () => client.pushMessage({ to: group.groupId, messages: [{ type: 'text', text: 'はい' }] });
  expect(await refusalOf(push())).toMatchObject({ status: 400 });
  await stage.control('POST', at('/account'));
  expect(await client.getGroupSummary(group.groupId)).toEqual({ groupId: group.groupId, groupName: '家族' });
  expect(await client.getGroupMemberCount(group.groupId)).toEqual({ count: 2 });
  expect((await client.getGroupMembersIds(group.groupId)).memberIds).toEqual(group.members);
  expect(await client.getGroupMemberProfile(group.groupId, taro.userId)).toMatchObject({ displayName: 'たろう' });
  expect(await refusalOf(client.getGroupMemberProfile(group.groupId, `U${'0'.repeat(32)}`))).toMatchObject({
    status: 404,
  });
  await push();
  expect(await client.getMessageQuotaConsumption()).toEqual({ totalUsage: 2 });
  await push();
  expect(await refusalOf(push())).toMatchObject({ status: 429 });
  await client.leaveGroup(group.groupId);
  expect(await refusalOf(client.getGroupSummary(group.groupId))).toMatchObject({ status: 404 });
});

test('a room is the same without a name', async () => {
  group = await stage.control('POST', '/groups', { kind: 'room', members: [taro.userId] });
  await stage.control('POST', at('/account'));
  expect((await stage.settled()).at(-1)).toMatchObject({ source: { type: 'room', roomId: group.groupId } });
  expect(await stage.client.getRoomMemberCount(group.groupId)).toEqual({ count: 1 });
  await stage.client.leaveRoom(group.groupId);
  expect(await refusalOf(stage.client.getRoomMemberCount(group.groupId))).toMatchObject({ status: 404 });
});

test('a message is quoted by its token in its own talk only, and again and again', async () => {
  await stage.befriend('たろう');
  const { id } = await stage.control<{ id: string }>('POST', `/people/${taro.userId}/say`, { text: '残量は？' });
  const event = (await stage.settled()).at(-1);
  const quoteToken = event?.type === 'message' && event.message.type === 'text' ? event.message.quoteToken : 'none';
  const push = (to: string, token = quoteToken) =>
    stage.client.pushMessage({ to, messages: [{ type: 'text', text: '3 GBです', quoteToken: token }] });
  const { sentMessages } = await push(taro.userId);
  await push(taro.userId, sentMessages[0]?.quoteToken);
  expect(await refusalOf(push(taro.userId, 'made-up'))).toMatchObject({
    status: 400,
    body: { details: [{ property: 'messages[0].quoteToken' }] },
  });
  expect(await refusalOf(push(hanako.userId))).toMatchObject({ status: 400 });

  const answered = (await stage.screen(taro)).talk.map(({ quotedMessageId }) => quotedMessageId);
  expect(answered).toEqual([undefined, id, sentMessages[0]?.id]);
  await stage.control('POST', `/people/${taro.userId}/say`, { text: 'それです', quotes: sentMessages[0]?.id });
  expect((await stage.settled()).at(-1)).toMatchObject({ message: { quotedMessageId: sentMessages[0]?.id } });
});

test('LINE’s own emoji are told beside the text in which they stand', async () => {
  await stage.befriend('たろう');
  const emojis = [{ index: 0, length: 6, productId: '5ac1bfd5040ab15980c9b435', emojiId: '001' }];
  await stage.control('POST', `/people/${taro.userId}/say`, { text: '(moon)です', emojis });
  expect((await stage.settled()).at(-1)).toMatchObject({ message: { text: '(moon)です', emojis } });
});
