import { Hono } from 'hono';
import type { Platform } from '../platform.ts';
import { dayInJapan } from '../world/quota.ts';
import type { Env } from './envelope.ts';
import { refuse } from './refusal.ts';

/** The plan's limit, what is used of it, and messages sent a day. */
export function quotaRoutes({ world }: Platform): Hono<Env> {
  const app = new Hono<Env>();

  app.get('/v2/bot/message/quota', (c) => {
    const value = world.quota.limitPerMonth;
    return c.json(value === null ? { type: 'none' } : { type: 'limited', value });
  });

  app.get('/v2/bot/message/quota/consumption', (c) => {
    return c.json({ totalUsage: world.quota.usedInMonth(world.clock.now()) });
  });

  app.get('/v2/bot/message/delivery/:kind{reply|push|multicast|broadcast|pnp}', (c) => {
    const day = c.req.query('date') ?? '';
    if (!/^\d{8}$/.test(day)) throw refuse(400, "The value for the 'date' parameter is invalid");
    // The day's count is ready once the day is over in Japan.
    if (day >= dayInJapan(world.clock.now())) return c.json({ status: 'unready' });
    return c.json({ status: 'ready', success: world.quota.sentOn(c.req.param('kind'), day) });
  });

  return app;
}
