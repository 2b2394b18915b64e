import { createHash } from 'node:crypto';
import { type Context, Hono } from 'hono';
import { type CheckedMessage, deliver } from '../acts/deliver.ts';
import type { Platform } from '../platform.ts';
import { makeEvent } from '../webhooks/events.ts';
import type { PersonRecord } from '../world/people.ts';
import { refuseRetryKey } from './accept-once.ts';
import { readChecked, readJson } from './body.ts';
import type { Env } from './envelope.ts';
import { limitRate, requireChannelToken } from './guards.ts';
import { checkTemplate, showTemplate, type TemplateNotification } from './notification-template.ts';
import { refuse } from './refusal.ts';

const hashShape = /^[0-9a-f]{64}$/;
const unsendable = new Set(['image', 'video', 'audio', 'imagemap']);

/**
 * Notification messages by phone number: they also reach people who never added the account, and a `delivery` webhook
 * tells that they arrived. Who blocked the account gets nothing, and the caller hears nothing of it.
 */
export function notificationRoutes(platform: Platform): Hono<Env> {
  const { world, webhooks } = platform;
  const app = new Hono<Env>();
  app.use('/bot/pnp/*', requireChannelToken(platform), limitRate(platform));

  app.post('/bot/pnp/push', async (c) => {
    refuseRetryKey(c.req.header('x-line-retry-key'));
    const { to, messages } = await readChecked<{ to: string; messages: CheckedMessage[] }>(c, 'NotificationPush');
    const place = messages.findIndex(({ type }) => unsendable.has(type));
    if (place >= 0) {
      throw refuse(400, 'The request body has 1 error(s)', [
        { message: 'This message type cannot be sent as a notification', property: `messages[${place}].type` },
      ]);
    }
    send(c, to, messages);
    return c.json({});
  });

  app.post('/v2/bot/message/pnp/templated/push', async (c) => {
    const body = await readJson(c);
    const details = checkTemplate(body);
    if (details.length > 0) throw refuse(400, `The request body has ${details.length} error(s)`, details);
    const notification = body as TemplateNotification;
    send(c, notification.to, [showTemplate(notification)]);
    return c.json({}, 202);
  });

  function send(c: Context<Env>, to: string, messages: CheckedMessage[]): void {
    const tag = c.req.header('x-line-delivery-tag');
    if (tag !== undefined && (tag.length < 16 || tag.length > 100)) {
      throw refuse(400, "The value for the 'X-Line-Delivery-Tag' header is invalid");
    }
    if (!hashShape.test(to)) {
      throw refuse(400, "The property, 'to', in the request body is invalid (line: -, column: -)");
    }
    const person = world.people.all().find(({ phoneNumber }) => phoneNumber !== null && hashOf(phoneNumber) === to);
    if (!person) throw refuse(422, 'Failed to send messages');
    const now = world.clock.now();
    if (world.quota.wouldExceed(1, now)) throw refuse(429, 'You have reached your monthly limit.');
    world.quota.count('pnp', 1, now);
    deliver(platform, [person], messages, () => hasNotBlocked(person));
    if (!hasNotBlocked(person)) return;
    // Without a source: whose phone it was is not told.
    webhooks.send(makeEvent(world, null, { type: 'delivery', reply: false, delivery: { data: tag ?? to } }));
  }

  return app;
}

function hasNotBlocked(person: PersonRecord): boolean {
  return !person.isBlocked && !person.hasLeft;
}

/** Lower-case hex of SHA-256 over the number in E.164. */
function hashOf(phoneNumber: string): string {
  return createHash('sha256').update(phoneNumber).digest('hex');
}
