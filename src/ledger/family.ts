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

/** The owners of a batch once they are locked, with what is noted of them. */
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
  /** Whether it is mass work, which goes when nobody waits who is a person. */
  isPatient?(command: Command): boolean;
  /** How many commands it counts as where commands are counted: 1, unless it is made of many. */
  size?(command: Command): number;
  /** Whether doing it again changes nothing by itself: then no answer is kept. */
  isRepeatable?(command: Command): boolean;
  /** What makes two requests with the same id the same: everything the caller asked for. */
  body(command: Command): Json;
  /**
   * Set-based statements for all commands of the batch, after the locks are held. What is asked at once travels with the
   * locks; what is asked after `opened`, where an owner's notes do not say it already, is a round trip of its own.
   */
  load(sql: SqlRunner, commands: readonly Command[], now: Temporal.Instant, opened: Opened): Promise<Facts>;
  /** Pure: reads facts and book, moves amounts in the book, notes in the facts what is to be saved, answers. */
  decide(command: Command, facts: Facts, book: Book, now: Temporal.Instant): Answer;
  /**
   * Writes what decide noted (rows of the feature, outbox, audit), set-based. The statements are sent without waiting,
   * COMMIT right behind them, so there are no rows to read here: whatever is to be known is loaded in `load`.
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
   * The same for many owners in a transaction beside the batches, after whose commit it resolves. It may be run again, so
   * what was done must show in what it asks behind the locks. Rejects as `submit` does.
   */
  inBulk<Result>(work: (bulk: Bulk) => Promise<Result>): Promise<Result>;
  /** Finishes what is queued, then refuses. */
  stop(): Promise<void>;
}
