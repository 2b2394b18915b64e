import { Hono } from 'hono';
import type { Platform } from '../platform.ts';
import type { RichMenuBody } from '../world/rich-menus.ts';
import { readChecked } from './body.ts';
import type { Env } from './envelope.ts';
import { refuse } from './refusal.ts';

/** Of menus, and of aliases. */
const atMost = 1_000;

/** Rich menus themselves, the default one, and aliases. Whose menu is whose: rich-menu-links.ts. */
export function richMenuRoutes({ world }: Platform): Hono<Env> {
  const { richMenus, ids } = world;
  const app = new Hono<Env>();

  app.post('/v2/bot/richmenu/validate', async (c) => {
    await readChecked(c, 'RichMenu');
    return c.json({});
  });

  app.post('/v2/bot/richmenu', async (c) => {
    const body = await readChecked<RichMenuBody>(c, 'RichMenu');
    if (richMenus.all().length >= atMost) throw refuse(400, 'The maximum number of rich menus has been reached');
    const id = ids.richMenuId();
    richMenus.add({ id, body, image: null });
    return c.json({ richMenuId: id });
  });

  app.get('/v2/bot/richmenu/list', (c) =>
    c.json({ richmenus: richMenus.all().map(({ id, body }) => ({ richMenuId: id, ...body })) }),
  );

  app.get('/v2/bot/richmenu/alias/list', (c) => c.json({ aliases: richMenus.aliases() }));

  app.post('/v2/bot/richmenu/alias', async (c) => {
    const body = await readChecked<{ richMenuAliasId: string; richMenuId: string }>(c, 'RichMenuAlias');
    if (richMenus.aliasTarget(body.richMenuAliasId)) throw refuse(400, 'conflict richmenu alias id');
    if (!richMenus.find(body.richMenuId)) throw refuse(400, 'richmenu not found');
    if (richMenus.aliases().length >= atMost)
      throw refuse(400, 'The maximum number of rich menu aliases has been reached');
    richMenus.setAlias(body.richMenuAliasId, body.richMenuId);
    return c.json({});
  });

  app.post('/v2/bot/richmenu/alias/:aliasId', async (c) => {
    const { richMenuId } = await readChecked<{ richMenuId: string }>(c, 'RichMenuAliasUpdate');
    const aliasId = c.req.param('aliasId');
    if (!richMenus.aliasTarget(aliasId)) throw refuse(404, 'richmenu alias not found');
    if (!richMenus.find(richMenuId)) throw refuse(400, 'richmenu not found');
    richMenus.setAlias(aliasId, richMenuId, seenFrom());
    return c.json({});
  });

  app.get('/v2/bot/richmenu/alias/:aliasId', (c) => {
    const richMenuAliasId = c.req.param('aliasId');
    const richMenuId = richMenus.aliasTarget(richMenuAliasId);
    if (!richMenuId) throw refuse(404, 'richmenu alias not found');
    return c.json({ richMenuAliasId, richMenuId });
  });

  app.delete('/v2/bot/richmenu/alias/:aliasId', (c) => {
    if (!richMenus.removeAlias(c.req.param('aliasId'))) throw refuse(404, 'richmenu alias not found');
    return c.json({});
  });

  app.get('/v2/bot/richmenu/:id', (c) => {
    const menu = richMenus.find(c.req.param('id'));
    if (!menu) throw refuse(404, 'Not found');
    return c.json({ richMenuId: menu.id, ...menu.body });
  });

  app.delete('/v2/bot/richmenu/:id', (c) => {
    if (!richMenus.remove(c.req.param('id'))) throw refuse(404, 'Not found');
    world.changes.tell({ type: 'screen' });
    return c.json({});
  });

  app.post('/v2/bot/user/all/richmenu/:id', (c) => {
    const menu = richMenus.find(c.req.param('id'));
    if (!menu) throw refuse(404, 'Not found');
    if (!menu.image) throw refuse(400, 'must upload richmenu image before applying it to user');
    richMenus.setDefault(menu.id, seenFrom());
    world.changes.tell({ type: 'screen' });
    return c.json({});
  });

  app.get('/v2/bot/user/all/richmenu', (c) => {
    const richMenuId = richMenus.defaultId();
    if (!richMenuId) throw refuse(404, 'no default richmenu');
    return c.json({ richMenuId });
  });

  app.delete('/v2/bot/user/all/richmenu', (c) => {
    richMenus.setDefault(null, seenFrom());
    world.changes.tell({ type: 'screen' });
    return c.json({});
  });

  /** When people see what has just been changed: LINE takes up to a minute, if the simulator is told to. */
  function seenFrom(): number {
    return world.clock.now() + (world.faults.menus?.lagMs ?? 0);
  }

  return app;
}
