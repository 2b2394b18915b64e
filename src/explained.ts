import { HeldIsMissing } from './features/billing/index.ts';
import { FolderInUse } from './infra/db/embedded.ts';
import { NewerSchema, OlderSchema, UntrustedDatabase } from './infra/db/migrate.ts';
import { Faults } from './operator-folder/faults.ts';

/** An error that needs no stack to be understood. */
export class Explained extends Error {}

/** A sentence for whoever started the program, or undefined where only a stack tells what happened. */
export function explained(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const sentences = [Explained, Faults, FolderInUse, HeldIsMissing, NewerSchema, OlderSchema, UntrustedDatabase];
  if (sentences.some((kind) => error instanceof kind)) return error.message;
  const code = 'code' in error ? String(error.code) : '';
  const isListening = 'syscall' in error && error.syscall === 'listen';
  if (isListening && code === 'EADDRINUSE') return `PORT is taken: something listens there already (${error.message}).`;
  if (isListening) return `Nobody can listen there: look at HOST and PORT (${error.message}).`;
  if (/^(ENOTFOUND|EAI_AGAIN)$/.test(code))
    return `There is no machine of that name: look at DATABASE_URL and HOST (${error.message}).`;
  if (/^(ECONNREFUSED|ECONNRESET|ENOENT|EACCES|ETIMEDOUT|EHOSTUNREACH)$/.test(code) && 'syscall' in error)
    return error.syscall === 'connect' ? unreachable(error.message) : undefined;
  if (error.message.startsWith('timeout exceeded when trying to connect')) return unreachable(error.message);
  // PostgreSQL's: no such role or password, no such database, no room, not open (yet).
  if (/^(28...|3D000|53300|57P0.)$/.test(code)) return `The database lets nobody in: ${error.message}.`;
  return undefined;
}

const unreachable = (why: string) => `The database does not answer (${why}). Is it running, and is DATABASE_URL right?`;
