import type { Temporal } from 'temporal-polyfill';
import type { KeyRing } from '../secrets.ts';
import type { SqlRunner } from './runner.ts';

/** Of whom everything that is kept is asked for: a contractor, and what is theirs. */
export interface Person {
  readonly contractorId: string;
  /** All of the contract, those that ended included. */
  readonly subscriptionIds: readonly string[];
  /** LINE accounts that are surely the contractor's own hands: their talk and the names they were shown are the contractor's. */
  readonly ownAccounts: readonly string[];
  /** Opens what lies sealed. */
  readonly key: KeyRing;
  readonly now: Temporal.Instant;
}

/**
 * A feature's answer to "what do you keep about me", for its own tables: each is either in the section or named with the
 * reason why not. A section is made with a fixed number of statements; moments become RFC 3339 text, amounts have their unit
 * in the name.
 */
export interface Discloser {
  readonly tables: readonly string[];
  readonly keptBack: Readonly<Record<string, string>>;
  disclose(sql: SqlRunner, of: Person): Promise<Readonly<Record<string, unknown>>>;
}
