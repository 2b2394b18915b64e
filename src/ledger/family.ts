import type { Temporal } from 'temporal-polyfill';
import type { SqlRunner } from '../infra/db/runner.ts';
import type { Book } from './book.ts';
import type { Bulk } from './bulk.ts';

/** A JSON value: what is hashed to tell a repeat from another request, and what an answer is stored as. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export interface LedgerCommand {
  /** Unique within the family's scope; a repeat gets the stored answer. */
  readonly requestId: string;
}

/** Resolves when the owners of a batch are locked; their notes can be read from then on. */
export type Opened = Promise<{ readonly book: Pick<Book, 'note'> }>;

/**
 * A family of commands that move amounts: gifts, use, grants. A feature writes one and registers it with the ledger;
 * the batch calls its parts in this order, inside one transaction:
 *
 *   lock the owners in id order → load → decide each command in turn → save
 *
 * Commands of all families share one queue and one working copy (the book), so a later command sees what an earlier
 * one did, whoever wrote it.
 */
export interface Family<Command extends LedgerCommand, Facts, Answer extends Json> {
  /** Names the family and scopes its request ids: `gift`, `data`. */
  readonly scope: string;
  /** Whose lots are locked and loaded. Must be known before the transaction and never change for a command. */
  owners(command: Command): readonly string[];
  /** Whether it is mass work, behind which no person's command is to wait. */
  isPatient?(command: Command): boolean;
  /** How many commands it counts as; 1, unless it is made of many parts. */
  size?(command: Command): number;
  /** Whether doing it twice is harmless by itself, so that no answer need be stored. */
  isRepeatable?(command: Command): boolean;
  /** What makes two requests with the same id the same: everything the caller asked for. */
  body(command: Command): Json;
  /**
   * Loads what all commands of the batch need, set-based. Statements sent before `opened` resolves travel in one round trip
   * with the locks, and see what the locks protect. Await `opened` only to leave out owners whose notes already tell; what is
   * asked after it is a round trip of its own.
   */
  load(sql: SqlRunner, commands: readonly Command[], now: Temporal.Instant, opened: Opened): Promise<Facts>;
  /** Pure: reads facts and book, moves amounts in the book, notes in the facts what is to be saved, answers. */
  decide(command: Command, facts: Facts, book: Book, now: Temporal.Instant): Answer;
  /**
   * Writes what `decide` noted (rows of the feature, outbox, audit), set-based. The statements are sent without waiting for
   * their results, and COMMIT right behind them, so no rows can be read here: load what you need in `load`.
   */
  save(sql: SqlRunner, facts: Facts, now: Temporal.Instant): Promise<void>;
}

/** What a caller gets: the answer (stored or new), or that the request id was used for something else. */
export type Submitted<Answer> =
  | { readonly ok: true; readonly answer: Answer; readonly isReplay: boolean }
  | { readonly ok: false; readonly code: 'request-id-reused' };

export interface Ledger {
  /**
   * Queues a command; resolves after its transaction has committed. Rejects with `LedgerBusy` when the queue is
   * full, and with the error of the database when the outcome could not be learned.
   */
  submit<Command extends LedgerCommand, Facts, Answer extends Json>(
    family: Family<Command, Facts, Answer>,
    command: Command,
  ): Promise<Submitted<Answer>>;
  /**
   * Does the same for many owners, in a transaction beside the batches; resolves after its commit. The work may be run
   * again, so it must be able to tell, from what it reads under the locks, whether it has been done. Rejects as `submit` does.
   */
  inBulk<Result>(work: (bulk: Bulk) => Promise<Result>): Promise<Result>;
  /** Finishes what is queued, then refuses. */
  stop(): Promise<void>;
}
