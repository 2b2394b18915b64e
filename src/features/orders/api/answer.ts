import { isId } from '../../../base/ids.ts';
import type { OrderTopic } from '../../../base/order-topic.ts';
import { accept, type Decision, refuse } from '../../../base/refusal.ts';
import { inTransaction, runnerOf } from '../../../infra/db/index.ts';
import { answerText } from '../applicant.ts';
import { type AnswerFault, answerQuestion, questionOf } from '../correct.ts';
import type { OrdersDeps } from '../deps.ts';
import { type Order, openChange, openOrder } from '../order.ts';
import type { Application } from '../rules/application.ts';
import { changedTopics, corrected } from '../rules/correction.ts';
import { loadChanges, lockOrder } from '../store.ts';
import { cameByThisInterface } from './bodies.ts';
import type { Answered } from './shapes.ts';

/** What comes back to a question of the staff. */
export interface Answer {
  readonly orderId: string;
  /** What is put right; what is missing stays as it is. */
  readonly put: Answered;
  readonly words: string;
}

export type PatchRefusal = 'placed-elsewhere' | 'not-asked' | AnswerFault;

/**
 * Answers what the staff asked about an order that came by this interface, in words, corrected values, or both. The same
 * answer again, when the order has gone on with it, is answered with the order. Null when there is no such order.
 */
export function answerByPatch(
  deps: OrdersDeps,
  { orderId, put, words }: Answer,
): Promise<Decision<Order, PatchRefusal> | null> {
  return inTransaction(deps.db, async (tx) => {
    const row = isId(orderId) ? await lockOrder(runnerOf(tx), orderId) : null;
    if (!row) return null;
    const order = openOrder(deps.secrets.show, row);
    // Who applied on a page or in LINE answers there.
    if (!cameByThisInterface(order.application)) return refuse('placed-elsewhere');
    const given = withAnswer(order.application, put);
    const question = await questionOf(deps, tx, order);
    if (question) {
      if (hasUnasked(order.application, given, question.about)) return refuse('not-asked');
      return answerQuestion(deps, tx, order, { about: question.about, given, words });
    }
    const last = (await loadChanges(runnerOf(tx), orderId)).at(-1);
    const change = last && openChange(deps.secrets.show, last);
    const isAnswered = change?.event === 'answer' || change?.event === 'correct';
    const isSame = (change?.note ?? '') === answerText(words) && !hasUnasked(order.application, given, []);
    return isAnswered && isSame ? accept(order) : refuse('not-in-this-state');
  });
}

function withAnswer(application: Application, { contractor, user, ...rest }: Answered): Application {
  return {
    ...application,
    ...Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined)),
    ...(contractor ? { contractor: { kind: 'new', ...contractor } } : {}),
    ...(user ? { user: { kind: 'other', ...user } } : {}),
  };
}

/** Whether something differs that the question is not about: nothing that was sent is silently left out. */
function hasUnasked(before: Application, given: Application, about: readonly OrderTopic[]): boolean {
  const taken = corrected(before, given, about);
  const isMailMoved =
    before.contractor.kind !== given.contractor.kind ||
    (before.contractor.kind === 'new' &&
      given.contractor.kind === 'new' &&
      before.contractor.mail !== given.contractor.mail);
  return isMailMoved || changedTopics(taken, given).length > 0;
}
