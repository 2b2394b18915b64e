import { Hono } from 'hono';
import type { ClockState } from '../contract.ts';
import type { Platform } from '../platform.ts';
import { parseDuration } from '../world/clock.ts';
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
    const deaf = await tellFollowers(platform, state);
    if (deaf.length > 0) return problem(c, 502, `the clock moved, but these did not follow: ${deaf.join(', ')}`);
    return c.json(state);
  });

  return app;
}

/** Followers answer before the clock's caller does, so that both go by the same time from then on. */
export async function tellFollowers({ settings }: Platform, state: ClockState): Promise<string[]> {
  const body = JSON.stringify(state);
  const answers = await Promise.all(
    settings.clockFollowers.map(async (url) => {
      const isHeard = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
        signal: AbortSignal.timeout(5_000),
      }).then(
        (answer) => answer.ok,
        () => false,
      );
      return isHeard ? [] : [url];
    }),
  );
  return answers.flat();
}
