import type { RequestListener } from 'node:http';
import { cors } from 'hono/cors';
import type { Platform } from '../platform.ts';
import { takeNoRetryKey } from './accept-once.ts';
import { audienceRoutes } from './audiences.ts';
import { channelTokenRoutes } from './channel-tokens.ts';
import { couponRoutes } from './coupons.ts';
import { emptyShelfRoutes } from './empty-shelves.ts';
import { createEnvelope } from './envelope.ts';
import { serveOrigin } from './exchange.ts';
import { groupRoutes } from './groups.ts';
import { limitRate, requireChannelToken } from './guards.ts';
import { insightRoutes } from './insight.ts';
import { liffApiRoutes } from './liff.ts';
import { loginTokenRoutes } from './login-tokens.ts';
import { loginUserRoutes } from './login-user.ts';
import { narrowcastRoutes } from './narrowcast.ts';
import { notificationRoutes } from './notifications.ts';
import { peopleRoutes } from './people.ts';
import { quotaRoutes } from './quota.ts';
import { richMenuLinkRoutes } from './rich-menu-links.ts';
import { richMenuRoutes } from './rich-menus.ts';
import { sendOperations } from './send.ts';
import { serviceMessageRoutes } from './service-messages.ts';
import { shopRoutes } from './shop.ts';
import { webhookEndpointRoutes } from './webhook-endpoint.ts';

/** What apps call from their own pages, with a person's token. */
const liffCalls = ['/liff/v2/*', '/oauth2/v2.1/*', '/v2/profile', '/friendship/v1/*', '/message/v3/share'];

/** The origin that stands for api.line.me. */
export function createApi(platform: Platform): RequestListener {
  const app = createEnvelope();
  for (const path of liffCalls) app.use(path, cors());
  app.route('/', channelTokenRoutes(platform));
  app.route('/', liffApiRoutes(platform));
  app.route('/', loginTokenRoutes(platform));
  app.route('/', loginUserRoutes(platform));
  app.route('/', shopRoutes(platform));
  app.route('/', serviceMessageRoutes(platform));
  app.use('/v2/bot/*', requireChannelToken(platform), limitRate(platform), takeNoRetryKey);
  app.route('/', narrowcastRoutes(platform));
  app.route('/', notificationRoutes(platform));
  app.route('/', audienceRoutes(platform));
  app.route('/', insightRoutes(platform));
  app.route('/', quotaRoutes(platform));
  app.route('/', peopleRoutes(platform));
  app.route('/', groupRoutes(platform));
  // Before the routes of single users: `/user/all/richmenu` must not be taken for a user named "all".
  app.route('/', richMenuRoutes(platform));
  app.route('/', richMenuLinkRoutes(platform));
  app.route('/', webhookEndpointRoutes(platform));
  app.route('/', couponRoutes(platform));
  app.route('/', emptyShelfRoutes());
  return serveOrigin(platform, 'api', { app, operations: sendOperations(platform) });
}
