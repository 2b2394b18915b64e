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
 * - `reconnect`: the connection or the server is gone; whether the batch took effect is told by its stored answers.
 * - `one-by-one`: something in the batch is at fault (a bug in a rule, a value the database refuses); find it.
 * - `give-up`: the database cannot (disk full, read-only, statement timeout).
 */
export type Remedy = 'again' | 'reconnect' | 'one-by-one' | 'give-up';

const anotherWon = new Set(['40001', '40P01', '23505']);

/** By PostgreSQL’s code and severity; what is no error of the database is a bug in a rule (`one-by-one`). */
export function remedyFor(error: unknown): Remedy {
  if (error instanceof ConnectionLost) return 'reconnect';
  const { code, severity } = asDatabaseError(error);
  if (code === undefined) return 'one-by-one';
  if (severity === 'FATAL' || severity === 'PANIC' || /^(08|57P)/.test(code)) return 'reconnect';
  if (anotherWon.has(code)) return 'again';
  // Classes of PostgreSQL's error codes: 21–23 and 44 wrong data, 42 wrong SQL, P0 raised by a function.
  return /^(21|22|23|42|44|P0)/.test(code) ? 'one-by-one' : 'give-up';
}

/** Whether a command failed by itself: by a bug in a rule, or a value that the database refuses. It has changed nothing. */
export function isOwnFault(error: unknown): boolean {
  const wasNotRun = error instanceof LedgerBusy || error instanceof OutcomeUnknown;
  return !wasNotRun && remedyFor(error) === 'one-by-one';
}

/** No connection could be had, or it broke. */
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
