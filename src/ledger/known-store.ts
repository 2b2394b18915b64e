import { plainArray } from '../infra/db/array-text.ts';
import type { SqlRunner } from '../infra/db/runner.ts';
import { bodyHash, requestKey } from './body-hash.ts';
import type { Family, Json, LedgerCommand } from './family.ts';

/** What `submit` would make of a request: a new one, the same again, or another body under an id that was used. */
export type Known = 'new' | 'repeat' | 'other-body';

/** Asks without doing anything, in the order of the commands. */
export async function knownRequests<Command extends LedgerCommand, Facts, Answer extends Json>(
  sql: SqlRunner,
  family: Family<Command, Facts, Answer>,
  commands: readonly Command[],
): Promise<readonly Known[]> {
  const keys = commands.map(({ requestId }) => requestKey(family.scope, requestId));
  const rows = await sql.query<{ key: string; hash: string }>(
    `select replace(request_key::text, '-', '') as key, replace(body_hash::text, '-', '') as hash
     from ledger_answer where request_key = any($1::uuid[])`,
    [plainArray(keys)],
  );
  const answered = new Map(rows.map(({ key, hash }) => [key, hash]));
  return commands.map((command, at) => {
    const hash = bodyHash(family.body(command));
    const key = keys[at] ?? '';
    const before = answered.get(key);
    // The second of two in this list is a repeat of the first.
    answered.set(key, before ?? hash);
    if (before === undefined) return 'new';
    return before === hash ? 'repeat' : 'other-body';
  });
}
