import type { OrderTopic } from '../../base/order-topic.ts';
import { accept, type Decision, refuse } from '../../base/refusal.ts';
import { type AuditEntry, audit, type Db, runnerOf } from '../../infra/db/index.ts';
import { insertActivation, undoOpenActivation } from './activation-store.ts';
import type { OrdersDeps } from './deps.ts';
import { type Order, type OrderChange, openOrder, sealApplication, sealText } from './order.ts';
import type { Application } from './rules/application.ts';
import { nextState, type OrderActor, type OrderEvent } from './rules/states.ts';
import { insertChange, type OrderPatch, updateOrder } from './store.ts';
import { tellApplicant } from './tell.ts';

/** Who causes a change: the applicant from wherever they were let in, a member of staff by id, or the program. */
export type Actor =
  | { readonly kind: 'applicant' }
  | { readonly kind: 'staff'; readonly staffId: string; readonly role: 'agent' | 'supervisor' }
  | { readonly kind: 'system' };

export interface Step {
  readonly event: OrderEvent;
  readonly actor: Actor;
  /** What is said with it: a question, an answer, a reason. */
  readonly note?: string;
  /** What a question is about, or what a correction has changed. */
  readonly about?: readonly OrderTopic[];
  readonly patch?: OrderPatch;
}

export type StepRefusal = 'not-in-this-state' | 'not-by-this-actor';

/**
 * The one way an order changes: by an event its state allows to this actor, with its history, its record, and whoever is to
 * be told, in the caller's transaction; and what the network is asked for with it. The order's lock is held.
 */
export async function changeOrder(
  deps: OrdersDeps,
  tx: Db,
  order: Order,
  step: Step,
): Promise<Decision<Order, StepRefusal>> {
  const { event, actor, patch = {} } = step;
  const next = nextState({ state: order.state, event, actor: actorOf(actor) });
  if (!next.ok) return refuse(next.code);
  const sql = runnerOf(tx);
  const now = deps.clock.now();
  const { orderId, contractorId, subscriptionId, reviewerId } = { ...order, ...patch };
  const { application } = patch;
  const applicationCipher = application ? sealApplication(deps.secrets.show, orderId, application) : null;
  const row = { orderId, state: next.value, contractorId, subscriptionId, reviewerId, applicationCipher };
  const changed = openOrder(deps.secrets.show, await updateOrder(sql, now, row));
  if (event === 'approve') await insertActivation(sql, now, order.orderId);
  else if (order.state === 'inProgress' && event !== 'complete') await undoOpenActivation(sql, now, order.orderId);
  const before = application ? order.application : null;
  await noteChange(deps, tx, changed, { step, fromState: order.state, before });
  return accept(changed);
}

/** Writes a change that has been made into the history and tells everybody who is to know. */
export async function noteChange(
  deps: OrdersDeps,
  tx: Db,
  order: Order,
  { step, fromState, before }: { step: Step; fromState: Order['state'] | null; before: Application | null },
): Promise<void> {
  const sql = runnerOf(tx);
  const { orderId, version, state } = order;
  const change: OrderChange = {
    orderId,
    version,
    event: step.event,
    fromState,
    toState: state,
    actorKind: step.actor.kind,
    staffId: step.actor.kind === 'staff' ? step.actor.staffId : null,
    note: step.note ?? null,
    at: order.changedAt,
    about: step.about ?? [],
    before,
  };
  const { note, before: _, ...row } = change;
  const noteCipher = note === null ? null : sealText(deps.secrets.show, orderId, note);
  const beforeCipher = before && sealApplication(deps.secrets.show, orderId, before);
  await insertChange(sql, { ...row, noteCipher, beforeCipher });
  await audit(sql, order.changedAt, {
    actor: auditActor(step.actor, order),
    action: `orders.${step.event}`,
    ...(order.contractorId ? { contractorId: order.contractorId } : {}),
    ...(order.subscriptionId ? { subscriptionId: order.subscriptionId } : {}),
    detail: { orderId, from: fromState, to: state, ...(step.about?.length ? { about: step.about.join(' ') } : {}) },
  });
  await tellApplicant(deps, tx, order, change);
  for (const hook of deps.onChanged) await hook(tx, order, change);
}

function actorOf(actor: Actor): OrderActor {
  return actor.kind === 'staff' ? actor.role : actor.kind;
}

function auditActor(actor: Actor, { lineUserId, contractorId }: Order): AuditEntry['actor'] {
  if (actor.kind === 'staff') return { kind: 'staff', id: actor.staffId };
  if (actor.kind === 'system') return { kind: 'system' };
  if (lineUserId) return { kind: 'line-account', id: lineUserId };
  return contractorId ? { kind: 'contractor', id: contractorId } : { kind: 'system' };
}
