import { Hono } from 'hono';
import type { Platform } from '../platform.ts';
import type { RichMenu } from '../world/rich-menus.ts';
import { readChecked } from './body.ts';
import type { Env } from './envelope.ts';
import { refuse } from './refusal.ts';

const userIdShape = /^U[0-9a-f]{32}$/;

interface Operation {
  type: 'link' | 'unlink' | 'unlinkAll';
  from?: string;
  to?: string;
}

/** Which person has which menu: one by one, in bulk and as a batch. */
export function richMenuLinkRoutes({ world }: Platform): Hono<Env> {
  const { richMenus } = world;
  const app = new Hono<Env>();
  const batches = new Map<string, { acceptedTime: string }>();

  app.post('/v2/bot/user/:userId/richmenu/:id', (c) => {
    const userId = checkedUserId(c.req.param('userId'));
    link([userId], applicable(c.req.param('id')));
    return c.json({});
  });

  app.get('/v2/bot/user/:userId/richmenu', (c) => {
    const richMenuId = richMenus.linkedId(checkedUserId(c.req.param('userId')));
    if (!richMenuId) throw refuse(404, 'the user has no richmenu');
    return c.json({ richMenuId });
  });

  app.delete('/v2/bot/user/:userId/richmenu', (c) => {
    unlink([checkedUserId(c.req.param('userId'))]);
    return c.json({});
  });

  app.post('/v2/bot/richmenu/bulk/link', async (c) => {
    const body = await readChecked<{ richMenuId: string; userIds: string[] }>(c, 'RichMenuBulkLink');
    link(checkedUserIds(body.userIds), applicable(body.richMenuId));
    return c.json({}, 202);
  });

  app.post('/v2/bot/richmenu/bulk/unlink', async (c) => {
    const { userIds } = await readChecked<{ userIds: string[] }>(c, 'RichMenuBulkUnlink');
    unlink(checkedUserIds(userIds));
    return c.json({}, 202);
  });

  app.post('/v2/bot/richmenu/validate/batch', async (c) => {
    const { operations } = await readChecked<{ operations: Operation[] }>(c, 'RichMenuBatch');
    checkOperations(operations);
    return c.json({});
  });

  app.post('/v2/bot/richmenu/batch', async (c) => {
    const { operations } = await readChecked<{ operations: Operation[] }>(c, 'RichMenuBatch');
    checkOperations(operations);
    // All operations look at the links as they were before the batch.
    const before = operations.map((operation) => richMenus.linkedUsers(operation.from));
    operations.forEach((operation, index) => {
      const users = before[index] ?? [];
      if (operation.type === 'link' && operation.to) link(users, applicable(operation.to));
      else unlink(users);
    });
    batches.set(c.get('requestId'), { acceptedTime: world.clock.instant() });
    return c.json({}, 202);
  });

  app.get('/v2/bot/richmenu/progress/batch', (c) => {
    const batch = batches.get(c.req.query('requestId') ?? '');
    if (!batch) throw refuse(404, 'Not found');
    return c.json({ phase: 'succeeded', ...batch, completedTime: batch.acceptedTime });
  });

  function applicable(id: string): RichMenu {
    const menu = richMenus.find(id);
    if (!menu) throw refuse(404, 'Not found');
    if (!menu.image) throw refuse(400, 'must upload richmenu image before applying it to user');
    return menu;
  }

  /** 200 without effect for strangers and those who blocked the account. */
  function link(userIds: string[], menu: RichMenu): void {
    for (const userId of userIds) {
      const person = world.people.find(userId);
      if (!person || !world.people.isReachable(person)) continue;
      richMenus.link(userId, menu.id);
      world.changes.tell({ type: 'screen', userId });
    }
  }

  function unlink(userIds: string[]): void {
    for (const userId of userIds) {
      richMenus.unlink(userId);
      world.changes.tell({ type: 'screen', userId });
    }
  }

  function checkOperations(operations: Operation[]): void {
    for (const { type, from, to } of operations) {
      if (type !== 'unlinkAll' && from !== undefined) applicable(from);
      if (type === 'link' && to !== undefined) applicable(to);
    }
  }

  return app;
}

function checkedUserId(userId: string): string {
  if (!userIdShape.test(userId)) throw refuse(400, "The value for the 'userId' parameter is invalid");
  return userId;
}

function checkedUserIds(userIds: string[]): string[] {
  const bad = userIds.findIndex((userId) => !userIdShape.test(userId));
  if (bad >= 0)
    throw refuse(400, `The property, 'userIds[${bad}]', in the request body is invalid (line: -, column: -)`);
  return userIds;
}
