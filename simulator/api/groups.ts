import { type Context, Hono } from 'hono';
import { leaveGroup } from '../acts/group.ts';
import type { Platform } from '../platform.ts';
import type { Group } from '../world/groups.ts';
import type { Env } from './envelope.ts';
import { refuse } from './refusal.ts';

/** What the account may ask about the groups and rooms it is in; of any other LINE says that there is none. */
export function groupRoutes(platform: Platform): Hono<Env> {
  const { world } = platform;
  const app = new Hono<Env>();

  app.get('/v2/bot/group/:id/summary', (c) => {
    const { groupId, name } = groupAt(c, 'group');
    return c.json({ groupId, groupName: name });
  });

  for (const kind of ['group', 'room'] as const) {
    app.get(`/v2/bot/${kind}/:id/members/count`, (c) => c.json({ count: groupAt(c, kind).members.length }));

    app.get(`/v2/bot/${kind}/:id/members/ids`, (c) => c.json({ memberIds: groupAt(c, kind).members }));

    // Also of people who have not added the account.
    app.get(`/v2/bot/${kind}/:id/member/:userId`, (c) => {
      const userId = c.req.param('userId');
      const person = groupAt(c, kind).members.includes(userId) ? world.people.findPresent(userId) : undefined;
      if (!person) throw refuse(404, 'Not found');
      return c.json({ userId, displayName: person.displayName });
    });

    app.post(`/v2/bot/${kind}/:id/leave`, (c) => {
      leaveGroup(platform, groupAt(c, kind));
      return c.json({});
    });
  }

  function groupAt(c: Context<Env>, kind: Group['kind']): Group {
    const group = world.groups.find(c.req.param('id') ?? '');
    if (!group?.hasAccount || group.kind !== kind) throw refuse(404, 'Not found');
    return group;
  }

  return app;
}
