import type { Temporal } from 'temporal-polyfill';
import { runnerOf, type SqlRunner } from '../../../infra/db/index.ts';
import { type Hub, tellHub } from '../../../infra/listeners/hub.ts';
import type { OrderHook, OrdersDeps } from '../deps.ts';
import { orderBody } from './bodies.ts';
import type { CancelBody, OrderBody } from './shapes.ts';

/** What listeners to orders are told. */
export const orderHub = {
  name: 'orders',
  domain: 'ProductOrdering',
  eventTypes: [
    'ProductOrderCreateEvent',
    'ProductOrderStateChangeEvent',
    'ProductOrderAttributeValueChangeEvent',
    'ProductOrderInformationRequiredEvent',
    'CancelProductOrderCreateEvent',
  ],
} as const satisfies Hub;
type EventType = (typeof orderHub.eventTypes)[number];

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
  return tellHub(sql, now, orderHub, { eventType, event, more });
}
