import type { messagingApi } from '@line/bot-sdk';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { refusalOf } from '../testing/refusal.ts';
import { type Stage, startStage } from '../testing/stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await startStage();
});
beforeEach(async () => {
  await stage.control('POST', '/reset');
});
afterAll(() => stage.stop());

const inSeconds = (days: number) => Math.floor(Date.now() / 1_000) + days * 86_400;
const coupon = (title: string): messagingApi.CouponCreateRequest => ({
  title,
  description: '1回だけ使えます',
  startTimestamp: inSeconds(0),
  endTimestamp: inSeconds(30),
  maxUseCountPerTicket: 1,
  visibility: 'UNLISTED',
  timezone: 'ASIA_TOKYO',
  acquisitionCondition: { type: 'lottery', lotteryProbability: 50, maxAcquireCount: 100 },
  reward: { type: 'discount', priceInfo: { type: 'fixed', fixedAmount: 100 } },
});

test('a coupon is made, looked at, sent and closed', async () => {
  const taro = await stage.befriend('たろう');
  const { couponId } = await stage.client.createCoupon(coupon('100円引き'));
  expect(await stage.client.getCouponDetail(couponId)).toMatchObject({
    couponId,
    title: '100円引き',
    status: 'RUNNING',
    maxAcquireCount: 100,
    reward: { type: 'discount', priceInfo: { type: 'fixed', fixedAmount: 100, currency: 'JPY' } },
  });
  await stage.client.pushMessage({ to: taro.userId, messages: [{ type: 'coupon', couponId }] });
  expect((await stage.screen(taro)).talk.at(-1)?.coupon).toMatchObject({ title: '100円引き' });

  await stage.client.closeCoupon(couponId);
  expect((await stage.client.getCouponDetail(couponId)).status).toBe('CLOSED');
  expect((await refusalOf(stage.client.closeCoupon(couponId))).status).toBe(400);
  expect((await refusalOf(stage.client.getCouponDetail('01NOSUCHCOUPON'))).status).toBe(404);
});

test('coupons are listed newest first, by status, in pages; one that has ended is closed', async () => {
  for (const title of ['一', '二', '三']) await stage.client.createCoupon(coupon(title));
  const first = await stage.client.listCoupon(new Set(['RUNNING']), undefined, 2);
  expect(first.items.map(({ title }) => title)).toEqual(['三', '二']);
  const rest = await stage.client.listCoupon(new Set(['RUNNING']), first.next, 2);
  expect(rest).toEqual({ items: [{ couponId: expect.any(String), title: '一' }] });
  await stage.control('POST', '/clock', { advance: 'P31D' });
  expect((await stage.client.listCoupon(new Set(['RUNNING']))).items).toEqual([]);
  expect((await stage.client.listCoupon(new Set(['CLOSED']))).items).toHaveLength(3);
  await stage.control('POST', '/clock', { reset: true });
});

test.each([
  ['title', { title: '' }],
  ['endTimestamp', { endTimestamp: 1 }],
  ['maxUseCountPerTicket', { maxUseCountPerTicket: 0 }],
  ['visibility', { visibility: 'SECRET' }],
  [
    'acquisitionCondition.lotteryProbability',
    { acquisitionCondition: { type: 'lottery', lotteryProbability: 100, maxAcquireCount: 1 } },
  ],
])('a coupon with a wrong %s is refused', async (property, wrong) => {
  const answer = await stage.api('POST', '/v2/bot/coupon', { ...coupon('だめ'), ...wrong });
  expect(answer.status).toBe(400);
  expect((await answer.json()).details).toMatchObject([{ property }]);
});
