import { Temporal } from 'temporal-polyfill';
import { newId } from '../../base/ids.ts';
import type { Month } from '../../base/operator-month.ts';
import type { SqlRunner } from '../../infra/db/runner.ts';
import type { Job } from '../../infra/jobs/jobs.ts';
import type { Ledger } from '../../ledger/family.ts';
import type { DataActions } from './actions.ts';
import { dueForTurn, dueToEnd } from './due-store.ts';
import type { DataFamily } from './family.ts';
import { beginMonthTurn, findMonthTurn, finishMonthTurn, noteTurned } from './month-turn-store.ts';
import { dueSlices } from './reservation-store.ts';
import { forgetCounters, forgetDelivered, forgetSlices, forgetUses } from './retention-store.ts';
import type { Calendar } from './rules/calendar.ts';

/** How many subscriptions are found at once; twice as many are with the ledger, where people go before them. */
const PORTION = 1_024;

interface JobDeps {
  sql: SqlRunner;
  ledger: Ledger;
  family: DataFamily;
  calendar: Calendar;
}

/**
 * The turn of the month, and the first grant when a subscription opens. What is due stands in the tables (a subscription
 * in service without this month's row), so it can stop anywhere and go on; that row makes each turn happen once.
 */
export function turnOfTheMonth({ sql, ledger, family, calendar }: JobDeps): Job {
  return {
    name: 'data.turn-of-the-month',
    everySeconds: 30,
    async run(now) {
      const month = calendar.monthOf(now);
      const monthStart = calendar.startOf(month);
      const begun = await findMonthTurn(sql, month);
      if (begun === null) await beginMonthTurn(sql, { month, monthStart, now });
      const done = await inPortions(
        (after) => dueForTurn(sql, { now, month, monthStart, after, size: PORTION }),
        (due) =>
          ledger.submit(family, {
            kind: 'turn',
            requestId: turnRequestId(month, due),
            subscriptionId: due,
            month,
          }),
        (count) => noteTurned(sql, month, count),
      );
      if (begun?.finishedAt == null) await finishMonthTurn(sql, month, now);
      return done;
    },
  };
}

/** What one turn of one subscription is known by. */
export function turnRequestId(month: Month, subscriptionId: string): string {
  return `turn:${month}:${subscriptionId}`;
}

/** Takes out of the book what ends at other moments than the turn: of subscriptions that ended, gifts with own ends. */
export function endOfLots({ sql, ledger, family }: JobDeps): Job {
  return {
    name: 'data.end-of-lots',
    everySeconds: 60,
    run: (now) =>
      inPortions(
        (after) => dueToEnd(sql, { now, after, size: PORTION }),
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
      for (const forget of [forgetCounters, forgetSlices, forgetUses, forgetDelivered]) {
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
  onDone: (count: number) => Promise<void> = async () => undefined,
): Promise<number> {
  let done = 0;
  let after = '00000000-0000-0000-0000-000000000000';
  const underWay: Promise<unknown>[] = [];
  for (;;) {
    const portion = await find(after);
    await underWay.at(-2);
    const handled = Promise.all(portion.map(handle)).then(() => onDone(portion.length));
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
