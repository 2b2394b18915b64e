import type { OrderTopic } from '../../base/order-topic.ts';
import { accept, type Decision, refuse } from '../../base/refusal.ts';
import { type Db, runnerOf } from '../../infra/db/index.ts';
import type { Visitor } from './access-store.ts';
import { answerText, ofOwn } from './applicant.ts';
import { changeOrder, type StepRefusal } from './change.ts';
import type { OrdersDeps } from './deps.ts';
import { type Order, openChange } from './order.ts';
import { lockPlaceFacts, saveTraits } from './place.ts';
import type { Application } from './rules/application.ts';
import { changedTopics, corrected, correctionFault } from './rules/correction.ts';
import { type PlaceFault, placeFaults } from './rules/place.ts';
import { loadChanges } from './store.ts';

/** What the staff wait for: their words, and what of the application they are about. */
export interface Question {
  readonly words: string;
  readonly about: readonly OrderTopic[];
  /** Of the order since it was asked. */
  readonly version: number;
}

/** The question an order waits for; null when it waits for none. */
export async function questionOf(deps: OrdersDeps, db: Db, order: Order): Promise<Question | null> {
  if (order.state !== 'held') return null;
  const row = (await loadChanges(runnerOf(db), order.orderId)).at(-1);
  const asked = row && openChange(deps.secrets.show, row);
  return asked?.event === 'ask' ? { words: asked.note ?? '', about: asked.about, version: asked.version } : null;
}

export interface Correction {
  readonly orderId: string;
  /** Of the order whose question was on the page. */
  readonly version: number;
  /** The whole application with what was typed; only what was asked about is taken of it. */
  readonly given: Application;
  /** What the applicant says with it; may be empty. */
  readonly words: string;
}

export type CorrectRefusal = 'not-found' | 'changed-meanwhile' | AnswerFault;

/**
 * Answers a question with corrected values: the order goes on with a new version of its application, the one before stays in
 * the history. Where nothing differs it is an answer in words.
 *
 * @param also in the same transaction
 */
export function correctOrder(
  deps: OrdersDeps,
  visitor: Visitor,
  { orderId, version, given, words }: Correction,
  also?: (tx: Db) => Promise<void>,
): Promise<Decision<Order, CorrectRefusal>> {
  return ofOwn<Order, CorrectRefusal>(deps, visitor, orderId, async (tx, order) => {
    const question = await questionOf(deps, tx, order);
    if (!question) return refuse('not-in-this-state');
    if (question.version !== version) return refuse('changed-meanwhile');
    const answered = await answerQuestion(deps, tx, order, { about: question.about, given, words });
    if (answered.ok) await also?.(tx);
    return answered;
  });
}

export type AnswerFault = StepRefusal | 'answer-missing' | PlaceFault;

/** What `correctOrder` does once the question is known, to a locked order. */
export async function answerQuestion(
  deps: OrdersDeps,
  tx: Db,
  order: Order,
  { about: asked, given, words }: Pick<Correction, 'given' | 'words'> & Pick<Question, 'about'>,
): Promise<Decision<Order, AnswerFault>> {
  const note = answerText(words);
  const application = corrected(order.application, given, asked);
  const about = changedTopics(order.application, application);
  if (about.length === 0 && note === '') return refuse('answer-missing');
  const fault = correctionFault(placeFaults(await lockPlaceFacts(deps, tx, application, order.orderId)), about);
  if (fault) return refuse(fault);
  const actor = { kind: 'applicant' } as const;
  const said = note === '' ? {} : { note };
  const step =
    about.length === 0
      ? ({ event: 'answer', actor, ...said } as const)
      : ({ event: 'correct', actor, about, patch: { application }, ...said } as const);
  const changed = await changeOrder(deps, tx, order, step);
  if (!changed.ok) return changed;
  if (about.length > 0) await saveTraits(deps, runnerOf(tx), changed.value);
  return accept(changed.value);
}
