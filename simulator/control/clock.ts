import { Hono } from 'hono';
import type { Platform } from '../platform.ts';
import { parseDuration } from '../world/clock.ts';
import { tellFollowers } from './followers.ts';
import { problem, readObject } from './input.ts';

/** The simulated clock, and telling those who follow it. */
export function clockRoutes(platform: Platform): Hono {
  const { clock, changes } = platform.world;
  const app = new Hono();

  app.get('/clock', (c) => c.json(clock.state()));

  app.post('/clock', async (c) => {
    const order = await readObject(c);
    if (order.reset === true) clock.reset();
    if (typeof order.freeze === 'boolean') clock.freeze(order.freeze);
    if (order.set !== undefined) {
      const at = Date.parse(String(order.set));
      if (Number.isNaN(at)) return problem(c, 400, `not an instant: ${order.set}`);
      clock.set(at);
    }
    if (order.advance !== undefined) {
      const byMs = parseDuration(String(order.advance));
      if (byMs === null) return problem(c, 400, `not an ISO 8601 duration: ${order.advance}`);
      clock.advance(byMs);
    }
    changes.tell({ type: 'clock' });
    const state = clock.state();
    const deaf = await tellFollowers(platform.settings.clockFollowers, state);
    if (deaf.length > 0) return problem(c, 502, `the clock moved, but these did not follow: ${deaf.join(', ')}`);
    return c.json(state);
  });

  return app;
}
