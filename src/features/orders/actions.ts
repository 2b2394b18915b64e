import { isId } from '../../base/ids.ts';
import { accept, type Decision, refuse } from '../../base/refusal.ts';
import { type Db, runnerOf } from '../../infra/db/index.ts';
import { type Actor, changeOrder, type StepRefusal } from './change.ts';
import type { OrdersDeps } from './deps.ts';
import { type Order, openOrder } from './order.ts';
import { lockOrder } from './store.ts';

export type OrderRefusal = 'not-found' | StepRefusal;

/** Takes an order back before it is completed; one that is cancelled already stays as it is. */
export async function cancelOrder(
  deps: OrdersDeps,
  tx: Db,
  { orderId, actor, reason }: { orderId: string; actor: Actor; reason?: string },
): Promise<Decision<Order, OrderRefusal>> {
  const row = isId(orderId) ? await lockOrder(runnerOf(tx), orderId) : null;
  if (!row) return refuse('not-found');
  const order = openOrder(deps.secrets.show, row);
  if (order.state === 'cancelled') return accept(order);
  return changeOrder(deps, tx, order, { event: 'cancel', actor, ...(reason ? { note: reason } : {}) });
}
