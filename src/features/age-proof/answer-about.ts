import type { Temporal } from 'temporal-polyfill';
import type { Clock } from '../../base/clock.ts';
import { newId } from '../../base/ids.ts';
import { accept, type Decision } from '../../base/refusal.ts';
import type { SqlRunner } from '../../infra/db/index.ts';
import type { Contractors, Subscription } from '../contractors/index.ts';
import { type Answer, insertAnswer } from './answer-store.ts';
import type { Access } from './openid/bearer.ts';
import type { SubjectFault } from './rules/access.ts';
import { findSubject } from './subject.ts';

export interface AnswerDeps {
  readonly sql: SqlRunner;
  readonly clock: Clock;
  readonly contractors: Pick<Contractors, 'subscriptions' | 'subscriptionOfMsisdn'>;
}

/** Who asks, and about whom. */
export interface Asked {
  readonly access: Access;
  readonly phoneNumber: string | undefined;
  /** Whether it names a device in another way, too. */
  readonly hasOtherIdentifier?: boolean;
}

/** What the partner is told, and how it stands on record. */
export interface Given<Value> {
  readonly value: Value;
  readonly recorded: Answer;
}

/**
 * Finds whom a question is about and what to answer, and answers once that is recorded: nothing is said that the person cannot
 * see. The record is committed by itself, so nothing is held while `decide` reads.
 */
export async function answerAbout<Value, Fault extends string = never>(
  deps: AnswerDeps,
  asked: Asked,
  decide: (subscription: Subscription, now: Temporal.Instant) => Promise<Decision<Given<Value>, Fault>>,
): Promise<Decision<Value, SubjectFault | Fault>> {
  const subject = await findSubject(deps, deps.sql, asked);
  if (!subject.ok) return subject;
  const { subscriptionId } = subject.value;
  const now = deps.clock.now();
  const decided = await decide(subject.value, now);
  if (!decided.ok) return decided;
  const { value, recorded } = decided.value;
  const { partnerId } = asked.access.partner;
  await insertAnswer(deps.sql, now, { answerId: newId(), subscriptionId, partnerId, ...recorded });
  return accept(value);
}
