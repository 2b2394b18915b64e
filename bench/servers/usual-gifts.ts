import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { createAdjustableClock } from '../../src/base/clock.ts';
import { openDatabase } from '../../src/infra/db/index.ts';
import { giveNaively } from '../naive/gift.ts';
import { API_KEY, type Start, serveAs } from './child.ts';

/** A gift as a usual web handler: checked, one interactive transaction, answered. */
serveAs(async ({ databaseUrl, port, clockAheadMs }: Start) => {
  const clock = createAdjustableClock();
  clock.shift(clockAheadMs);
  const { pool } = openDatabase({ url: databaseUrl, poolSize: 16 });
  const web = new Hono();
  web.post('/api/v1/gifts', async (c) => {
    if (c.req.header('authorization') !== `Bearer ${API_KEY}`) return c.body(null, 401);
    const { fromSubscriptionId: from, toSubscriptionId: to, amountBytes } = await c.req.json();
    const requestId = c.req.header('idempotency-key') ?? '';
    const outcome = await giveNaively(pool, clock, { requestId, from, to, amountBytes });
    return c.json({ outcome }, outcome === 'given' ? 201 : 409);
  });
  await new Promise<void>((done) => void serve({ fetch: web.fetch, hostname: '127.0.0.1', port }, () => done()));
});
