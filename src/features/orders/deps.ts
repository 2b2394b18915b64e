import type { Clock } from '../../base/clock.ts';
import type { Operator } from '../../base/operator.ts';
import type { Decision } from '../../base/refusal.ts';
import type { Db, SqlRunner } from '../../infra/db/index.ts';
import type { Provisioning } from '../../infra/provisioning/provisioning.ts';
import type { Secrets } from '../../infra/secrets.ts';
import type { Contractors } from '../contractors/index.ts';
import type { Linking } from '../linking/index.ts';
import type { Order, OrderChange } from './order.ts';
import type { CodesRefusal } from './place.ts';
import type { Application } from './rules/application.ts';

/** Called in the transaction of every change: what it writes stands or falls with the change. */
export type OrderHook = (tx: Db, order: Order, change: OrderChange) => Promise<unknown>;

/** An order with what it has opened. */
export type CompletedOrder = Order & { readonly contractorId: string; readonly subscriptionId: string };
export type OrderEndHook = (tx: Db, order: CompletedOrder) => Promise<unknown>;

/** What orders need of the rest. */
export interface OrdersDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly operator: Operator;
  /** `show` seals what was applied for, `lookup` hides what is held against other orders, `tokens` is for cookies. */
  readonly secrets: Pick<Secrets, 'show' | 'lookup' | 'tokens'>;
  /** How people reach us, without a trailing slash. */
  readonly publicUrl: string;
  readonly isSecure: boolean;
  /** Whether mail leaves at all. */
  readonly canMail: boolean;
  readonly contractors: Contractors;
  readonly linking: Pick<Linking, 'linkApplicant' | 'endUserLinks'>;
  /** The network; null while none is connected, and what is approved then waits. */
  readonly provisioning: Provisioning | null;
  /** What belongs to a subscription that an order has opened: its fee on the first bill. */
  readonly onCompleted: readonly OrderEndHook[];
  /** What belongs to a contract that is cancelled in its first days: fees that are not charged. */
  readonly onWithdrawn: readonly OrderEndHook[];
  /** Whether an order's registration fee is waived; by whoever gives out codes for that. */
  readonly isFeeWaived: (sql: SqlRunner, order: Order) => Promise<boolean>;
  /** Whether the entry code and the invitation an application names can be used for it; by whoever gives them out. */
  readonly checkCodes: (tx: Db, application: Application) => Promise<Decision<null, CodesRefusal>>;
  /** Who else wants to know of every change: listeners of partners. */
  readonly onChanged: readonly OrderHook[];
}
