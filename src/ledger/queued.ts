import { type AnswerKeys, answerKeys, bodyHash } from './body-hash.ts';
import type { Family, Json, LedgerCommand, Submitted } from './family.ts';

/**
 * A family without its own types, since the queue holds commands of all families. This is sound because a command is only
 * ever given to the family it was submitted with, and facts to the family that loaded them.
 */
export type AnyFamily = Family<LedgerCommand, unknown, Json>;

/** A command in the queue, with the callbacks of its caller. */
export interface Queued {
  readonly family: AnyFamily;
  readonly command: LedgerCommand;
  readonly ownerIds: readonly string[];
  /** The keys of its stored answer; null if it is repeatable and stores none. */
  readonly answerKeys: AnswerKeys | null;
  readonly isPatient: boolean;
  /** How many commands it counts as. */
  readonly size: number;
  /** Its owners and its request: two batches that run at the same time never have one of these in common. */
  readonly keys: readonly string[];
  readonly bodyHash: string;
  answer(submitted: Submitted<Json>): void;
  fail(error: unknown): void;
}

/** Makes a command ready for the queue. */
export function queuedFor<Command extends LedgerCommand, Facts, Answer extends Json>(
  family: Family<Command, Facts, Answer>,
  command: Command,
  caller: { answer(submitted: Submitted<Answer>): void; fail(error: unknown): void },
): Queued {
  const ownerIds = family.owners(command);
  const isRepeatable = family.isRepeatable?.(command) ?? false;
  const kept = isRepeatable ? null : answerKeys(family.scope, command.requestId);
  return {
    family,
    command,
    ownerIds,
    answerKeys: kept,
    isPatient: family.isPatient?.(command) ?? false,
    size: family.size?.(command) ?? 1,
    keys: kept === null ? ownerIds : [...ownerIds, kept.key],
    bodyHash: isRepeatable ? '' : bodyHash(family.body(command)),
    answer: caller.answer,
    fail: caller.fail,
  };
}
