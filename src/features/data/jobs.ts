import { Temporal } from 'temporal-polyfill';
import { FIRST_ID, newId } from '../../base/ids.ts';
import type { SqlRunner } from '../../infra/db/runner.ts';
import type { Job } from '../../infra/jobs/jobs.ts';
import type { Ledger } from '../../ledger/family.ts';
import { ownersOfEnded } from '../../ledger/index.ts';
import type { DataActions } from './actions.ts';
import type { DataFamily } from './family.ts';
import { dueSlices } from './reservation-store.ts';
import { forgetCounters, forgetDelivered, forgetSliceAnswers, forgetSlices, forgetUses } from './retention-store.ts';

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
    run: (now) =>
      inPortions(
        (after) => ownersOfEnded(sql, 'byte', { now, after, size: PORTION }),
        (due) =>
          // Naturally repeatable: a second run finds nothing left to take.
          ledger.submit(family, { kind: 'end', requestId: `end:${newId()}`, subscriptionId: due }),
      ),
  };
}

/** How long the network's word on a slice may be under way after its time is up. */
const GRACE = Temporal.Duration.from({ seconds: 60 });

/** Gives back what was lent and nobody settled in time. */
export function endOfSlices({ sql, actions }: { sql: SqlRunner; actions: Pick<DataActions, 'returnSlice'> }): Job {
  return {
    name: 'data.end-of-slices',
    everySeconds: 15,
    async run(now) {
      let done = 0;
      for (;;) {
        const due = await dueSlices(sql, now.subtract(GRACE), PORTION);
        await Promise.all(due.map((slice) => actions.returnSlice({ ...slice, reason: 'expired' })));
        done += due.length;
        if (due.length < PORTION) return done;
      }
    },
  };
}

/** A day more than records are taken for: whatever is still taken finds what was counted before. */
const FORGOTTEN_LATER = Temporal.Duration.from({ hours: 24 });

/** Secrecy of communications: single uses, and what the network was told of them, are forgotten after the operator's days; daily totals stay. */
export function forgetSingleUses({ sql, keptDays }: { sql: SqlRunner; keptDays: number }): Job {
  return {
    name: 'data.forget-single-uses',
    everySeconds: 3_600,
    async run(now) {
      const before = now.subtract({ hours: keptDays * 24 }).subtract(FORGOTTEN_LATER);
      let forgotten = 0;
      for (const forget of [forgetCounters, forgetUses, forgetSlices, forgetSliceAnswers, forgetDelivered]) {
        forgotten += await forget(sql, before);
      }
      return forgotten;
    },
  };
}

/** While one portion is with the ledger the next is found. */
async function inPortions(
  find: (after: string) => Promise<readonly string[]>,
  handle: (id: string) => Promise<unknown>,
): Promise<number> {
  let done = 0;
  let after = FIRST_ID;
  const underWay: Promise<unknown>[] = [];
  for (;;) {
    const portion = await find(after);
    await underWay.at(-2);
    const handled = Promise.all(portion.map(handle));
    // Awaited in its turn; until then a failure is not unheard.
    handled.catch(() => undefined);
    underWay.push(handled);
    done += portion.length;
    const last = portion.at(-1);
    if (last === undefined || portion.length < PORTION) {
      await Promise.all(underWay);
      return done;
    }
    after = last;
  }
}
