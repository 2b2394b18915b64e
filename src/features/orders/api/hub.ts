import type { Temporal } from 'temporal-polyfill';
import { retryAfterSeconds } from '../../../base/retry-after.ts';
import { runnerOf, type SqlRunner } from '../../../infra/db/index.ts';
import { isAtHome, postOut } from '../../../infra/http/post-out.ts';
import type { Job } from '../../../infra/jobs/jobs.ts';
import type { OrderHook, OrdersDeps } from '../deps.ts';
import { orderBody } from './bodies.ts';
import {
  type DueEvent,
  deleteSettledEvents,
  endListener,
  insertEvent,
  loadDueEvents,
  postponeEvent,
  settleEvent,
} from './hub-store.ts';
import type { CancelBody, OrderBody } from './shapes.ts';

/** What listeners are told. */
export const eventTypes = [
  'ProductOrderCreateEvent',
  'ProductOrderStateChangeEvent',
  'ProductOrderInformationRequiredEvent',
  'CancelProductOrderCreateEvent',
] as const;
type EventType = (typeof eventTypes)[number];

/** Tells listeners of every change of an order, in its transaction: an event stands or falls with what it tells of. */
export function tellListeners(deps: OrdersDeps): OrderHook {
  return async (tx, order, change) => {
    const sql = runnerOf(tx);
    // What people wrote stays out: it is read by whoever asks for the order.
    const { note: _, cancellationReason: __, ...productOrder } = orderBody(deps, order, [change]);
    const tell = (eventType: EventType, more: object = {}) =>
      putEvent(sql, change.at, eventType, { productOrder }, more);
    if (change.event === 'place') return tell('ProductOrderCreateEvent');
    if (change.fromState === change.toState) return;
    await tell('ProductOrderStateChangeEvent');
    if (change.toState === 'held') await tell('ProductOrderInformationRequiredEvent', { fieldPath: 'note' });
  };
}

/** Tells listeners of a cancellation that was asked for by the interface. */
export function tellOfCancellation(sql: SqlRunner, now: Temporal.Instant, task: CancelBody): Promise<void> {
  const { cancellationReason: _, ...cancelProductOrder } = task;
  return putEvent(sql, now, 'CancelProductOrderCreateEvent', { cancelProductOrder });
}

function putEvent(
  sql: SqlRunner,
  now: Temporal.Instant,
  eventType: EventType,
  event: { productOrder: Partial<OrderBody> } | { cancelProductOrder: Partial<CancelBody> },
  more: object = {},
): Promise<void> {
  const payload = { eventType, eventTime: now.toString(), domain: 'ProductOrdering', ...more, event };
  return insertEvent(sql, now, { eventType, payload });
}

const AT_ONCE = 20;
const PORTION = 500;
const KEPT = { hours: 30 * 24 };

/** Brings events to their listeners; one that does not take them is tried again, ever more rarely. */
export function hubJob(deps: OrdersDeps): Job {
  const sql = runnerOf(deps.db);
  return {
    name: 'orders.listeners',
    everySeconds: 5,
    async run(now) {
      const due = await loadDueEvents(sql, now, AT_ONCE);
      await Promise.all(due.map((event) => deliver(deps, sql, now, event)));
      return due.length + (await deleteSettledEvents(sql, now.subtract(KEPT), PORTION));
    },
  };
}

async function deliver(
  { publicUrl }: OrdersDeps,
  sql: SqlRunner,
  now: Temporal.Instant,
  { eventId, listenerId, callback, payload, attempts }: DueEvent,
): Promise<void> {
  const status = await postOut({
    sink: callback,
    isHome: isAtHome(publicUrl),
    headers: { 'content-type': 'application/json;charset=utf-8' },
    body: JSON.stringify({ eventId, ...payload }),
  }).catch(() => 0);
  if (status >= 200 && status < 300) return settleEvent(sql, now, { eventId, state: 'delivered' });
  // Nobody listens there any more.
  if (status === 410) return void (await endListener(sql, now, listenerId));
  const seconds = retryAfterSeconds(attempts + 1);
  if (seconds === null) return settleEvent(sql, now, { eventId, state: 'failed' });
  return postponeEvent(sql, { eventId, nextAttemptAt: now.add({ seconds }) });
}

/** Which types a listener's `query` names: all without one; undefined where it asks for something else. */
export function typesOf(query: string | undefined): readonly EventType[] | undefined {
  if (query === undefined || query === '') return [];
  const [, named = ''] = /^eventType=([A-Za-z,]+)$/.exec(query) ?? [];
  const wanted = named.split(',');
  const known = eventTypes.filter((type) => wanted.includes(type));
  return known.length === wanted.length ? known : undefined;
}
