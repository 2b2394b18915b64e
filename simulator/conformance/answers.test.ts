import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { generateSchemas } from '../messages/generate-schemas.ts';
import { type Stage, startStage } from '../testing/stage.ts';

// Every answer is what LINE's own description says it is, property by property and with none besides: the SDK's types
// are generated from it.

const ajv = new Ajv({ allErrors: true, discriminator: true, strict: false, validateFormats: false });
ajv.addSchema(
  JSON.parse(generateSchemas(fileURLToPath(new URL('../testing/answer-types.ts', import.meta.url)))),
  'answers',
);

let stage: Stage;
beforeAll(async () => {
  stage = await startStage({ monthlyLimit: 1_000 });
});
afterAll(() => stage.stop());

/** The answer, once it has been found to be of that type. */
async function answer(name: string, method: string, path: string, body?: unknown, host = stage.origins.api) {
  const response = await fetch(host + path, {
    method,
    headers: { authorization: 'Bearer a-token-from-the-console', 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const answered = await response.json();
  const isRight = ajv.validate({ $ref: `answers#/definitions/${name}` }, answered);
  expect(isRight ? [] : ajv.errors, `${name}: ${method} ${path} → ${JSON.stringify(answered)}`).toEqual([]);
  return { answered, requestId: response.headers.get('x-line-request-id') };
}

test('the bot, its people, sending', { timeout: 60_000 }, async () => {
  const { userId, replyToken } = await stage.befriend('たろう');
  const messages = [{ type: 'text', text: 'こんにちは' }];
  await answer('BotInfo', 'GET', '/v2/bot/info');
  await answer('Profile', 'GET', `/v2/bot/profile/${userId}`);
  await answer('Followers', 'GET', '/v2/bot/followers/ids');
  await answer('LinkToken', 'POST', `/v2/bot/user/${userId}/linkToken`);
  await answer('Replied', 'POST', '/v2/bot/message/reply', { replyToken, messages });
  await answer('Pushed', 'POST', '/v2/bot/message/push', { to: userId, messages, customAggregationUnits: ['spring'] });
  await answer('Refused', 'POST', '/v2/bot/message/push', { to: userId, messages: [{ type: 'text', text: '' }] });
  await answer('Refused', 'GET', '/v2/bot/profile/nobody');
  const sent = await stage.api('POST', '/v2/bot/message/narrowcast', { messages });
  const requestId = sent.headers.get('x-line-request-id');
  await answer('NarrowcastProgress', 'GET', `/v2/bot/message/progress/narrowcast?requestId=${requestId}`);
  await answer('Limit', 'GET', '/v2/bot/message/quota');
  await answer('Consumption', 'GET', '/v2/bot/message/quota/consumption');
  for (const day of ['20200101', '20991231']) {
    await answer('Delivered', 'GET', `/v2/bot/message/delivery/push?date=${day}`);
  }
  await answer('Units', 'GET', '/v2/bot/message/aggregation/info');
  await answer('UnitNames', 'GET', '/v2/bot/message/aggregation/list');
  const { id } = await stage.control<{ id: string }>('POST', `/people/${userId}/video`);
  await answer('Transcoding', 'GET', `/v2/bot/message/${id}/content/transcoding`, undefined, stage.origins.data);
});

test('webhook settings, menus, coupons', async () => {
  await answer('Endpoint', 'GET', '/v2/bot/channel/webhook/endpoint');
  await answer('EndpointTest', 'POST', '/v2/bot/channel/webhook/test', {});
  const size = { width: 2500, height: 843 };
  const menu = { size, selected: true, name: 'メニュー', chatBarText: 'メニュー', areas: [] };
  const { richMenuId } = (await answer('MenuId', 'POST', '/v2/bot/richmenu', menu)).answered;
  await stage.client.createRichMenuAlias({ richMenuAliasId: 'home', richMenuId });
  await answer('Menu', 'GET', `/v2/bot/richmenu/${richMenuId}`);
  await answer('Menus', 'GET', '/v2/bot/richmenu/list');
  await answer('Alias', 'GET', '/v2/bot/richmenu/alias/home');
  await answer('Aliases', 'GET', '/v2/bot/richmenu/alias/list');
  const batch = await stage.client.richMenuBatchWithHttpInfo({ operations: [{ type: 'unlinkAll' }] });
  const batchId = batch.httpResponse.headers.get('x-line-request-id');
  await answer('BatchProgress', 'GET', `/v2/bot/richmenu/progress/batch?requestId=${batchId}`);
  const coupon = {
    title: '100円引き',
    startTimestamp: 1,
    endTimestamp: 2_000_000_000,
    maxUseCountPerTicket: 1,
    visibility: 'PUBLIC',
    timezone: 'ASIA_TOKYO',
    acquisitionCondition: { type: 'normal' },
    reward: { type: 'cashBack', priceInfo: { type: 'percentage', percentage: 5 } },
  };
  const { couponId } = (await answer('CouponId', 'POST', '/v2/bot/coupon', coupon)).answered;
  await answer('Coupon', 'GET', `/v2/bot/coupon/${couponId}`);
  await answer('CouponList', 'GET', '/v2/bot/coupon?limit=1');
  await answer('Memberships', 'GET', '/v2/bot/membership/list');
});

test('audiences and insight', async () => {
  const { userId } = await stage.befriend('はなこ');
  const audience = { description: '春', isIfaAudience: false, audiences: [{ id: userId }] };
  const { audienceGroupId } = (await answer('MadeAudience', 'POST', '/v2/bot/audienceGroup/upload', audience)).answered;
  await answer('AudienceData', 'GET', `/v2/bot/audienceGroup/${audienceGroupId}`);
  await answer('AudienceList', 'GET', '/v2/bot/audienceGroup/list?page=1');
  for (const day of ['20200101', '20991231']) {
    await answer('FollowerCount', 'GET', `/v2/bot/insight/followers?date=${day}`);
    await answer('DeliveryCount', 'GET', `/v2/bot/insight/message/delivery?date=${day}`);
  }
  await answer('Demographics', 'GET', '/v2/bot/insight/demographic');
  const sent = await stage.client.broadcastWithHttpInfo({ messages: [{ type: 'text', text: 'みなさん' }] });
  const requestId = sent.httpResponse.headers.get('x-line-request-id');
  await answer('MessageEvent', 'GET', `/v2/bot/insight/message/event?requestId=${requestId}`);
  const units = 'customAggregationUnit=spring&from=20260101&to=20260102';
  await answer('UnitStatistics', 'GET', `/v2/bot/insight/message/event/aggregation?${units}`);
});
