import { type Context, Hono } from 'hono';
import { comeIn, goOut, invite, remove, sayInGroup } from '../acts/group.ts';
import type { GroupView } from '../contract.ts';
import type { Platform } from '../platform.ts';
import type { Group } from '../world/groups.ts';
import type { PersonRecord } from '../world/people.ts';
import { problem, readObject, UnknownPerson } from './input.ts';

/** Groups of people: making one, who is in it, what they say. */
export function groupControl(platform: Platform): Hono {
  const { world } = platform;
  const app = new Hono();

  app.get('/groups', (c) => c.json(world.groups.all() satisfies GroupView[]));

  app.post('/groups', async (c) => {
    const { name, members, kind } = await readObject(c);
    if (!Array.isArray(members) || members.length === 0) return problem(c, 400, 'members (user ids) are needed');
    const userIds = members.map((userId) => personAt(userId).userId);
    const group = world.groups.make(world.chance, {
      kind: kind === 'room' ? 'room' : 'group',
      name: typeof name === 'string' && name !== '' ? name : 'グループ',
      members: [...new Set(userIds)],
    });
    world.changes.tell({ type: 'groups' });
    return c.json(group, 201);
  });

  app.post('/groups/:groupId/account', (c) => {
    invite(platform, groupAt(c));
    return c.json({});
  });

  app.delete('/groups/:groupId/account', (c) => {
    remove(platform, groupAt(c));
    return c.json({});
  });

  app.post('/groups/:groupId/members', async (c) => {
    const { userId } = await readObject(c);
    comeIn(platform, groupAt(c), personAt(userId));
    return c.json({});
  });

  app.delete('/groups/:groupId/members/:userId', (c) => {
    goOut(platform, groupAt(c), c.req.param('userId'));
    return c.json({});
  });

  app.post('/groups/:groupId/say', async (c) => {
    const { userId, text, quotes } = await readObject(c);
    const group = groupAt(c);
    const person = personAt(userId);
    if (typeof text !== 'string' || text === '') return problem(c, 400, 'text is needed');
    if (!group.members.includes(person.userId)) return problem(c, 404, `${person.displayName} is not in the group`);
    if (quotes !== undefined && !world.talks.has(group.groupId, String(quotes)))
      return problem(c, 404, `there is no message ${quotes} in the talk`);
    const quoted = typeof quotes === 'string' ? { quotes } : {};
    return c.json({ id: sayInGroup(platform, group, { person, text, ...quoted }) });
  });

  app.get('/groups/:groupId/talk', (c) => c.json(world.talks.of(groupAt(c).groupId).entries));

  function groupAt(c: Context): Group {
    const groupId = c.req.param('groupId') ?? '';
    const group = world.groups.find(groupId);
    if (!group) throw new UnknownPerson(`there is no group ${groupId}`);
    return group;
  }

  function personAt(userId: unknown): PersonRecord {
    const person = world.people.findPresent(String(userId));
    if (!person) throw new UnknownPerson(`there is no person ${userId}`);
    return person;
  }

  return app;
}
