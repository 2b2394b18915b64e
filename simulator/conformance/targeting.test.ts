import { insight, manageAudience } from '@line/bot-sdk';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { refusalOf } from '../testing/refusal.ts';
import { type Stage, startStage } from '../testing/stage.ts';

let stage: Stage;
let audiences: manageAudience.ManageAudienceClient;
let statistics: insight.InsightClient;
beforeAll(async () => {
  stage = await startStage();
  const options = { channelAccessToken: 'a-token-from-the-console', baseURL: stage.origins.api };
  audiences = new manageAudience.ManageAudienceClient(options);
  statistics = new insight.InsightClient(options);
});
beforeEach(async () => {
  await stage.control('POST', '/reset');
});
afterAll(() => stage.stop());

const hello = { type: 'text', text: 'こんにちは' } as const;

async function narrowcast(request: Omit<Parameters<Stage['client']['narrowcast']>[0], 'messages'>) {
  const { httpResponse } = await stage.client.narrowcastWithHttpInfo({ messages: [hello], ...request });
  expect(httpResponse.status).toBe(202);
  return httpResponse.headers.get('x-line-request-id') ?? '';
}

async function whoGotIt(): Promise<string[]> {
  const people = await stage.control<{ userId: string; displayName: string }[]>('GET', '/people');
  return people.filter(({ userId }) => stage.simulator.world.talks.of(userId).entries.length > 0).map(nameOf);
}
const nameOf = ({ displayName }: { displayName: string }) => displayName;

test('a narrowcast reaches the friends of an audience, and its request id leads to its progress', async () => {
  const taro = await stage.befriend('たろう');
  await stage.befriend('はなこ');
  const { audienceGroupId = 0 } = await audiences.createAudienceGroup({
    description: '6GB',
    audiences: [{ id: taro.userId }],
  });
  const requestId = await narrowcast({ recipient: { type: 'audience', audienceGroupId } });
  expect(await whoGotIt()).toEqual(['たろう']);
  expect(await stage.client.getNarrowcastProgress(requestId)).toMatchObject({
    phase: 'succeeded',
    targetCount: 1,
    successCount: 1,
    failureCount: 0,
  });
  const other = '00000000-0000-4000-8000-000000000000';
  expect((await refusalOf(stage.client.getNarrowcastProgress(other))).status).toBe(404);
});

test('recipients combine: everybody but those of an earlier narrowcast', async () => {
  await stage.befriend('たろう');
  await stage.befriend('いちろう');
  const requestId = await narrowcast({ filter: { demographic: { type: 'age', gte: 'age_60' } } });
  expect(await whoGotIt()).toEqual(['いちろう']);
  await narrowcast({ recipient: { type: 'operator', not: { type: 'redelivery', requestId } } });
  expect(await whoGotIt()).toEqual(['たろう', 'いちろう']);
});

test('a narrowcast is limited in number, checked as strictly as a push, and repeated by key only once', async () => {
  await stage.befriend('たろう');
  await stage.befriend('はなこ');
  await narrowcast({ limit: { max: 1 } });
  expect(await whoGotIt()).toHaveLength(1);
  const raw = (body: unknown, headers = {}) => stage.api('POST', '/v2/bot/message/narrowcast', body, headers);
  expect((await raw({ messages: [hello], recipients: [] })).status).toBe(400);
  expect((await raw({ messages: [hello], recipient: { type: 'everybody' } })).status).toBe(400);
  const key = { 'x-line-retry-key': '00000000-0000-4000-8000-000000000001' };
  expect((await raw({ messages: [hello] }, key)).status).toBe(202);
  expect((await raw({ messages: [hello] }, key)).status).toBe(409);
});

test('an audience is made, filled, described, listed and deleted', async () => {
  const [taro, hanako] = [await stage.befriend('たろう'), await stage.befriend('はなこ')];
  const made = await audiences.createAudienceGroup({ description: 'A', audiences: [{ id: taro.userId }] });
  const id = made.audienceGroupId ?? 0;
  await audiences.addAudienceToAudienceGroup({ audienceGroupId: id, audiences: [{ id: hanako.userId }] });
  await audiences.updateAudienceGroupDescription(id, { description: 'B' });
  expect(await audiences.getAudienceData(id)).toMatchObject({
    audienceGroup: { audienceGroupId: id, type: 'UPLOAD', description: 'B', status: 'READY', audienceCount: 2 },
    jobs: [{ audienceCount: 1 }, { audienceCount: 1, jobStatus: 'FINISHED' }],
  });
  expect(await audiences.getAudienceGroups(1)).toMatchObject({ totalCount: 1, hasNextPage: false, page: 1 });
  await audiences.deleteAudienceGroup(id);
  expect((await refusalOf(audiences.getAudienceData(id))).status).toBe(400);
});

