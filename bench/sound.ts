import { verifyLedger } from '../src/ledger/index.ts';
import type { World } from './world.ts';

/** What a question says it did to the ledger, counted by its callers as they were answered. */
export interface Tally {
  /** Requests answered for the first time, refusals included. */
  answered: number;
  /** Gifts among them. */
  gifts: number;
  /** Bytes that entered the ledger, less those that left it. */
  bytes: bigint;
}

export const newTally = (): Tally => ({ answered: 0, gifts: 0, bytes: 0n });

/** A figure counts only if nothing was lost on the way to it: every answer once, the sum kept, nothing below zero. */
export async function soundly<T>(world: World, question: string, ask: (tally: Tally) => Promise<T>): Promise<T> {
  const tally = newTally();
  const before = await stock(world);
  const result = await ask(tally);
  const after = await stock(world);

  const faults = (await verifyLedger(world.sql)).slice(0, 5).map(({ says }) => says);
  const told = {
    answers: [after.answers - before.answers, tally.answered],
    gifts: [after.gifts - before.gifts, tally.gifts],
    bytes: [BigInt(after.bytes) - BigInt(before.bytes), tally.bytes],
  };
  for (const [what, [found, expected]] of Object.entries(told)) {
    if (found !== expected) faults.push(`${what}: ${found} in the database, ${expected} by the callers`);
  }
  if (faults.length > 0) throw new Error(`not sound after ${question}:\n${faults.join('\n')}`);
  return result;
}

async function stock({ sql }: World): Promise<{ answers: number; gifts: number; bytes: string }> {
  const [row] = await sql.query<{ answers: number; gifts: number; bytes: string }>(
    `select (select count(*) from ledger_answer) + (select count(*) from usage_record) + (select count(*) from idempotent_request) as answers,
            (select count(*) from gift where state = 'claimed') as gifts,
            (select sum(bytes)::text from (select sum(remaining) as bytes from ledger_lot union all select sum(remaining) from naive_lot) as held) as bytes`,
  );
  if (row === undefined) throw new Error('a count was not answered');
  return row;
}
