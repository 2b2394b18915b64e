import { Temporal } from 'temporal-polyfill';
import { type Decision, refuse } from '../../base/refusal.ts';
import { type AuditEntry, type Db, runnerOf } from '../../infra/db/index.ts';
import { beginEnd, loadLatestActivation } from './activation-store.ts';
import { type Actor, changeOrder, type StepRefusal } from './change.ts';
import type { OrdersDeps } from './deps.ts';
import type { Order } from './order.ts';
import { isOver, withdrawalLastDay } from './rules/deadlines.ts';

export type WithdrawRefusal = StepRefusal | 'too-late';

/**
 * Cancels a contract within its first days (初期契約解除): the subscription ends now with its links, and its monthly fees are given
 * back. The order's lock is held.
 */
export async function withdrawOrder(
  deps: OrdersDeps,
  tx: Db,
  order: Order,
  { actor, note }: { actor: Actor; note?: string },
): Promise<Decision<Order, WithdrawRefusal>> {
  const { contractorId, subscriptionId, state } = order;
  if (state !== 'completed' || !contractorId || !subscriptionId) return refuse('not-in-this-state');
  const now = deps.clock.now();
  const { timeZone: zone, orders } = deps.operator;
  // Nothing has happened to it since it was completed.
  const lastDay = withdrawalLastDay(order.changedAt, { days: orders.withdrawalDays, zone });
  if (isOver(lastDay, now, zone)) return refuse('too-late');
  const { terms } = deps.contractors;
  const subscription = await terms.lock(tx, { contractorId, subscriptionId });
  if (!subscription) throw new Error('a completed order without its subscription');
  const { endedAt } = subscription;
  if (endedAt === null || Temporal.Instant.compare(now, endedAt) < 0) await terms.setEnd(tx, subscriptionId, now);
  await deps.linking.endUserLinks(tx, { subscriptionId, actor: auditActor(actor, contractorId) });
  const activation = await loadLatestActivation(runnerOf(tx), order.orderId);
  if (activation?.state === 'done') await beginEnd(runnerOf(tx), now, activation, { endAttempt: 1, failure: null });
  const changed = await changeOrder(deps, tx, order, { event: 'withdraw', actor, ...(note ? { note } : {}) });
  if (!changed.ok) return changed;
  for (const hook of deps.onWithdrawn) await hook(tx, { ...changed.value, contractorId, subscriptionId });
  return changed;
}

function auditActor(actor: Actor, contractorId: string): AuditEntry['actor'] {
  return actor.kind === 'staff' ? { kind: 'staff', id: actor.staffId } : { kind: 'contractor', id: contractorId };
}
