import { Hono } from 'hono';
import type { Platform } from '../platform.ts';
import type { Coupon, CouponBody } from '../world/coupons.ts';
import { readChecked } from './body.ts';
import type { Env } from './envelope.ts';
import { refuse } from './refusal.ts';

const statuses = ['DRAFT', 'RUNNING', 'CLOSED'];

/** Coupons: made, listed, looked at, closed. A made one is running at once; a draft can only be made in LINE's console. */
export function couponRoutes({ world }: Platform): Hono<Env> {
  const app = new Hono<Env>();

  app.post('/v2/bot/coupon', async (c) => {
    const body = await readChecked<CouponBody>(c, 'CouponCreate');
    const couponId = world.ids.couponId();
    world.coupons.add({ couponId, body, createdAtMs: world.clock.now(), isClosed: false });
    return c.json({ couponId });
  });

  app.get('/v2/bot/coupon', (c) => {
    const wanted = c.req.query('status')?.split(',') ?? statuses;
    if (wanted.some((status) => !statuses.includes(status))) throw refuse(400, invalid('status'));
    const limit = Number(c.req.query('limit') ?? 20);
    if (!Number.isInteger(limit) || limit < 1 || limit > 100) throw refuse(400, invalid('limit'));
    const start = Number(c.req.query('start') ?? 0);
    if (!Number.isInteger(start) || start < 0) throw refuse(400, invalid('start'));
    const found = world.coupons.all().filter((coupon) => wanted.includes(statusOf(coupon)));
    const items = found.slice(start, start + limit).map(({ couponId, body }) => ({ couponId, title: body.title }));
    return c.json({ items, ...(start + limit < found.length ? { next: String(start + limit) } : {}) });
  });

  app.get('/v2/bot/coupon/:id', (c) => c.json(viewOf(couponAt(c.req.param('id')))));

  app.put('/v2/bot/coupon/:id/close', (c) => {
    const coupon = couponAt(c.req.param('id'));
    if (statusOf(coupon) === 'CLOSED') throw refuse(400, 'The coupon is already closed');
    coupon.isClosed = true;
    return c.json({});
  });

  function couponAt(couponId: string): Coupon {
    const coupon = world.coupons.find(couponId);
    if (!coupon) throw refuse(404, 'Not found');
    return coupon;
  }

  function statusOf({ isClosed, body }: Coupon): string {
    return isClosed || body.endTimestamp * 1_000 < world.clock.now() ? 'CLOSED' : 'RUNNING';
  }

  function viewOf(coupon: Coupon) {
    const { couponId, body, createdAtMs } = coupon;
    const { reward, acquisitionCondition, ...rest } = body;
    // A percentage has no currency.
    const currency = reward?.priceInfo?.type === 'percentage' ? {} : { currency: 'JPY' };
    const priceInfo = reward?.priceInfo ? { priceInfo: { ...reward.priceInfo, ...currency } } : {};
    return {
      ...rest,
      acquisitionCondition,
      ...(reward ? { reward: { ...reward, ...priceInfo } } : {}),
      maxAcquireCount: acquisitionCondition.maxAcquireCount ?? -1,
      maxTicketPerUser: 1,
      couponId,
      createdTimestamp: Math.floor(createdAtMs / 1_000),
      status: statusOf(coupon),
    };
  }

  return app;
}

function invalid(parameter: string): string {
  return `The value for the '${parameter}' parameter is invalid`;
}
