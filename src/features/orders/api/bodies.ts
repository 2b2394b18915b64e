import type { Operator } from '../../../base/operator.ts';
import type { Order, OrderChange } from '../order.ts';
import type { Cancellation } from './cancel-store.ts';
import type { CancelBody, OrderBody } from './shapes.ts';

export const ORDERING = '/tmf-api/productOrderingManagement/v4';

export interface Site {
  readonly publicUrl: string;
  readonly operator: Operator;
}

/** How an order's request is known when it came by this interface with a number of the sender's own. */
export const externalRequest = (externalId: string) => `tmf622:x:${externalId}`;

/** Whether an order came by this interface, and not from the form. */
export const cameByThisInterface = ({ requestId }: Pick<Order['application'], 'requestId'>) =>
  requestId.startsWith('tmf622:');

/** An order as TMF622 has it. `changes` are its history, first to last. */
export function orderBody({ publicUrl, operator }: Site, order: Order, changes: readonly OrderChange[]): OrderBody {
  const { orderId, state, application, contractorId } = order;
  const [, externalId] = /^tmf622:x:(.*)$/su.exec(application.requestId) ?? [];
  const completed = changes.find(({ event }) => event === 'complete');
  const cancelled = changes.findLast(({ toState }) => toState === 'cancelled');
  const said = changes.filter(({ event, note }) => note !== null && (event === 'ask' || event === 'reject'));
  return {
    id: orderId,
    href: `${publicUrl}${ORDERING}/productOrder/${orderId}`,
    ...(externalId === undefined ? {} : { externalId }),
    orderNumber: order.orderNumber,
    state,
    orderDate: order.placedAt.toString(),
    ...(completed ? { completionDate: completed.at.toString() } : {}),
    ...(cancelled ? { cancellationDate: cancelled.at.toString() } : {}),
    ...(cancelled?.note ? { cancellationReason: cancelled.note } : {}),
    ...(said.length === 0
      ? {}
      : {
          note: said.map(({ version, at, note, about }) => ({
            id: String(version),
            date: at.toString(),
            author: 'staff',
            text: note ?? '',
            ...(about.length === 0 ? {} : { about: [...about] }),
          })),
        }),
    ...(contractorId === null
      ? {}
      : { relatedParty: [{ id: contractorId, role: 'customer', '@referredType': 'Individual' }] }),
    productOrderItem: itemsOf(operator, order),
    '@type': 'ProductOrder',
  };
}

function itemsOf(operator: Operator, { state, application, subscriptionId }: Order): OrderBody['productOrderItem'] {
  const { planCode, optionCodes, simKind, number } = application;
  const offering = (id: string, name: string | undefined) =>
    ({ id, name: name ?? id, '@referredType': 'ProductOffering' }) as const;
  const common = { action: 'add', quantity: 1, state, '@type': 'ProductOrderItem' } as const;
  const planItem = {
    ...common,
    id: '01',
    productOffering: offering(planCode, operator.plans.find(({ code }) => code === planCode)?.name.en),
    product: {
      ...(subscriptionId === null ? {} : { id: subscriptionId }),
      productCharacteristic: [
        { name: 'simKind', value: simKind },
        { name: 'number', value: number.kind },
      ],
      '@type': 'Product' as const,
    },
  };
  const optionItems = optionCodes.map((optionCode, index) => ({
    ...common,
    id: String(index + 2).padStart(2, '0'),
    productOffering: offering(optionCode, operator.billing.options.find(({ code }) => code === optionCode)?.name.en),
    productOrderItemRelationship: [{ id: '01', relationshipType: 'bundled' }],
  }));
  return [planItem, ...optionItems];
}

/** A cancellation as TMF622 has it: a task that is over when it is answered. */
export function cancelBody({ publicUrl }: Site, task: Cancellation): CancelBody {
  return {
    id: task.cancellationId,
    href: `${publicUrl}${ORDERING}/cancelProductOrder/${task.cancellationId}`,
    state: task.state,
    ...(task.reason === null ? {} : { cancellationReason: task.reason }),
    requestedCancellationDate: task.requestedAt.toString(),
    ...(task.effectiveAt === null ? {} : { effectiveCancellationDate: task.effectiveAt.toString() }),
    productOrder: {
      id: task.orderId,
      href: `${publicUrl}${ORDERING}/productOrder/${task.orderId}`,
      '@referredType': 'ProductOrder',
    },
    '@type': 'CancelProductOrder',
  };
}
