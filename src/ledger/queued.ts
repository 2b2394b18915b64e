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
  /** What its answer is found by. */
  readonly requestKey: string;
  readonly isPatient: boolean;
  /** What it must not share with a batch under way: its owners and its request. */
  readonly keys: readonly string[];
  readonly bodyHash: string;
  answer(submitted: Submitted<Json>): void;
  fail(error: unknown): void;
}
