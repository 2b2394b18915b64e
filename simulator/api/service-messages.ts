import { Hono } from 'hono';
import type { Platform } from '../platform.ts';
import type { NotificationToken } from '../world/service-messages.ts';
import { readJson } from './body.ts';
import type { Env } from './envelope.ts';
import { requireChannelToken } from './guards.ts';
import { refuse } from './refusal.ts';

const yearSeconds = 31_536_000;
const sendsAtMost = 5;

/** Service messages of a mini app: a token for a person who has it open, then up to five notices, each renewing the token. */
export function serviceMessageRoutes(platform: Platform): Hono<Env> {
  const { world } = platform;
  const app = new Hono<Env>();
  app.use('/message/v3/notifier/*', requireChannelToken(platform));

  app.post('/message/v3/notifier/token', async (c) => {
    const { liffAccessToken } = (await readJson(c)) as { liffAccessToken?: unknown };
    if (typeof liffAccessToken !== 'string') throw refuse(400, 'liffAccessToken is required');
    const now = world.clock.now();
    const login = world.logins.access(liffAccessToken, now);
    if (!login) throw refuse(401, 'The liffAccessToken is invalid or expired');
    if (!world.serviceMessages.useAccessToken(liffAccessToken)) {
      throw refuse(400, 'A notification token has already been issued for this liffAccessToken');
    }
    const expiresAtMs = now + yearSeconds * 1_000;
    const sessionId = world.ids.alphanumeric(22);
    return c.json(issue({ userId: login.userId, sessionId, remainingCount: sendsAtMost, expiresAtMs }));
  });

  app.post('/message/v3/notifier/send', async (c) => {
    if (c.req.query('target') !== 'service') throw refuse(400, "The value for the 'target' parameter is invalid");
    const body = (await readJson(c)) as { templateName?: unknown; params?: unknown; notificationToken?: unknown };
    const { templateName, params, notificationToken } = body;
    if (typeof templateName !== 'string' || templateName === '') throw refuse(400, 'templateName is required');
    if (!/_[a-z]{2}(-[A-Z]{2})?$/.test(templateName)) throw refuse(400, 'templateName must end with its language');
    if (typeof params !== 'object' || params === null) throw refuse(400, 'params is required');
    const token = String(notificationToken);
    const found = world.serviceMessages.find(token, world.clock.now());
    if (!found) throw refuse(401, 'The notificationToken is invalid or expired');
    if (found.remainingCount < 1) throw refuse(403, 'The notificationToken has no sendings left');
    world.serviceMessages.remove(token);
    show(found.userId, templateName, params);
    return c.json(issue({ ...found, remainingCount: found.remainingCount - 1 }));
  });

  function issue(notification: NotificationToken) {
    const notificationToken = world.ids.opaque(64);
    world.serviceMessages.issue(notificationToken, notification);
    const { expiresAtMs, remainingCount, sessionId } = notification;
    // Begun seconds count: between issuing and saying so a millisecond may have passed.
    const expiresIn = Math.ceil((expiresAtMs - world.clock.now()) / 1_000);
    return { notificationToken, expiresIn, remainingCount, sessionId };
  }

  /** In a talk of its own, beside the account's. */
  function show(userId: string, templateName: string, params: object): void {
    const lines = Object.entries(params).map(([name, value]) => `${name}: ${value}`);
    world.inboxes.add(userId, {
      id: world.ids.messageId(),
      from: { userId: 'service-messages', displayName: 'お知らせ' },
      at: world.clock.instant(),
      text: [templateName, ...lines].join('\n'),
    });
    world.changes.tell({ type: 'inbox', userId });
  }

  return app;
}
