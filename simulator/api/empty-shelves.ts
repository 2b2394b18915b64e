import { Hono } from 'hono';
import type { Env } from './envelope.ts';
import { refuse } from './refusal.ts';

/** What this account has none of: memberships. LINE's answers to asking for them. */
export function emptyShelfRoutes(): Hono<Env> {
  const app = new Hono<Env>();
  const none = () => {
    throw refuse(404, 'Not found');
  };
  app.get('/v2/bot/membership/list', (c) => c.json({ memberships: [] }));
  app.get('/v2/bot/membership/subscription/:userId', none);
  app.get('/v2/bot/membership/:id/users/ids', none);
  return app;
}
