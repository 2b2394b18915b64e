import { Hono } from 'hono';
import type { Env } from '../api/envelope.ts';
import type { Platform } from '../platform.ts';
import { makeEvent } from '../webhooks/events.ts';
import { showLogin } from './login.tsx';
import { showBadRequest, showNotice } from './notice.tsx';
import { visitorOf } from './visitor.ts';

/**
 * The account-link dialogue: is the person in this browser the one the link token was made for?
 * The same: webhook `ok`. Another: webhook `failed`, without source and reply token. A used or expired token: no webhook.
 */
export function accountLinkRoutes(platform: Platform): Hono<Env> {
  const { world, webhooks } = platform;
  const app = new Hono<Env>();

  app.get('/dialog/bot/accountLink', (c) => {
    const person = visitorOf(c, platform);
    const { linkToken = '', nonce = '' } = c.req.query();
    if (nonce.length < 10 || nonce.length > 255)
      return showBadRequest(c, person, 'nonce must have 10 to 255 characters');
    if (!person) return showLogin(c, platform, c.req.url.slice(new URL(c.req.url).origin.length));

    const owner = world.linkTokens.take(linkToken, world.clock.now());
    if (owner === null) {
      return showNotice(c, { person, title: (t) => t.expiredTitle, text: (t) => t.expiredText, status: 400 });
    }
    if (owner !== person.userId) {
      webhooks.send(makeEvent(world, null, { type: 'accountLink', reply: false, link: { result: 'failed', nonce } }));
      return showNotice(c, { person, title: (t) => t.wrongPersonTitle, text: (t) => t.wrongPersonText, status: 400 });
    }
    webhooks.send(makeEvent(world, owner, { type: 'accountLink', reply: true, link: { result: 'ok', nonce } }));
    return showNotice(c, { person, title: (t) => t.linkedTitle, text: (t) => t.linkedText });
  });

  return app;
}
