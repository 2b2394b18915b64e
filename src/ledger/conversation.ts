import pg from 'pg';
import { nameOf } from '../infra/db/prepared.ts';
import type { SqlRunner } from '../infra/db/runner.ts';
import { ConnectionLost } from './errors.ts';

/** A prepared statement: planned once a connection, then sent by its name. */
export interface Statement {
  readonly name: string;
  readonly text: string;
}

/**
 * One connection held by the ledger. Statements are sent without waiting for the answer to the one before, where the
 * driver lets them (`pipeline: true` on the pool), and in turn where it does not; the database runs them in order
 * either way. So what belongs together is asked together and awaited once.
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

/** Whether the driver is sure to send a value. Of other objects it first makes JSON, which may fail. */
function isPlain(value: unknown): boolean {
  return value === null || typeof value !== 'object' || (Array.isArray(value) && value.every(isPlain));
}

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
  let last: Promise<unknown> = Promise.resolve();
  const onError = () => {
    isBroken = true;
  };
  const client = await checkOut(pool, onError);

  function send(name: string | undefined, text: string, values: readonly unknown[]): Promise<pg.QueryResult> {
    const query = () => client.query({ ...(name !== undefined && { name }), text, values: [...values] });
    const answered = (client.pipeline ? query() : last.then(query)).catch((cause: unknown) => {
      // A broken connection fails everything on its way; the driver's words for it vary, so its event is asked.
      const error = isBroken ? new ConnectionLost('the connection broke', { cause }) : cause;
      fault ??= error;
      // After an error of its own the driver no longer knows which statements the connection has prepared.
      isBroken ||= !(cause instanceof pg.DatabaseError);
      throw error;
    });
    last = answered.catch(() => undefined);
    return answered;
  }

  async function ask({ name, text }: Statement, values: readonly unknown[] = []) {
    return (await send(name, text, values)).rows;
  }
  function tellNamed(name: string | undefined, text: string, values: readonly unknown[]) {
    // COMMIT is right behind, so a value that the driver then cannot send would be missing from what is committed.
    if (values.every(isPlain)) send(name, text, values).catch(() => undefined);
    else fault ??= new TypeError(`an object is sent as text here: ${text}`);
  }

  return {
    ask,
    tell: ({ name, text }, values) => tellNamed(name, text, values),
    teller: {
      async query(text: string, values: readonly unknown[] = []) {
        tellNamed(nameOf(text), text, values);
        return notYetRead;
      },
    },
    async query(text: string, values: readonly unknown[] = []) {
      return (await send(nameOf(text), text, values)).rows;
    },
    get fault() {
      return fault;
    },
    begin() {
      fault = undefined;
      return ask(BEGIN);
    },
    async commit() {
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
