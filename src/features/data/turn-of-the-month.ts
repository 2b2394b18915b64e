import type { Temporal } from 'temporal-polyfill';
import type { Month } from '../../base/operator-month.ts';
import type { SqlRunner } from '../../infra/db/runner.ts';
import type { Job } from '../../infra/jobs/jobs.ts';
import { nextSize } from '../../infra/jobs/portions.ts';
import type { Bulk } from '../../ledger/bulk.ts';
import type { Ledger } from '../../ledger/family.ts';
import { turnRequestId } from './commands.ts';
import type { Deciding } from './deciding.ts';
import { dueForTurn } from './due-store.ts';
import type { DataFamily } from './family.ts';
import { beginMonthTurn, findMonthTurn, finishMonthTurn, noteTurned } from './month-turn-store.ts';
import { loadSubscriptions, saveMonth } from './store.ts';
import { liftThrottles } from './throttle-store.ts';
import { decideTurnOfMany } from './turn-of-many.ts';

/** Whose subscription is in a portion waits for it, and so may others of the same batch. */
const PORTION = { first: 256, aimMs: 25, least: 64, most: 4_096 };

const FIRST_ID = '00000000-0000-0000-0000-000000000000';

interface TurnDeps extends Pick<Deciding, 'calendar' | 'baseBytesOf'> {
  readonly sql: SqlRunner;
  readonly ledger: Ledger;
  readonly family: DataFamily;
}

/**
 * The turn of the month, and the first grant when a subscription opens. What is due stands in the tables (a subscription
 * in service without this month's row), so it can stop anywhere and go on; that row makes each turn happen once.
 *
 * Nearly all are turned alike, so it goes by portions of them and not by commands, as many at once as take some 25 ms.
 */
export function turnOfTheMonth(deps: TurnDeps): Job {
  const { sql, calendar } = deps;
  return {
    name: 'data.turn-of-the-month',
    everySeconds: 30,
    async run(now) {
      const month = calendar.monthOf(now);
      const monthStart = calendar.startOf(month);
      const begun = await findMonthTurn(sql, month);
      if (begun === null) await beginMonthTurn(sql, { month, monthStart, now });
      let done = 0;
      let size = PORTION.first;
      for (let after = FIRST_ID; ; ) {
        const due = await dueForTurn(sql, { now, month, monthStart, after, size });
        const last = due.at(-1);
        if (last === undefined) break;
        const started = performance.now();
        const others = await deps.ledger.inBulk((bulk) => turnTogether(bulk, due, { ...deps, month, now }));
        const tookMs = performance.now() - started;
        await turnOneByOne(others, { ...deps, month });
        done += due.length;
        if (due.length < size) break;
        after = last;
        size = nextSize(size, tookMs, PORTION);
      }
      if (begun?.finishedAt == null) await finishMonthTurn(sql, month, now);
      return done;
    },
  };
}

/** Turns those with whom the turn does the same, and answers the others. */
async function turnTogether(
  bulk: Bulk,
  subscriptionIds: readonly string[],
  { month, now, ...deciding }: Pick<Deciding, 'calendar' | 'baseBytesOf'> & { month: Month; now: Temporal.Instant },
): Promise<readonly string[]> {
  // Asked together, in one round trip; the database loads what it has locked.
  const [, subscriptions] = await Promise.all([
    bulk.lock(subscriptionIds),
    loadSubscriptions(bulk.asker, subscriptionIds),
  ]);
  const { alike, others } = decideTurnOfMany(subscriptions, month, deciding);
  const turned = alike.flatMap((each) => each.subscriptionIds);
  if (turned.length === 0) return others;

  const cause = { scope: 'data', requestId: `turn:${month}` };
  bulk.takeEnded(turned, 'byte', deciding.calendar.startOf(month), cause);
  for (const { grant, subscriptionIds } of alike) {
    if (grant === undefined) continue;
    const { bytes: amount, grantedAt, expiresAt } = grant;
    const lot = { source: 'plan-grant', unit: 'byte', kind: 'base', amount, grantedAt, expiresAt } as const;
    bulk.bringEach(subscriptionIds, lot, cause);
  }
  await saveMonth(bulk.teller, turned, month, now);
  await liftThrottles(bulk.teller, turned, now);
  await noteTurned(bulk.teller, month, turned.length);
  return others;
}

/** Those that have missed months, or are new: each a command, with what became of it in the ledger's batches. */
async function turnOneByOne(
  subscriptionIds: readonly string[],
  { sql, ledger, family, month }: Pick<TurnDeps, 'sql' | 'ledger' | 'family'> & { month: Month },
): Promise<void> {
  if (subscriptionIds.length === 0) return;
  const turn = (subscriptionId: string) =>
    ledger.submit(family, {
      kind: 'turn',
      requestId: turnRequestId(month, subscriptionId),
      subscriptionId,
      month,
    });
  await Promise.all(subscriptionIds.map(turn));
  await noteTurned(sql, month, subscriptionIds.length);
}
