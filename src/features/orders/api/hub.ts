import { randomBytes } from 'node:crypto';
import type { Temporal } from 'temporal-polyfill';
import { retryAfterSeconds } from '../../../base/retry-after.ts';
import { audit, runnerOf, type SqlRunner } from '../../../infra/db/index.ts';
import { isAtHome, postOut } from '../../../infra/http/post-out.ts';
import type { Job } from '../../../infra/jobs/jobs.ts';
import { SIGNATURE_HEADER, signQuestion, TIME_HEADER } from '../../../infra/outside/signature.ts';
import { seal, unseal } from '../../../infra/secrets.ts';
import type { OrderHook, OrdersDeps } from '../deps.ts';
import { orderBody } from './bodies.ts';
import {
  type DueEvent,
  deleteSettledEvents,
  endListener,
  insertEvent,
  loadDueEvents,
  noteTry,
  postponeEvent,
  settleEvent,
} from './hub-store.ts';
import type { CancelBody, OrderBody } from './shapes.ts';

/** What listeners are told. */
export const eventTypes = [
  'ProductOrderCreateEvent',
  'ProductOrderStateChangeEvent',
  'ProductOrderAttributeValueChangeEvent',
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
    if (change.event === 'correct') {
      // What was corrected is read by whoever asks for the order, as far as answers hold it.
      const fieldPath = 'productOrderItem[0].product.productCharacteristic';
      await tell('ProductOrderAttributeValueChangeEvent', { fieldPath });
    }
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

async function deliver(deps: OrdersDeps, sql: SqlRunner, now: Temporal.Instant, event: DueEvent): Promise<void> {
  const { eventId, listenerId, callback, payload, attempts } = event;
  const body = JSON.stringify({ eventId, ...payload });
  const status = await postOut({
    sink: callback,
    isHome: isAtHome(deps.publicUrl),
    headers: { 'content-type': 'application/json;charset=utf-8', ...signatureOf(deps, event, body) },
    body,
  }).catch(() => 0);
  await noteTry(sql, now, { listenerId, status });
  if (status >= 200 && status < 300) return settleEvent(sql, now, { eventId, state: 'delivered' });
  // Nobody listens there any more.
  if (status === 410) return void (await endListener(sql, now, listenerId));
  const seconds = retryAfterSeconds(attempts + 1);
  if (seconds === null) return settleEvent(sql, now, { eventId, state: 'failed' });
  return postponeEvent(sql, { eventId, nextAttemptAt: now.add({ seconds }) });
}

const boundTo = (listenerId: string) => `order-listener:${listenerId}`;

/** A secret of its own for each listener: told once, kept sealed. */
export function newListenerSecret({ secrets }: Pick<OrdersDeps, 'secrets'>, listenerId: string) {
  const secret = randomBytes(32).toString('base64url');
  return { secret, secretCipher: seal(secrets.show, secret, boundTo(listenerId)) };
}

/** Signed as our questions to companies are, so that a listener knows who speaks. Those from before secrets have none. */
function signatureOf(
  { secrets }: OrdersDeps,
  { listenerId, callback, secretCipher }: DueEvent,
  body: string,
): Record<string, string> {
  if (secretCipher === null) return {};
  const { pathname, search } = new URL(callback);
  const time = String(Math.floor(Date.now() / 1_000));
  const secret = unseal(secrets.show, secretCipher, boundTo(listenerId));
  const signature = signQuestion(secret, { method: 'POST', path: pathname + search, time, body });
  return { [TIME_HEADER]: time, [SIGNATURE_HEADER]: signature };
}

/** Who may be told of orders, and who took that away, on record. @param staffId null where the bearer key was shown */
export function auditListener(
  sql: SqlRunner,
  now: Temporal.Instant,
  change: { listenerId: string; act: 'added' | 'removed' | 'paused' | 'resumed'; staffId?: string },
): Promise<void> {
  const { listenerId, act, staffId } = change;
  const actor = staffId === undefined ? { kind: 'provisioning' as const } : { kind: 'staff' as const, id: staffId };
  return audit(sql, now, { actor, action: `orders.listener-${act}`, detail: { listenerId } });
}

/** Which types a listener's `query` names: all without one; undefined where it asks for something else. */
export function typesOf(query: string | undefined): readonly EventType[] | undefined {
  if (query === undefined || query === '') return [];
  const [, named = ''] = /^eventType=([A-Za-z,]+)$/.exec(query) ?? [];
  const wanted = named.split(',');
  const known = eventTypes.filter((type) => wanted.includes(type));
  return known.length === wanted.length ? known : undefined;
}
