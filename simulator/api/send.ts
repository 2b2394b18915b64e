import { Hono } from 'hono';
import { type CheckedMessage, deliver } from '../acts/deliver.ts';
import type { Platform } from '../platform.ts';
import type { PersonRecord } from '../world/people.ts';
import { acceptOnce, readRetryKey, refuseRetryKey } from './accept-once.ts';
import { readChecked } from './body.ts';
import type { Env } from './envelope.ts';
import { refuse } from './refusal.ts';

const userIdShape = /^U[0-9a-f]{32}$/;

interface PushBody {
  messages: CheckedMessage[];
  customAggregationUnits?: string[];
}

/** Reply, push, multicast, broadcast, and the validation of each kind of sending. */
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
    const body = await readChecked<PushBody & { to: string }>(c, 'Push');
    return acceptOnce(platform, c, retryKey, () => ({
      kind: 'push',
      recipients: [personAt(body.to, 'to')],
      messages: body.messages,
      units: body.customAggregationUnits ?? [],
    }));
  });

  app.post('/v2/bot/message/multicast', async (c) => {
    const retryKey = readRetryKey(c);
    const body = await readChecked<PushBody & { to: string[] }>(c, 'Multicast');
    return acceptOnce(platform, c, retryKey, () => ({
      kind: 'multicast',
      recipients: body.to.map((userId, index) => personAt(userId, `to[${index}]`)),
      messages: body.messages,
      units: body.customAggregationUnits ?? [],
    }));
  });

  app.post('/v2/bot/message/broadcast', async (c) => {
    const retryKey = readRetryKey(c);
    const body = await readChecked<{ messages: CheckedMessage[] }>(c, 'Broadcast');
    const recipients = world.people.all().filter((person) => world.people.isReachable(person));
    return acceptOnce(platform, c, retryKey, () => ({
      kind: 'broadcast',
      recipients,
      messages: body.messages,
      units: [],
    }));
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

  return app;
}
