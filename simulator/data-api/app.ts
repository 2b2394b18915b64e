import type { RequestListener } from 'node:http';
import type { Context } from 'hono';
import { createEnvelope, type Env } from '../api/envelope.ts';
import { serveOrigin } from '../api/exchange.ts';
import { limitRate, requireChannelToken } from '../api/guards.ts';
import { refuse } from '../api/refusal.ts';
import type { Platform } from '../platform.ts';
import type { Content } from '../world/contents.ts';
import { audienceFileRoutes } from './audience-files.ts';
import { checkMenuImage } from './menu-image.ts';

/** The origin that stands for api-data.line.me: whatever is bytes. */
export function createData(platform: Platform): RequestListener {
  const { world } = platform;
  const app = createEnvelope();
  app.use('/v2/bot/*', requireChannelToken(platform), limitRate(platform));

  app.route('/', audienceFileRoutes(platform));

  app.get('/v2/bot/message/:id/content', (c) => serve(c, contentAt(c.req.param('id'))));
  app.get('/v2/bot/message/:id/content/preview', (c) => serve(c, contentAt(c.req.param('id'))));
  app.get('/v2/bot/message/:id/content/transcoding', (c) => {
    const content = contentAt(c.req.param('id'));
    return c.json({ status: world.clock.now() < content.readyAtMs ? 'processing' : 'succeeded' });
  });

  app.post('/v2/bot/richmenu/:id/content', async (c) => {
    const menu = world.richMenus.find(c.req.param('id'));
    if (!menu) throw refuse(404, 'Not found');
    if (menu.image) throw refuse(400, 'An image has already been uploaded to the richmenu');
    const contentType = (c.req.header('content-type') ?? '').split(';')[0]?.trim() ?? '';
    const bytes = new Uint8Array(await c.req.arrayBuffer());
    const refusal = checkMenuImage(bytes, contentType);
    if (refusal) throw refuse(refusal.status, refusal.message);
    menu.image = { bytes, contentType };
    return c.json({});
  });

  app.get('/v2/bot/richmenu/:id/content', (c) => {
    const image = world.richMenus.find(c.req.param('id'))?.image;
    if (!image) throw refuse(404, 'Not found');
    return c.body(Uint8Array.from(image.bytes), 200, { 'content-type': image.contentType });
  });

  function contentAt(messageId: string): Content {
    const content = world.contents.find(messageId);
    if (!content) throw refuse(404, 'not found');
    if (content.isGone) throw refuse(410, 'The content is gone');
    return content;
  }

  function serve(c: Context<Env>, content: Content): Response {
    if (world.clock.now() < content.readyAtMs) return c.json({}, 202);
    return c.body(Uint8Array.from(content.bytes), 200, { 'content-type': content.contentType });
  }

  return serveOrigin(platform, 'data', { app });
}
