import { type Context, Hono } from 'hono';
import { type CheckedMessage, deliver } from '../acts/deliver.ts';
import type { Platform } from '../platform.ts';
import type { PersonRecord } from '../world/people.ts';
import { readChecked } from './body.ts';
import type { Env } from './envelope.ts';
import { Refusal, refuse } from './refusal.ts';

const userIdShape = /^U[0-9a-f]{32}$/;
const uuidShape = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

interface Sending {
  kind: 'push' | 'multicast' | 'broadcast';
  recipients: PersonRecord[];
  messages: CheckedMessage[];
}

/** Reply, push, multicast, broadcast, narrowcast and the validation of each. */
export function sendRoutes(platform: Platform): Hono<Env> {
  const { world } = platform;
  const app = new Hono<Env>();

  app.post('/v2/bot/message/reply', async (c) => {
    refuseRetryKey(c);
    const body = await readChecked<{ replyToken: string; messages: CheckedMessage[] }>(c, 'Reply');
    const userId = world.replyTokens.take(body.replyToken, world.clock.now());
    const person = userId === null ? undefined : world.people.find(userId);
    if (!person) throw refuse(400, 'Invalid reply token');
    world.quota.count('reply', 1, world.clock.now());
    return c.json({ sentMessages: deliver(platform, [person], body.messages) });
  });

  app.post('/v2/bot/message/push', async (c) => {
    const retryKey = readRetryKey(c);
    const body = await readChecked<{ to: string; messages: CheckedMessage[] }>(c, 'Push');
    return acceptOnce(c, retryKey, () => ({
      kind: 'push',
      recipients: [personAt(body.to, 'to')],
      messages: body.messages,
    }));
  });

  app.post('/v2/bot/message/multicast', async (c) => {
    const retryKey = readRetryKey(c);
    const body = await readChecked<{ to: string[]; messages: CheckedMessage[] }>(c, 'Multicast');
    return acceptOnce(c, retryKey, () => ({
      kind: 'multicast',
      recipients: body.to.map((userId, index) => personAt(userId, `to[${index}]`)),
      messages: body.messages,
    }));
  });

  app.post('/v2/bot/message/broadcast', async (c) => {
    const retryKey = readRetryKey(c);
    const body = await readChecked<{ messages: CheckedMessage[] }>(c, 'Broadcast');
    const recipients = world.people.all().filter((person) => world.people.isReachable(person));
    return acceptOnce(c, retryKey, () => ({ kind: 'broadcast', recipients, messages: body.messages }));
  });

  app.post('/v2/bot/message/validate/:kind{reply|push|multicast|narrowcast|broadcast}', async (c) => {
    await readChecked(c, 'Validate');
    return c.json({});
  });

  function personAt(userId: string, property: string): PersonRecord {
    if (!userIdShape.test(userId)) {
      throw refuse(400, `The property, '${property}', in the request body is invalid (line: -, column: -)`);
    }
    const person = world.people.find(userId);
    if (!person) throw refuse(400, 'Failed to send messages');
    return person;
  }

  /** Sends unless a request with the same retry key was accepted within 24 hours: that answers 409 and sends nothing. */
  function acceptOnce(c: Context<Env>, retryKey: string | null, prepare: () => Sending): Response {
    const now = world.clock.now();
    const before = retryKey === null ? null : world.retryKeys.find(retryKey, now);
    if (before) {
      const sentMessages = before.sentMessages ? { sentMessages: before.sentMessages } : {};
      throw new Refusal(
        409,
        { message: 'The retry key is already accepted', ...sentMessages },
        { 'x-line-accepted-request-id': before.requestId },
      );
    }
    const { kind, recipients, messages } = prepare();
    if (world.quota.wouldExceed(recipients.length, now)) throw refuse(429, 'You have reached your monthly limit.');
    world.quota.count(kind, recipients.length, now);
    const sent = deliver(platform, recipients, messages);
    const sentMessages = kind === 'push' ? sent : null;
    if (retryKey !== null) {
      world.retryKeys.accept(retryKey, { requestId: c.get('requestId'), acceptedAtMs: now, sentMessages });
    }
    return c.json(sentMessages ? { sentMessages } : {});
  }

  return app;
}

function readRetryKey(c: Context): string | null {
  const key = c.req.header('x-line-retry-key');
  if (key === undefined) return null;
  if (!uuidShape.test(key)) throw refuse(400, 'The retry key is invalid. It must be a UUID in hexadecimal format');
  return key;
}

/** Calls that cannot be retried by key refuse one instead of ignoring it. */
function refuseRetryKey(c: Context): void {
  if (c.req.header('x-line-retry-key') !== undefined) {
    throw refuse(400, 'The retry key is not supported by this endpoint');
  }
}
