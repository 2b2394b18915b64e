import type { Temporal } from 'temporal-polyfill';
import { type Db, inTransaction, runnerOf } from '../../infra/db/index.ts';
import type { Provisioning } from '../../infra/provisioning/provisioning.ts';
import { type ActivationRow, loadActivation } from './activation-store.ts';
import type { OrdersDeps } from './deps.ts';
import { type Order, openOrder } from './order.ts';
import { lockOrder } from './store.ts';

/** How often the network is asked how far it is, and how soon again when it did not answer. */
export const LOOK_SECONDS = 20;
export const SILENT_SECONDS = 60;

/** One round with the network, as its job asks about it. */
export interface Round {
  readonly deps: OrdersDeps;
  readonly provisioning: Provisioning;
  readonly activation: ActivationRow;
  readonly now: Temporal.Instant;
}

/** Does something with a round, both locked; what has changed since it was looked up is left alone. */
export function withOrder(
  deps: OrdersDeps,
  activation: ActivationRow,
  work: (tx: Db, order: Order, present: ActivationRow) => Promise<void>,
): Promise<void> {
  return inTransaction(deps.db, async (tx) => {
    const sql = runnerOf(tx);
    const row = await lockOrder(sql, activation.orderId);
    const present = await loadActivation(sql, activation);
    if (!row || present?.state !== activation.state) return;
    await work(tx, openOrder(deps.secrets.show, row), present);
  });
}
