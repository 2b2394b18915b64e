import { Hono } from 'hono';
import { z } from 'zod';
import type { AdjustableClock } from '../base/clock.ts';
import type { WebEnv } from '../infra/http/web-env.ts';

/** What the demo's simulator tells and asks the app. Mounted by `npm start` alone, never by `npm run serve`. */
export interface DemoControl {
  clock: AdjustableClock;
  /** Does what has become due. */
  runDue(): Promise<void>;
  isIdle(): Promise<boolean>;
  reset(): Promise<void>;
}

const clockState = z.object({ now: z.string(), offsetMs: z.number(), isFrozen: z.boolean() });

/** POST /demo/clock and /demo/reset, GET /demo/idle. */
export function demoControl({ clock, runDue, isIdle, reset }: DemoControl): Hono<WebEnv> {
  return new Hono<WebEnv>()
    .post('/demo/clock', async (c) => {
      const { now, offsetMs, isFrozen } = clockState.parse(await c.req.json());
      if (isFrozen) clock.freeze(now);
      else clock.shift(offsetMs);
      await runDue();
      return c.body(null, 204);
    })
    .get('/demo/idle', async (c) => c.json({ idle: await isIdle() }))
    .post('/demo/reset', async (c) => {
      await reset();
      return c.body(null, 204);
    });
}
