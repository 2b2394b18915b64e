import type { MiddlewareHandler } from 'hono';
import type { Platform } from '../platform.ts';
import type { Env } from './envelope.ts';
import { refuse } from './refusal.ts';

/** Only calls with a live channel access token pass. */
export function requireChannelToken(platform: Platform): MiddlewareHandler<Env> {
  return async (c, next) => {
    checkChannelToken(platform, c.req.header('authorization'));
    await next();
  };
}

export function checkChannelToken({ world, settings }: Platform, authorization: string | undefined): void {
  if (!authorization?.startsWith('Bearer ')) {
    throw refuse(401, "Authorization header required. Must follow the scheme, 'Authorization: Bearer <ACCESS TOKEN>'");
  }
  const token = authorization.slice('Bearer '.length).trim();
  const isFixed = settings.channelAccessToken !== null && token === settings.channelAccessToken;
  if (!isFixed && world.channelTokens.msLeft(token, world.clock.now()) === null) {
    const reason = 'invalid token. Confirm that the access token in the authorization header is valid.';
    throw refuse(401, `Authentication failed due to the following reason: ${reason}`);
  }
}

/** Documented calls per time; what is not in the table has the general limit. */
const general = { calls: 2_000, perMs: 1_000 };
const hour = 3_600_000;
const limits: [method: string, path: RegExp, limit: { calls: number; perMs: number }][] = [
  ['POST', /^\/v2\/bot\/message\/narrowcast$/, { calls: 60, perMs: hour }],
  ['POST', /^\/v2\/bot\/message\/broadcast$/, { calls: 60, perMs: hour }],
  ['POST', /^\/v2\/bot\/message\/multicast$/, { calls: 200, perMs: 1_000 }],
  ['POST', /^\/v2\/bot\/chat\/loading\/start$/, { calls: 100, perMs: 1_000 }],
  ['GET', /^\/v2\/bot\/richmenu\/list$/, { calls: 10, perMs: 1_000 }],
  ['POST', /^\/v2\/bot\/richmenu$/, { calls: 100, perMs: hour }],
  ['DELETE', /^\/v2\/bot\/richmenu\/[^/]+$/, { calls: 100, perMs: hour }],
  ['DELETE', /^\/v2\/bot\/richmenu\/alias\/[^/]+$/, { calls: 100, perMs: hour }],
  ['GET', /^\/v2\/bot\/richmenu\/progress\/batch$/, { calls: 100, perMs: hour }],
  ['POST', /^\/v2\/bot\/richmenu\/batch$/, { calls: 3, perMs: hour }],
  ['POST', /^\/v2\/bot\/channel\/webhook\/test$/, { calls: 60, perMs: hour }],
  ['GET', /^\/v2\/bot\/insight\//, { calls: 60, perMs: hour }],
  ['POST', /^\/v2\/bot\/audienceGroup\//, { calls: 60, perMs: 60_000 }],
  ['PUT', /^\/v2\/bot\/audienceGroup\//, { calls: 60, perMs: 60_000 }],
  ['DELETE', /^\/v2\/bot\/audienceGroup\//, { calls: 60, perMs: 60_000 }],
  ['GET', /^\/v2\/bot\/audienceGroup\//, { calls: 60, perMs: 60_000 }],
  ['GET', /^\/v2\/bot\/(coupon|membership)(\/|$)/, { calls: 200, perMs: 1_000 }],
  ['PUT', /^\/v2\/bot\/channel\/webhook\/endpoint$/, { calls: 1_000, perMs: 60_000 }],
  ['GET', /^\/v2\/bot\/channel\/webhook\/endpoint$/, { calls: 1_000, perMs: 60_000 }],
];

export function limitRate(platform: Platform): MiddlewareHandler<Env> {
  return async (c, next) => {
    checkRate(platform, c.req.method, c.req.path);
    await next();
  };
}

/** LINE counts per channel, method and path template. */
export function checkRate({ world, settings }: Platform, method: string, path: string): void {
  if (!settings.hasRateLimits) return;
  const place = limits.findIndex(([limited, pattern]) => limited === method && pattern.test(path));
  const key = place === -1 ? `${method} ${templateOf(path)}` : String(place);
  if (!world.rateLimits.take(key, limits[place]?.[2] ?? general, world.clock.elapsed())) {
    throw refuse(429, 'The API rate limit has been exceeded. Try again later.');
  }
}

/** Ids in the path are one place in the template. */
function templateOf(path: string): string {
  return path.replace(/\/([UCR][0-9a-f]{32}|richmenu-[0-9a-f]+|\d{6,})(?=\/|$)/g, '/{id}');
}
