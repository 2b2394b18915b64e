import { Hono } from 'hono';
import type { Platform } from '../platform.ts';
import { readChecked } from './body.ts';
import type { Env } from './envelope.ts';
import { requireChannelToken } from './guards.ts';
import { refuse } from './refusal.ts';

interface MissionSticker {
  to: string;
  productId: string;
  productType: string;
  sendPresentMessage: boolean;
}

/** Mission stickers: the right to download a set, given to one person. */
export function shopRoutes(platform: Platform): Hono<Env> {
  const { world } = platform;
  const app = new Hono<Env>();

  app.post('/shop/v3/mission', requireChannelToken(platform), async (c) => {
    const { to, productId, productType, sendPresentMessage } = await readChecked<MissionSticker>(c, 'MissionSticker');
    if (productType !== 'STICKER') throw refuse(400, 'productType must be STICKER');
    if (sendPresentMessage) throw refuse(400, 'sendPresentMessage must be false');
    const person = world.people.find(to);
    if (!person) throw refuse(400, 'illegal argument');
    if (!person.stickerProducts.includes(productId)) person.stickerProducts.push(productId);
    world.changes.tell({ type: 'people', userId: to });
    return c.json({});
  });

  return app;
}
