import { type Context, Hono } from 'hono';
import type { Platform } from '../platform.ts';
import type { LoginToken } from '../world/logins.ts';
import { readJson } from './body.ts';
import type { Env } from './envelope.ts';
import { requireChannelToken } from './guards.ts';
import { refuse } from './refusal.ts';

/** What a signed-in person's access token opens: profile, friendship; and leaving the service. */
export function loginUserRoutes(platform: Platform): Hono<Env> {
  const { world } = platform;
  const app = new Hono<Env>();

  app.get('/v2/profile', (c) => {
    const { userId, displayName } = personBehind(c, 'profile');
    return c.json({ userId, displayName });
  });

  app.on(['GET', 'POST'], '/oauth2/v2.1/userinfo', (c) => {
    const { userId, displayName } = personBehind(c, 'openid');
    return c.json({ sub: userId, name: displayName });
  });

  app.get('/friendship/v1/status', (c) => {
    const person = personBehind(c, 'profile');
    return c.json({ friendFlag: world.people.isReachable(person) });
  });

  app.post('/user/v1/deauthorize', requireChannelToken(platform), async (c) => {
    const { userAccessToken } = (await readJson(c)) as { userAccessToken?: string };
    const login = world.logins.access(userAccessToken ?? '', world.clock.now());
    if (!login) throw refuse(400, 'The userAccessToken is invalid');
    world.logins.revokeAllOf(login.userId);
    const person = world.people.find(login.userId);
    if (person) person.consentedScopes = [];
    return c.body(null, 204);
  });

  function personBehind(c: Context<Env>, scope: string) {
    const login = loginOf(c);
    if (!login.scope.includes(scope)) throw refuse(403, 'The scope of the access token is insufficient');
    const person = world.people.find(login.userId);
    if (!person) throw refuse(404, 'Not found');
    return person;
  }

  function loginOf(c: Context<Env>): LoginToken {
    const header = c.req.header('authorization') ?? '';
    const login = world.logins.access(header.replace(/^Bearer /, ''), world.clock.now());
    if (!login) throw refuse(401, 'The access token expired');
    return login;
  }

  return app;
}
