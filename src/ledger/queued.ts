import { type AnswerKeys, answerKeys, bodyHash } from './body-hash.ts';
import type { Family, Json, LedgerCommand, Submitted } from './family.ts';

/**
 * Any family, its own types put aside: a queue holds commands of all families. Sound because a command is only ever
 * handed to the family it was submitted with, and facts to the family that loaded them.
 */
export type AnyFamily = Family<LedgerCommand, unknown, Json>;

/** A command waiting for its turn, and whoever waits for its answer. */
export interface Queued {
  readonly family: AnyFamily;
  readonly command: LedgerCommand;
  readonly ownerIds: readonly string[];
  /** What its answer is found by; null for what may be done again and keeps none. */
  readonly answerKeys: AnswerKeys | null;
  readonly isPatient: boolean;
  /** How many commands it counts as. */
  readonly size: number;
  /** What it must not share with a batch under way: its owners and its request. */
  readonly keys: readonly string[];
  readonly bodyHash: string;
  answer(submitted: Submitted<Json>): void;
  fail(error: unknown): void;
}

/** A command of a family with whoever waits for its answer. */
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
