import { Temporal } from 'temporal-polyfill';
import { FIRST_ID } from '../../../base/ids.ts';
import { addMonths, type Month } from '../../../base/operator-month.ts';
import type { SqlRunner } from '../../../infra/db/runner.ts';
import { uuidArray } from '../../../infra/db/uuid-array.ts';
import type { Job } from '../../../infra/jobs/jobs.ts';
import { BESIDE_PEOPLE, idPortions, sideBySide } from '../../../infra/jobs/portions.ts';
import type { Bulk } from '../../../ledger/bulk.ts';
import type { Ledger } from '../../../ledger/family.ts';
import { turnRequestId } from '../batch/commands.ts';
import type { Deciding } from '../batch/deciding.ts';
import type { DataFamily } from '../batch/family.ts';
import { saveMonth } from '../batch/store.ts';
import { loadSubscriptions } from '../batch/subscription-store.ts';
import { liftThrottles } from '../slowing/throttle-store.ts';
import { dueForTurn, type TurnInto } from './due-store.ts';
import {
  beginMonthTurn,
  findMonthTurn,
  finishMonthTurn,
  noteFoundSince,
  noteTurned,
  recountMonthTurn,
} from './progress-store.ts';
import { decideTurnOfMany } from './turn-of-many.ts';

/** While the database writes one the program decides the other; each has a connection of its own. */
const AT_ONCE = 2;

/**
 * When nobody waits any more, only those that are new in the month are looked at every time: to ask a million for their month
 * takes two seconds. Who comes back into service otherwise waits for the next look at all, or for their own first use.
 */
const ALL_EVERY = Temporal.Duration.from({ minutes: 10 });
/** Before the month's beginning, for what was written then and committed later. */
const MARGIN = Temporal.Duration.from({ hours: 24 });

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
  let lookedAtAll: Temporal.Instant | undefined;

  function isAllDue(now: Temporal.Instant): boolean {
    if (lookedAtAll === undefined) return true;
    const ago = lookedAtAll.until(now).abs();
    return Temporal.Duration.compare(ago, ALL_EVERY) >= 0;
  }

  return {
    name: 'data.turn-of-the-month',
    everySeconds: 30,
    async run(now, stopping) {
      const turn: TurnInto = { month: calendar.monthOf(now), monthStart: calendar.startOf(calendar.monthOf(now)), now };
      const begun = await findMonthTurn(sql, turn.month);
      const isFinished = begun !== null && begun.finishedAt !== null;
      if (begun === null) await beginMonthTurn(sql, turn);
      // A run was cut short: what it did last it may not have noted.
      else if (!isFinished) await recountMonthTurn(sql, turn);
      const isOfAll = !isFinished || isAllDue(now);
      const done = await turnAllDue(turn, isOfAll ? null : turn.monthStart.subtract(MARGIN), { ...deps, stopping });
      if (isOfAll) lookedAtAll = now;
      if (!isFinished) await finishMonthTurn(sql, turn);
      else if (done > 0) await noteFoundSince(sql, turn.month, done);
      return done;
    },
  };
}

/** Turns whoever waits, of all or of those new since, a portion after the other, and answers how many waited. */
async function turnAllDue(
  turn: TurnInto,
  newSince: Temporal.Instant | null,
  { stopping, ...deps }: TurnDeps & { readonly stopping: AbortSignal | undefined },
): Promise<number> {
  const { sql, ledger } = deps;
  let done = 0;
  const portions = idPortions(BESIDE_PEOPLE, FIRST_ID, (after, size) =>
    dueForTurn(sql, { ...turn, newSince, after, size }),
  );
  // Of different subscriptions, so neither waits for the other.
  await sideBySide({ atOnce: AT_ONCE, stopping }, portions.next, async (due) => {
    const started = performance.now();
    const { turned, others } = await ledger.inBulk((bulk) => turnTogether(bulk, due, { ...deps, ...turn }));
    portions.took(due.length, performance.now() - started);
    await turnOneByOne(others, { ...deps, month: turn.month });
    // Not in the portion's transaction: the other would wait for the row until this one's COMMIT is written.
    await noteTurned(sql, turn.month, turned + others.length);
    done += due.length;
  });
  return done;
}

/** Turns those with whom the turn does the same, and answers the others. */
async function turnTogether(
  bulk: Bulk,
  subscriptionIds: readonly string[],
  { month, now, ...deciding }: Pick<Deciding, 'calendar' | 'baseBytesOf'> & { month: Month; now: Temporal.Instant },
): Promise<{ turned: number; others: readonly string[] }> {
  // Asked together, in one round trip; the database loads what it has locked.
  const [, subscriptions] = await Promise.all([
    bulk.lock(subscriptionIds),
    loadSubscriptions(bulk.asker, uuidArray(subscriptionIds), addMonths(month, -1)),
  ]);
  const { alike, others } = decideTurnOfMany(subscriptions, month, deciding);
  const turned = alike.flatMap((each) => each.subscriptionIds);
  if (turned.length === 0) return { turned: 0, others };

  const cause = { scope: 'data', requestId: `turn:${month}` };
  bulk.takeEnded(turned, 'byte', deciding.calendar.startOf(month), cause);
  for (const { planCode, grant, subscriptionIds } of alike) {
    await saveMonth(bulk.teller, subscriptionIds, { month, planCode, now });
    if (grant === undefined) continue;
    const { bytes: amount, grantedAt, expiresAt } = grant;
    const lot = { source: 'plan-grant', unit: 'byte', kind: 'base', amount, grantedAt, expiresAt } as const;
    bulk.bringEach(subscriptionIds, lot, cause);
  }
  await liftThrottles(bulk.teller, turned, now);
  return { turned: turned.length, others };
}

/** Those that have missed months, or are new: each a command, with what became of it in the ledger's batches. */
async function turnOneByOne(
  subscriptionIds: readonly string[],
  { ledger, family, month }: Pick<TurnDeps, 'ledger' | 'family'> & { month: Month },
): Promise<void> {
  const turn = (subscriptionId: string) =>
    ledger.submit(family, {
      kind: 'turn',
      requestId: turnRequestId(month, subscriptionId),
      subscriptionId,
      month,
    });
  await Promise.all(subscriptionIds.map(turn));
}