test('an audience from a file of user ids, on the data host', async () => {
  const taro = await stage.befriend('たろう');
  const files = new manageAudience.ManageAudienceBlobClient({
    channelAccessToken: 'a-token-from-the-console',
    baseURL: stage.origins.data,
  });
  const { audienceGroupId = 0 } = await files.createAudienceForUploadingUserIds(new Blob([`${taro.userId}\n`]), 'file');
  expect((await audiences.getAudienceData(audienceGroupId)).audienceGroup?.audienceCount).toBe(1);
  const bad = await refusalOf(files.addUserIdsToAudience(new Blob(['taro']), audienceGroupId));
  expect(bad.status).toBe(400);
});

test('an audience needs a description, and user ids of the right shape', async () => {
  expect(await refusalOf(audiences.createAudienceGroup({ audiences: [] }))).toMatchObject({
    status: 400,
    body: { details: [{ message: 'May not be empty', property: 'description' }] },
  });
  const wrong = audiences.createAudienceGroup({ description: 'A', audiences: [{ id: 'taro' }] });
  expect((await refusalOf(wrong)).status).toBe(400);
});

test('an audience of those who were sent a broadcast', async () => {
  await stage.befriend('たろう');
  const { httpResponse } = await stage.client.broadcastWithHttpInfo({ messages: [hello] });
  const requestId = httpResponse.headers.get('x-line-request-id') ?? '';
  const made = await audiences.createImpBasedAudienceGroup({ description: 'seen', requestId });
  const data = await audiences.getAudienceData(made.audienceGroupId ?? 0);
  expect(data.audienceGroup).toMatchObject({ type: 'IMP', requestId, audienceCount: 1 });
  expect(await statistics.getMessageEvent(requestId)).toMatchObject({ overview: { requestId, delivered: 1 } });
});

test("yesterday's friends and messages are counted; today's are not ready", async () => {
  await stage.control('POST', '/clock', { set: '2026-11-22T12:00:00+09:00' });
  const taro = await stage.befriend('たろう');
  await stage.client.pushMessage({ to: taro.userId, messages: [hello] });
  expect(await statistics.getNumberOfFollowers('20261122')).toEqual({ status: 'unready' });
  await stage.control('POST', '/clock', { advance: 'P1D' });
  expect(await statistics.getNumberOfFollowers('20261122')).toMatchObject({ status: 'ready', followers: 1, blocks: 0 });
  expect(await statistics.getNumberOfMessageDeliveries('20261122')).toMatchObject({ status: 'ready', apiPush: 1 });
  expect((await refusalOf(statistics.getNumberOfFollowers('yesterday'))).status).toBe(400);
  expect((await statistics.getFriendsDemographics()).available).toBe(true);
  await stage.control('POST', '/clock', { reset: true });
});

test('aggregation units are named by pushes and listed for the month', async () => {
  const taro = await stage.befriend('たろう');
  const push = (unit: string) =>
    stage.client.pushMessage({ to: taro.userId, messages: [hello], customAggregationUnits: [unit] });
  await push('bill');
  await push('bill');
  await push('outage');
  expect(await stage.client.getAggregationUnitUsage()).toEqual({ numOfCustomAggregationUnits: 2 });
  expect(await stage.client.getAggregationUnitNameList('1')).toEqual({ customAggregationUnits: ['bill'], next: '1' });
  expect(await statistics.getStatisticsPerUnit('bill', '20261101', '20261130')).toMatchObject({ messages: [] });
});

test('what the account has none of is empty or not found', async () => {
  expect(await stage.client.getMembershipList()).toEqual({ memberships: [] });
  expect((await refusalOf(stage.client.getGroupSummary(`C${'0'.repeat(32)}`))).status).toBe(404);
});
