import { Hono } from 'hono';
import type { Platform } from '../platform.ts';
import type { PersonRecord } from '../world/people.ts';
import { readChecked } from './body.ts';
import type { Env } from './envelope.ts';
import { refuse } from './refusal.ts';

const userIdShape = /^U[0-9a-f]{32}$/;

/** The bot itself, its people, link tokens, the loading bubble and read marks. */
export function peopleRoutes(platform: Platform): Hono<Env> {
  const { world, settings } = platform;
  const app = new Hono<Env>();

  app.get('/v2/bot/info', (c) =>
    c.json({
      ...settings.account,
      chatMode: world.chatMode,
      markAsReadMode: world.chatMode === 'bot' ? 'auto' : 'manual',
    }),
  );

  app.get('/v2/bot/profile/:userId', (c) => {
    const person = knownPerson(c.req.param('userId'));
    if (!world.people.isReachable(person)) throw refuse(404, 'Not found');
    const { userId, displayName, language } = person;
    return c.json({ userId, displayName, language });
  });

  app.get('/v2/bot/followers/ids', (c) => {
    const limit = Number(c.req.query('limit') ?? 300);
    if (!Number.isInteger(limit) || limit < 1 || limit > 1_000) {
      throw refuse(400, "The value for the 'limit' parameter is invalid");
    }
    const start = Number(c.req.query('start') ?? 0);
    if (!Number.isInteger(start) || start < 0) throw refuse(400, "The value for the 'start' parameter is invalid");
    const followers = world.people.all().filter((person) => world.people.isReachable(person));
    const userIds = followers.slice(start, start + limit).map((person) => person.userId);
    const next = start + limit < followers.length ? { next: String(start + limit) } : {};
    return c.json({ userIds, ...next });
  });

  app.post('/v2/bot/user/:userId/linkToken', (c) => {
    const person = knownPerson(c.req.param('userId'));
    const linkToken = world.ids.linkToken();
    world.linkTokens.issue(linkToken, person.userId, world.clock.now());
    return c.json({ linkToken });
  });

  app.post('/v2/bot/chat/loading/start', async (c) => {
    const body = await readChecked<{ chatId: string; loadingSeconds?: number }>(c, 'Loading');
    const person = world.people.find(body.chatId);
    if (person && world.people.isReachable(person)) {
      world.talks.of(person.userId).loadingUntilMs = world.clock.now() + (body.loadingSeconds ?? 20) * 1_000;
      world.changes.tell({ type: 'screen', userId: person.userId });
    }
    return c.json({}, 202);
  });

  app.post('/v2/bot/chat/markAsRead', async (c) => {
    const { markAsReadToken } = await readChecked<{ markAsReadToken: string }>(c, 'MarkAsReadByToken');
    const userId = world.talks.markRead(markAsReadToken);
    if (userId === null) throw refuse(400, 'The markAsReadToken is invalid');
    world.changes.tell({ type: 'screen', userId });
    return c.json({});
  });

  app.post('/v2/bot/message/markAsRead', async (c) => {
    const { chat } = await readChecked<{ chat: { userId: string } }>(c, 'MarkAsRead');
    world.talks.markReadUpTo(chat.userId);
    world.changes.tell({ type: 'screen', userId: chat.userId });
    return c.json({});
  });

  function knownPerson(userId: string): PersonRecord {
    if (!userIdShape.test(userId)) throw refuse(400, "The value for the 'userId' parameter is invalid");
    const person = world.people.find(userId);
    if (!person) throw refuse(404, 'Not found');
    return person;
  }

  return app;
}
