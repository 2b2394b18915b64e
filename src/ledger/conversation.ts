import type pg from 'pg';
import { nameOf } from '../infra/db/prepared.ts';
import { type Answered, Round } from '../infra/db/round.ts';
import type { SqlRunner } from '../infra/db/runner.ts';
import { ConnectionLost } from './errors.ts';

/** A prepared statement: planned once for each connection, then sent by its name. */
export interface Statement {
  readonly name: string;
  readonly text: string;
}

/**
 * One connection held by the ledger. All statements of one turn of the event loop are sent together (`Round`); the database
 * runs them in order and skips everything after a failure. So send what belongs together without awaiting in between.
 */
export interface Conversation extends SqlRunner {
  ask<Row>(statement: Statement, values?: readonly unknown[]): Promise<readonly Row[]>;
  /** Sends without waiting. COMMIT follows right behind, and fails if this failed. */
  tell(statement: Statement, values: readonly unknown[]): void;
  /** `tell` in the form that families use. Reading the rows of such a query throws. */
  readonly teller: SqlRunner;
  /** Rejects with the first error unless the database confirms that it has committed. */
  commit(): Promise<void>;
  /** The first thing that went wrong since `begin`: later statements only report that the transaction is aborted. */
  readonly fault: unknown;
  begin(): Promise<unknown>;
  /** Rolls back, so that a new transaction can begin; answers whether the connection is still good. */
  rollback(): Promise<boolean>;
  leave(isBroken: boolean): void;
}

const BEGIN: Statement = { name: 'ledger-begin', text: 'begin isolation level read committed' };
const COMMIT: Statement = { name: 'ledger-commit', text: 'commit' };
const ROLLBACK: Statement = { name: 'ledger-rollback', text: 'rollback' };

/** The rows of a statement whose result is not awaited. Reading them is a bug in a family, so it throws. */
const notYetRead: readonly never[] = new Proxy([], {
  get(_, property) {
    // `await` looks for `then` on any value.
    if (property === 'then') return undefined;
    throw new Error('the statements of `save` are sent without waiting, their rows cannot be read');
  },
});

/** Listens for errors before anything else can happen: an error event that nobody listens to ends the process. */
function checkOut(pool: pg.Pool, onError: (error: Error) => void): Promise<pg.PoolClient> {
  return new Promise((done, fail) => {
    pool.connect((cause, client) => {
      if (client === undefined) return fail(new ConnectionLost('no connection to the database', { cause }));
      client.on('error', onError);
      done(client);
    });
  });
}

/** Takes a connection from the pool. Rejects with `ConnectionLost` if there is none. */
export async function startConversation(pool: pg.Pool): Promise<Conversation> {
  let isBroken = false;
  let fault: unknown;
  let round: Round | undefined;
  const onError = () => {
    isBroken = true;
  };
  const client = await checkOut(pool, onError);

  /** The round of this turn, sent when the turn ends; statements that follow from promises resolved in it still belong to it. */
  function thisTurns(): Round {
    if (round !== undefined) return round;
    const begun = new Round(client);
    round = begun;
    process.nextTick(() => {
      round = undefined;
      client.query(begun);
    });
    return begun;
  }

  async function send<Row>(name: string | undefined, text: string, values: readonly unknown[]): Promise<Answered<Row>> {
    try {
      return await thisTurns().add<Row>(name, text, values);
    } catch (cause) {
      // A broken connection fails every statement under way, with errors that vary; the connection's own event is reliable.
      const error = isBroken ? new ConnectionLost('the connection broke', { cause }) : cause;
      fault ??= error;
      throw error;
    }
  }

  async function ask<Row>({ name, text }: Statement, values: readonly unknown[] = []) {
    return (await send<Row>(name, text, values)).rows;
  }

  return {
    ask,
    tell({ name, text }, values) {
      send(name, text, values).catch(() => undefined);
    },
    teller: {
      async query(text: string, values: readonly unknown[] = []) {
        send(nameOf(text), text, values).catch(() => undefined);
        return notYetRead;
      },
    },
    async query<Row>(text: string, values: readonly unknown[] = []) {
      return (await send<Row>(nameOf(text), text, values)).rows;
    },
    get fault() {
      return fault;
    },
    begin() {
      fault = undefined;
      return ask(BEGIN);
    },
    async commit() {
      // A statement that could not be encoded was not sent, and the database would commit the others.
      if (fault !== undefined) throw fault;
      const { command } = await send(COMMIT.name, COMMIT.text, []);
      // A COMMIT that follows a failed statement is answered with ROLLBACK, and not as an error.
      if (command !== 'COMMIT') throw fault ?? new Error(`COMMIT was answered with ${command}`);
    },
    async rollback() {
      if (!isBroken) await ask(ROLLBACK).catch(onError);
      return !isBroken;
    },
    leave(mustEnd) {
      client.off('error', onError);
      client.release(mustEnd || isBroken);
    },
  };
}
