import { FIRST_ID, newId } from '../../../base/ids.ts';
import type { SqlRunner } from '../../../infra/db/runner.ts';
import type { Job } from '../../../infra/jobs/jobs.ts';
import type { Ledger } from '../../../ledger/family.ts';
import { ownersOfEnded } from '../../../ledger/index.ts';
import type { DataFamily } from '../batch/family.ts';

/** How many subscriptions are found at once; twice as many are with the ledger, where people go before them. */
const PORTION = 1_024;

interface JobDeps {
  sql: SqlRunner;
  ledger: Ledger;
  family: DataFamily;
}

/** Takes out of the book what ends at other moments than the turn: of subscriptions that ended, gifts with own ends. */
export function endOfLots({ sql, ledger, family }: JobDeps): Job {
  return {
    name: 'data.end-of-lots',
    everySeconds: 60,
    run: (now, stopping) =>
      inPortions(
        stopping,
        (after) => ownersOfEnded(sql, 'byte', { now, after, size: PORTION }),
        (due) =>
          // Naturally repeatable: a second run finds nothing left to take.
          ledger.submit(family, { kind: 'end', requestId: `end:${newId()}`, subscriptionId: due }),
      ),
  };
}

/** While one portion is with the ledger the next is found. Told to stop it hands over none, and waits for those that are there. */
async function inPortions(
  stopping: AbortSignal | undefined,
  find: (after: string) => Promise<readonly string[]>,
  handle: (id: string) => Promise<unknown>,
): Promise<number> {
  let done = 0;
  let after = FIRST_ID;
  const underWay: Promise<unknown>[] = [];
  for (;;) {
    const portion = stopping?.aborted ? [] : await find(after);
    await underWay.at(-2);
    const handled = Promise.all(portion.map(handle));
    // Awaited in its turn; until then a failure is not unheard.
    handled.catch(() => undefined);
    underWay.push(handled);
    done += portion.length;
    const last = portion.at(-1);
    if (last === undefined || portion.length < PORTION) {
      await Promise.all(underWay);
      stopping?.throwIfAborted();
      return done;
    }
    after = last;
  }
}
