import { isId } from '../../base/ids.ts';
import { accept, type Decision, refuse } from '../../base/refusal.ts';
import { audit, type Db, inTransaction, runnerOf } from '../../infra/db/index.ts';
import { loadOwnOrder, type Visitor } from './access-store.ts';
import { takePassword } from './activation-store.ts';
import { changeOrder, type Step, type StepRefusal } from './change.ts';
import type { OrdersDeps } from './deps.ts';
import { type Order, openOrder, openText } from './order.ts';
import { type WithdrawRefusal, withdrawOrder } from './withdraw.ts';

const LONGEST_ANSWER = 2_000;

/** What is kept of an answer as it was typed. */
export const answerText = (typed: string): string => typed.normalize('NFC').trim().slice(0, LONGEST_ANSWER);

export type ApplicantRefusal = 'not-found' | StepRefusal;
export type AnswerRefusal = ApplicantRefusal | 'answer-missing';

/** Answers what the staff asked. */
export function answerOrder(
  deps: OrdersDeps,
  visitor: Visitor,
  { orderId, answer }: { orderId: string; answer: string },
): Promise<Decision<Order, AnswerRefusal>> {
  const note = answerText(answer);
  return ofOwn(deps, visitor, orderId, async (tx, order) => {
    if (order.state === 'held' && note === '') return refuse('answer-missing');
    return changeOrder(deps, tx, order, step('answer', note));
  });
}

/** Takes an own order back before it is completed. What is cancelled already stays so. */
export function cancelOwnOrder(
  deps: OrdersDeps,
  visitor: Visitor,
  orderId: string,
): Promise<Decision<Order, ApplicantRefusal>> {
  return ofOwn(deps, visitor, orderId, async (tx, order) =>
    order.state === 'cancelled' ? accept(order) : changeOrder(deps, tx, order, step('cancel')),
  );
}

/** Cancels the contract of an own order within its first days. What is cancelled already stays so. */
export function withdrawOwnOrder(
  deps: OrdersDeps,
  visitor: Visitor,
  orderId: string,
): Promise<Decision<Order, ApplicantRefusal | WithdrawRefusal>> {
  return ofOwn(deps, visitor, orderId, async (tx, order) =>
    order.state === 'cancelled' ? accept(order) : withdrawOrder(deps, tx, order, { actor: { kind: 'applicant' } }),
  );
}

/**
 * The first password of the contractor whom an own order made, once: to whoever asks first. Null when it was shown, or there
 * is none.
 */
export async function takeFirstPassword(
  deps: OrdersDeps,
  visitor: Visitor,
  orderId: string,
): Promise<Decision<string | null, 'not-found'>> {
  return ofOwn<string | null, never>(deps, visitor, orderId, async (tx, order) => {
    const sql = runnerOf(tx);
    const now = deps.clock.now();
    const cipher = order.state === 'completed' ? await takePassword(sql, now, orderId) : null;
    if (!cipher || !order.contractorId) return accept(null);
    const actor = order.lineUserId
      ? { kind: 'line-account' as const, id: order.lineUserId }
      : { kind: 'system' as const };
    await audit(sql, now, {
      actor,
      action: 'orders.first-password-shown',
      contractorId: order.contractorId,
      detail: { orderId },
    });
    return accept(openText(deps.secrets.show, orderId, cipher));
  });
}

const step = (event: Step['event'], note?: string): Step => ({
  event,
  actor: { kind: 'applicant' },
  ...(note ? { note } : {}),
});

/** Does something to an order of the visitor's own, locked; anybody else's is not found. */
export function ofOwn<Result, Code extends string>(
  { db, secrets }: OrdersDeps,
  visitor: Visitor,
  orderId: string,
  work: (tx: Db, order: Order) => Promise<Decision<Result, Code>>,
): Promise<Decision<Result, Code | 'not-found'>> {
  return inTransaction(db, async (tx): Promise<Decision<Result, Code | 'not-found'>> => {
    const row = isId(orderId) ? await loadOwnOrder(runnerOf(tx), visitor, { orderId, isLocked: true }) : null;
    return row ? work(tx, openOrder(secrets.show, row)) : refuse('not-found');
  });
}
