/** The queue is full, or the ledger is stopping: try again a little later (503 with Retry-After). */
export class LedgerBusy extends Error {
  override readonly name = 'LedgerBusy';
}

/**
 * The connection broke while the commit was under way and the database has not answered since, so whether the
 * request took effect is not known. Sending the same request again settles it: it has one effect in any case.
 */
export class OutcomeUnknown extends Error {
  override readonly name = 'OutcomeUnknown';
}

/**
 * What to do about an error:
 * - `again`: another transaction was in the way; nothing happened, the same batch will go through.
 * - `reconnect`: the connection or the server is gone; the stored answers will tell whether the batch took effect.
 * - `one-by-one`: one command is at fault (a bug in a rule, a value the database refuses) and must be found.
 * - `give-up`: the database cannot do it (disk full, read-only, statement timeout).
 */
export type Remedy = 'again' | 'reconnect' | 'one-by-one' | 'give-up';

const anotherWon = new Set(['40001', '40P01', '23505']);

/** Decides by PostgreSQL’s code and severity. An error that is not the database's is a bug in a rule (`one-by-one`). */
export function remedyFor(error: unknown): Remedy {
  if (error instanceof ConnectionLost) return 'reconnect';
  const { code, severity } = asDatabaseError(error);
  if (code === undefined) return 'one-by-one';
  if (severity === 'FATAL' || severity === 'PANIC' || /^(08|57P)/.test(code)) return 'reconnect';
  if (anotherWon.has(code)) return 'again';
  // Classes of PostgreSQL's error codes: 21–23 and 44 wrong data, 42 wrong SQL, P0 raised by a function.
  return /^(21|22|23|42|44|P0)/.test(code) ? 'one-by-one' : 'give-up';
}

/** Whether the command itself was at fault: a bug in a rule, or a value that the database refuses. Then it has changed nothing. */
export function isOwnFault(error: unknown): boolean {
  const wasNotRun = error instanceof LedgerBusy || error instanceof OutcomeUnknown;
  return !wasNotRun && remedyFor(error) === 'one-by-one';
}

/** There was no connection, or it broke. */
export class ConnectionLost extends Error {
  override readonly name = 'ConnectionLost';
}

function asDatabaseError(error: unknown): { code?: string; severity?: string } {
  if (!(error instanceof Error) || !('code' in error) || !('severity' in error)) return {};
  const { code, severity } = error;
  return {
    ...(typeof code === 'string' && { code }),
    ...(typeof severity === 'string' && { severity }),
  };
}
