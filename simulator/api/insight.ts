import { type Context, Hono } from 'hono';
import type { Platform } from '../platform.ts';
import { dayInJapan, type SendingKind } from '../world/quota.ts';
import type { Env } from './envelope.ts';
import { refuse } from './refusal.ts';

/**
 * Statistics. What the simulator knows (friends, blocks, messages sent) is counted; impressions and clicks are null,
 * as at LINE for fewer than twenty people; the demography is the same picture always.
 */
export function insightRoutes({ world }: Platform): Hono<Env> {
  const app = new Hono<Env>();

  app.get('/v2/bot/insight/followers', (c) => {
    const day = dayIn(c, 'date');
    if (day >= dayInJapan(world.clock.now())) return c.json({ status: 'unready' });
    const friends = world.people.all().filter((person) => person.isFriend);
    const blocks = friends.filter((person) => person.isBlocked).length;
    return c.json({
      status: 'ready',
      followers: friends.length,
      targetedReaches: friends.length - blocks,
      blocks,
    });
  });

  app.get('/v2/bot/insight/message/delivery', (c) => {
    const day = dayIn(c, 'date');
    if (day >= dayInJapan(world.clock.now())) return c.json({ status: 'unready' });
    const sent = (kind: SendingKind) => world.quota.sentOn(kind, day);
    return c.json({
      status: 'ready',
      apiBroadcast: sent('broadcast'),
      apiPush: sent('push'),
      apiMulticast: sent('multicast'),
      apiNarrowcast: sent('narrowcast'),
      apiReply: sent('reply'),
    });
  });

  app.get('/v2/bot/insight/demographic', (c) => c.json(demography));

  app.get('/v2/bot/insight/message/event', (c) => {
    const requestId = c.req.query('requestId') ?? '';
    const sending = world.sendings.find(requestId);
    // Pushes and multicasts have no statistics of their own; only units do.
    if (sending?.kind !== 'narrowcast' && sending?.kind !== 'broadcast') throw refuse(404, 'Not found');
    const overview = {
      requestId,
      timestamp: Math.floor(sending.acceptedAtMs / 1_000),
      delivered: sending.reached.length,
      ...unknownCounts,
    };
    return c.json({ overview, messages: [], clicks: [] });
  });

  app.get('/v2/bot/insight/message/event/aggregation', (c) => {
    if (!/^[A-Za-z0-9_]{1,30}$/.test(c.req.query('customAggregationUnit') ?? '')) {
      throw refuse(400, "The value for the 'customAggregationUnit' parameter is invalid");
    }
    const from = dayIn(c, 'from');
    if (dayIn(c, 'to') < from) throw refuse(400, "The value for the 'to' parameter is invalid");
    return c.json({ overview: unknownCounts, messages: [], clicks: [] });
  });

  app.get('/v2/bot/insight/richmenu/:id/:kind{daily|summary}', (c) => {
    const menu = world.richMenus.find(c.req.param('id'));
    if (!menu) throw refuse(404, 'Not found');
    const from = dayIn(c, 'from');
    if (dayIn(c, 'to') < from) throw refuse(400, "The value for the 'to' parameter is invalid");
    // Too few people saw it for LINE to tell anything.
    return c.json({ richMenuId: menu.id, metricsFrom: null, metricsTo: null });
  });

  app.get('/v2/bot/message/aggregation/info', (c) =>
    c.json({ numOfCustomAggregationUnits: world.sendings.unitsInMonth(world.clock.now()).length }),
  );

  app.get('/v2/bot/message/aggregation/list', (c) => {
    const limit = Number(c.req.query('limit') ?? 100);
    const start = Number(c.req.query('start') ?? 0);
    if (!Number.isInteger(limit) || limit < 1 || limit > 100) {
      throw refuse(400, "The value for the 'limit' parameter is invalid");
    }
    if (!Number.isInteger(start) || start < 0) throw refuse(400, "The value for the 'start' parameter is invalid");
    const names = world.sendings.unitsInMonth(world.clock.now());
    const next = start + limit < names.length ? { next: String(start + limit) } : {};
    return c.json({ customAggregationUnits: names.slice(start, start + limit), ...next });
  });

  return app;
}

const unknownCounts = {
  uniqueImpression: null,
  uniqueClick: null,
  uniqueMediaPlayed: null,
  uniqueMediaPlayed100Percent: null,
};

/** A `yyyyMMdd` parameter. */
function dayIn(c: Context, name: string): string {
  const day = c.req.query(name) ?? '';
  if (!/^\d{8}$/.test(day)) throw refuse(400, `The value for the '${name}' parameter is invalid`);
  return day;
}

const demography = {
  available: true,
  genders: [
    { gender: 'unknown', percentage: 4 },
    { gender: 'male', percentage: 46.5 },
    { gender: 'female', percentage: 49.5 },
  ],
  ages: [
    { age: 'unknown', percentage: 4 },
    { age: 'from15to19', percentage: 6.5 },
    { age: 'from20to24', percentage: 9 },
    { age: 'from25to29', percentage: 10.5 },
    { age: 'from30to34', percentage: 11 },
    { age: 'from35to39', percentage: 12 },
    { age: 'from40to44', percentage: 13 },
    { age: 'from45to49', percentage: 12 },
    { age: 'from50', percentage: 22 },
  ],
  areas: [
    { area: 'unknown', percentage: 10 },
    { area: '東京', percentage: 30 },
    { area: '大阪', percentage: 20 },
    { area: '愛知', percentage: 15 },
    { area: '福岡', percentage: 25 },
  ],
  appTypes: [
    { appType: 'ios', percentage: 60 },
    { appType: 'android', percentage: 39 },
    { appType: 'others', percentage: 1 },
  ],
  subscriptionPeriods: [
    { subscriptionPeriod: 'within7days', percentage: 5 },
    { subscriptionPeriod: 'within30days', percentage: 10 },
    { subscriptionPeriod: 'within90days', percentage: 20 },
    { subscriptionPeriod: 'within180days', percentage: 20 },
    { subscriptionPeriod: 'within365days', percentage: 25 },
    { subscriptionPeriod: 'over365days', percentage: 20 },
  ],
};
