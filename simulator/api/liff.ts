import { type Context, Hono } from 'hono';
import { type CheckedMessage, isReached } from '../acts/deliver.ts';
import { sayObject } from '../acts/say.ts';
import { makeContextToken } from '../login/liff-context.ts';
import { checkBody } from '../messages/check.ts';
import type { Platform } from '../platform.ts';
import type { LoginToken } from '../world/logins.ts';
import { readJson } from './body.ts';
import type { Env } from './envelope.ts';
import { Refusal, refuse } from './refusal.ts';

/** What the LIFF SDK asks of api.line.me: about the app, for one-time tokens, and to write into the talk. */
export function liffApiRoutes(platform: Platform): Hono<Env> {
  const { world, settings } = platform;
  const app = new Hono<Env>();

  // Also asked before anybody has signed in.
  app.get('/liff/v2/apps/:liffId/contextToken', async (c) => {
    checkApp(c);
    return c.json({ contextToken: await makeContextToken(platform, null) });
  });

  app.get('/liff/v2/apps/:liffId/featureToken', (c) => {
    checkApp(c);
    loginOf(c, platform);
    return c.json({ featureToken: world.ids.opaque(32) });
  });

  app.get('/liff/v2/apps/:liffId/ott', (c) => {
    checkApp(c);
    const { userId } = loginOf(c, platform);
    const ott = world.ids.alphanumeric(20);
    world.sharePicks.issue(ott, userId, world.clock.now());
    return c.json({ ott });
  });

  // Where a sub-window's app lives; `subwindowCommonModule` lets both windows talk through liff-subwindow.line.me.
  app.get('/liff/v2/sub/:liffId/origin', (c) => {
    checkApp(c);
    const { origin } = new URL(settings.liffEndpointUrl ?? '');
    return c.json({ origin, subwindowCommonModule: true });
  });

  app.post('/message/v3/share', async (c) => {
    const login = loginOf(c, platform);
    if (!login.scope.includes('chat_message.write')) throw refuse(403, 'user doesn’t grant required permissions yet');
    const body = (await readJson(c)) as { messages?: unknown };
    const refusal = checkBody('Validate', { messages: body.messages });
    if (refusal) throw new Refusal(400, refusal);
    const person = world.people.findPresent(login.userId);
    if (!person || !isReached(world.clock.now(), person)) throw refuse(403, 'the person has no talk with the account');
    for (const message of body.messages as CheckedMessage[]) sayObject(platform, person, message);
    return c.json({ status: 'ok' });
  });

  function checkApp(c: Context<Env>): void {
    if (c.req.param('liffId') !== settings.liffId || !settings.liffEndpointUrl) throw refuse(404, 'not found');
  }

  return app;
}

/** The person signed in to the LIFF app, by the bearer token. */
export function loginOf(c: Context<Env>, { world }: Platform): LoginToken {
  const header = c.req.header('authorization') ?? '';
  const login = world.logins.access(header.replace(/^Bearer /, ''), world.clock.now());
  if (!login) throw refuse(401, 'The access token expired');
  return login;
}
