import type { Temporal } from 'temporal-polyfill';
import type { OrderTopic } from '../../base/order-topic.ts';
import { type KeyRing, seal, unseal } from '../../infra/secrets.ts';
import type { Application } from './rules/application.ts';
import type { OrderEvent, OrderState } from './rules/states.ts';

/** An order as the rest of the feature sees it. */
export interface Order {
  readonly orderId: string;
  /** Eight digits people can read out. */
  readonly orderNumber: string;
  readonly state: OrderState;
  /** One more with every change. */
  readonly version: number;
  readonly application: Application;
  /** Who applied as a contractor already, or whom the completed order made. */
  readonly contractorId: string | null;
  /** What the completed order opened. */
  readonly subscriptionId: string | null;
  readonly lineUserId: string | null;
  /** Who of the staff looks at it. */
  readonly reviewerId: string | null;
  readonly placedAt: Temporal.Instant;
  readonly changedAt: Temporal.Instant;
}

export interface OrderChange {
  readonly orderId: string;
  /** Of the order after the change. */
  readonly version: number;
  readonly event: OrderEvent;
  readonly fromState: OrderState | null;
  readonly toState: OrderState;
  readonly actorKind: 'applicant' | 'staff' | 'system';
  readonly staffId: string | null;
  /** What was said with it: a question, an answer, a reason. */
  readonly note: string | null;
  readonly at: Temporal.Instant;
  /** What a question was about, and what a correction has changed; of others nothing. */
  readonly about: readonly OrderTopic[];
  /** The application as it was before a correction. */
  readonly before: Application | null;
}

/** As they lie in the database: what people wrote is sealed. */
export type OrderRow = Omit<Order, 'application'> & { readonly applicationCipher: Buffer };
export type OrderChangeRow = Omit<OrderChange, 'note' | 'before'> & {
  readonly noteCipher: Buffer | null;
  readonly beforeCipher: Buffer | null;
};

const boundTo = (orderId: string) => `order:${orderId}`;

export function sealApplication(key: KeyRing, orderId: string, application: Application): Buffer {
  return seal(key, JSON.stringify(application), boundTo(orderId));
}

/** Anything said or given with an order that is nobody else's business. */
export function sealText(key: KeyRing, orderId: string, text: string): Buffer {
  return seal(key, text, boundTo(orderId));
}

export function openText(key: KeyRing, orderId: string, cipher: Buffer): string {
  return unseal(key, cipher, boundTo(orderId));
}

/** An order opened for reading. */
export function openOrder(key: KeyRing, { applicationCipher, ...row }: OrderRow): Order {
  return { ...row, application: openApplication(key, row.orderId, applicationCipher) };
}

export function openChange(key: KeyRing, { noteCipher, beforeCipher, ...row }: OrderChangeRow): OrderChange {
  return {
    ...row,
    note: noteCipher && openText(key, row.orderId, noteCipher),
    before: beforeCipher && openApplication(key, row.orderId, beforeCipher),
  };
}

/** Sealed with its authentication tag by this very feature: what comes out is what went in. */
function openApplication(key: KeyRing, orderId: string, cipher: Buffer): Application {
  return JSON.parse(unseal(key, cipher, boundTo(orderId)));
}
