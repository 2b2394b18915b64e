import type pg from 'pg';
import { nameOf } from '../infra/db/prepared.ts';
import { type Answered, Round } from '../infra/db/round.ts';
import type { SqlRunner } from '../infra/db/runner.ts';
import { ConnectionLost } from './errors.ts';

/** A prepared statement: planned once a connection, then sent by its name. */
export interface Statement {
  readonly name: string;
  readonly text: string;
}

/**
 * One connection held by the ledger. What is asked in one turn of the event loop is sent as one (`Round`): the database
 * runs it in order and skips what follows a failure. So what belongs together is asked together and awaited once.
 */
export interface Conversation extends SqlRunner {
  ask<Row>(statement: Statement, values?: readonly unknown[]): Promise<readonly Row[]>;
  /** Sends and does not wait: COMMIT follows on its heels, and fails if this did. */
  tell(statement: Statement, values: readonly unknown[]): void;
  /** `tell` for families. Whoever looks at the rows of such a query finds that there are none yet. */
  readonly teller: SqlRunner;
  /** Fails, with what went wrong first, unless the database says that it has committed. */
  commit(): Promise<void>;
  /** The first thing that went wrong since `begin`: later statements only report that the transaction is aborted. */
  readonly fault: unknown;
  begin(): Promise<unknown>;
  /** Back to a state in which a new transaction can begin; answers whether the connection is still good. */
  rollback(): Promise<boolean>;
  leave(isBroken: boolean): void;
}

const BEGIN: Statement = { name: 'ledger-begin', text: 'begin isolation level read committed' };
const COMMIT: Statement = { name: 'ledger-commit', text: 'commit' };
const ROLLBACK: Statement = { name: 'ledger-rollback', text: 'rollback' };

/** The rows of a statement that was only sent. Looking at them would be a bug in a family, so it throws. */
const notYetRead: readonly never[] = new Proxy([], {
  get(_, property) {
    // Awaiting a value asks whether it is a promise.
    if (property === 'then') return undefined;
    throw new Error('the statements of `save` are sent without waiting, their rows cannot be read');
  },
});

/** Listens before anything else can happen: an error that nobody listens to ends the process. */
function checkOut(pool: pg.Pool, onError: (error: Error) => void): Promise<pg.PoolClient> {
  return new Promise((done, fail) => {
    pool.connect((cause, client) => {
      if (client === undefined) return fail(new ConnectionLost('no connection to the database', { cause }));
      client.on('error', onError);
      done(client);
    });
  });
}

/** Takes a connection of the pool for one batch. Rejects with `ConnectionLost` where none can be had. */
export async function startConversation(pool: pg.Pool): Promise<Conversation> {
  let isBroken = false;
  let fault: unknown;
  let round: Round | undefined;
  const onError = () => {
    isBroken = true;
  };
  const client = await checkOut(pool, onError);

  /** A round leaves when the turn ends: whatever a resolved promise goes on to ask is still in it. */
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
      // A broken connection fails everything on its way; the driver's words for it vary, so its event is asked.
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
      // What cannot be sent has not left, and the database would commit the rest.
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
