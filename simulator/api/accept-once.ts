import type { MiddlewareHandler } from 'hono';
import { type CheckedMessage, chatOf, deliver, isGroup, isReached, type Recipient } from '../acts/deliver.ts';
import type { Platform } from '../platform.ts';
import type { Sending } from '../world/sendings.ts';
import type { Env } from './envelope.ts';
import type { Answer } from './operation.ts';
import { Refusal, refuse } from './refusal.ts';

const uuidShape = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

interface Prepared {
  kind: Sending['kind'];
  recipients: Recipient[];
  messages: CheckedMessage[];
  /** Custom aggregation units. */
  units: string[];
}

/** Sends unless a request with the same retry key was accepted within 24 hours: that answers 409 and sends nothing. */
export function acceptOnce(
  platform: Platform,
  { requestId, retryKey }: { requestId: string; retryKey: string | null },
  prepare: () => Prepared,
): Answer {
  const { world } = platform;
  const now = world.clock.now();
  const before = retryKey === null ? null : world.retryKeys.find(retryKey, now);
  if (before) {
    const sentMessages = before.sentMessages ? { sentMessages: before.sentMessages } : {};
    throw new Refusal(
      409,
      { message: 'The retry key is already accepted', ...sentMessages },
      { 'x-line-accepted-request-id': before.requestId },
    );
  }
  const { kind, recipients, messages, units } = prepare();
  const heads = headsIn(recipients);
  if (world.quota.wouldExceed(heads, now)) throw refuse(429, 'You have reached your monthly limit.');
  world.quota.count(kind, heads, now);
  for (const unit of units) world.sendings.countUnit(unit, heads, now);
  const reached = recipients.filter((person) => isReached(now, person));
  world.sendings.add(requestId, {
    kind,
    acceptedAtMs: now,
    targets: recipients.map(chatOf),
    reached: reached.map(chatOf),
  });
  const sent = deliver(platform, recipients, messages);
  const sentMessages = kind === 'push' ? sent : null;
  if (retryKey !== null) world.retryKeys.accept(retryKey, { requestId, acceptedAtMs: now, sentMessages });
  return { status: kind === 'narrowcast' ? 202 : 200, body: sentMessages ? { sentMessages } : {} };
}

/** @param key the header `X-Line-Retry-Key` */
export function checkedRetryKey(key: string | undefined): string | null {
  if (key === undefined) return null;
  if (!uuidShape.test(key)) throw refuse(400, 'The retry key is invalid. It must be a UUID in hexadecimal format');
  return key;
}

/** Calls that cannot be retried by key refuse one instead of ignoring it. */
export function refuseRetryKey(key: string | undefined): void {
  if (key !== undefined) {
    throw refuse(400, 'The retry key is not supported by this endpoint');
  }
}

/** The same for whole paths; of what Hono answers only a narrowcast takes a key. */
export const takeNoRetryKey: MiddlewareHandler<Env> = async (c, next) => {
  if (c.req.path !== '/v2/bot/message/narrowcast') refuseRetryKey(c.req.header('x-line-retry-key'));
  await next();
};

/** People count, not talks: a message to a group counts for each in it. */
function headsIn(recipients: Recipient[]): number {
  return recipients.reduce((heads, recipient) => heads + (isGroup(recipient) ? recipient.members.length : 1), 0);
}
