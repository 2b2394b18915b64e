import { Hono } from 'hono';
import type { Platform } from '../platform.ts';
import { readChecked } from './body.ts';
import type { Env } from './envelope.ts';
import { refuse } from './refusal.ts';

/** Where webhooks go: set, get, try out. */
export function webhookEndpointRoutes({ world, webhooks }: Platform): Hono<Env> {
  const app = new Hono<Env>();

  app.put('/v2/bot/channel/webhook/endpoint', async (c) => {
    const { endpoint } = await readChecked<{ endpoint: string }>(c, 'WebhookEndpoint');
    if (!isAcceptable(endpoint)) throw refuse(400, 'Invalid webhook endpoint URL');
    world.webhookUrl = endpoint;
    return c.json({});
  });

  app.get('/v2/bot/channel/webhook/endpoint', (c) => {
    if (!world.webhookUrl) throw refuse(404, 'Webhook endpoint not found');
    return c.json({ endpoint: world.webhookUrl, active: true });
  });

  app.post('/v2/bot/channel/webhook/test', async (c) => {
    const { endpoint } = await readChecked<{ endpoint?: string }>(c, 'WebhookTest');
    const url = endpoint ?? world.webhookUrl;
    if (!url) throw refuse(404, 'Webhook endpoint not found');
    if (!isAcceptable(url)) throw refuse(400, 'Invalid webhook endpoint URL');
    const timestamp = world.clock.instant();
    const result = await webhooks.test(url);
    return c.json({
      success: result.failure === null,
      timestamp,
      statusCode: result.status ?? 0,
      reason: result.failure === null ? 'OK' : result.failure.toUpperCase(),
      detail: result.detail,
    });
  });

  return app;
}

/** LINE wants HTTPS; a bot under development on this machine may do without. */
function isAcceptable(endpoint: string): boolean {
  if (!URL.canParse(endpoint)) return false;
  const { protocol, hostname } = new URL(endpoint);
  return protocol === 'https:' || (protocol === 'http:' && /^(127\.\d+\.\d+\.\d+|localhost|\[::1\])$/.test(hostname));
}
