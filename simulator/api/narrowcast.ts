import { Hono } from 'hono';
import { type CheckedMessage, isReached } from '../acts/deliver.ts';
import type { Platform } from '../platform.ts';
import type { PersonRecord } from '../world/people.ts';
import { acceptOnce, checkedRetryKey } from './accept-once.ts';
import { readChecked } from './body.ts';
import type { Env } from './envelope.ts';
import { type Demographic, isInDemographic, isInRecipient, type Recipient } from './narrowcast-targets.ts';
import { refuse } from './refusal.ts';

interface NarrowcastBody {
  messages: CheckedMessage[];
  recipient?: Recipient;
  filter?: { demographic?: Demographic };
  limit?: { max?: number; upToRemainingQuota?: boolean; forbidPartialDelivery?: boolean };
}

/**
 * Narrowcast: accepted at once, sent afterwards; the request id is the handle for its progress. The people of a
 * simulator are few, so LINE's rule that fewer than 50 recipients fail is not applied.
 */
export function narrowcastRoutes(platform: Platform): Hono<Env> {
  const { world } = platform;
  const app = new Hono<Env>();

  app.post('/v2/bot/message/narrowcast', async (c) => {
    const retryKey = checkedRetryKey(c.req.header('x-line-retry-key'));
    const body = await readChecked<NarrowcastBody>(c, 'Narrowcast');
    const requestId = c.get('requestId');
    const { body: accepted } = acceptOnce(platform, { requestId, retryKey }, () => ({
      kind: 'narrowcast',
      recipients: targetsOf(body),
      messages: body.messages,
      units: [],
    }));
    return c.json(accepted, 202);
  });

  app.get('/v2/bot/message/progress/narrowcast', (c) => {
    const sending = world.sendings.find(c.req.query('requestId') ?? '');
    if (sending?.kind !== 'narrowcast') throw refuse(404, 'Not found');
    const { targets, reached, acceptedAtMs } = sending;
    const acceptedTime = new Date(acceptedAtMs).toISOString();
    return c.json({
      phase: 'succeeded',
      successCount: reached.length,
      failureCount: targets.length - reached.length,
      targetCount: targets.length,
      acceptedTime,
      completedTime: acceptedTime,
    });
  });

  function targetsOf({ recipient, filter, limit }: NarrowcastBody): PersonRecord[] {
    const now = world.clock.now();
    const meant = world.people
      .all()
      .filter((person) => world.people.isReachable(person) && isReached(now, person))
      .filter((person) => recipient === undefined || isInRecipient(world, recipient, person))
      .filter((person) => filter?.demographic === undefined || isInDemographic(filter.demographic, person, now));
    const quotaLeft = limit?.upToRemainingQuota ? quotaLeftAt(now) : Number.POSITIVE_INFINITY;
    const most = Math.min(limit?.max ?? Number.POSITIVE_INFINITY, quotaLeft);
    if (limit?.forbidPartialDelivery && meant.length > quotaLeft) return [];
    return meant.slice(0, most);
  }

  function quotaLeftAt(nowMs: number): number {
    const limit = world.quota.limitPerMonth;
    return limit === null ? Number.POSITIVE_INFINITY : Math.max(0, limit - world.quota.usedInMonth(nowMs));
  }

  return app;
}
