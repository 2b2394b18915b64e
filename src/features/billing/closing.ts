import type { Temporal } from 'temporal-polyfill';
import { FIRST_ID, newId } from '../../base/ids.ts';
import type { Operator } from '../../base/operator.ts';
import { addMonths, type Month } from '../../base/operator-month.ts';
import { type Db, inTransaction, runnerOf, type SqlRunner } from '../../infra/db/index.ts';
import type { Job } from '../../infra/jobs/jobs.ts';
import { type Contractors, type Subscription, type Terms, termsIn } from '../contractors/index.ts';
import type { Calendar } from '../data/index.ts';
import { dueForBill, insertBills, lastClosedMonth, loadOpenCharges, markClosed, type NewBill } from './bill-store.ts';
import { type Charge, type OwnSource, recordCharges } from './charge-store.ts';
import {
  type BilledSubscription,
  type BillLine,
  carriedLine,
  decideLines,
  goesOnIn,
  pointsLine,
  spendableYen,
  totalsOf,
} from './rules/bill.ts';

/** How many contractors are billed in one transaction. */
const PORTION = 200;

/**
 * How many points pay a part of each bill of a portion. Asked in the transaction that closes them, with every contractor
 * of a month once, in id order: whatever it does stands or falls with the bills.
 *
 * @returns whole points by contractor, at most `spendableYen`; 1 point is 1 yen.
 */
export type PointsFor = (
  tx: Db,
  month: Month,
  bills: readonly { readonly contractorId: string; readonly spendableYen: number }[],
) => Promise<ReadonlyMap<string, number>>;

export interface ClosingDeps {
  readonly db: Db;
  readonly operator: Operator;
  readonly calendar: Calendar;
  readonly contractors: Pick<Contractors, 'subscriptionsOfAll' | 'terms'>;
  readonly pointsFor: PointsFor;
}

/**
 * Closes the bills of every month that is over, the oldest first. What is due stands in the tables (a contractor without
 * a bill of the month), so it can stop anywhere and go on; a bill is there once by its key. Billing begins with the month
 * in which it first runs: nobody is billed for months from before it was here.
 */
export function closeBills(deps: ClosingDeps): Job {
  const { db, calendar } = deps;
  const sql = runnerOf(db);
  return {
    name: 'billing.close-bills',
    everySeconds: 60,
    async run(now, stopping) {
      const lastOver = addMonths(calendar.monthOf(now), -1);
      const last = await lastClosedMonth(sql);
      if (last === null) {
        await markClosed(sql, lastOver, now);
        return 0;
      }
      let done = 0;
      for (let month = addMonths(last, 1); month <= lastOver; month = addMonths(month, 1)) {
        done += await closeMonth(deps, { month, now, stopping });
        await markClosed(sql, month, now);
      }
      return done;
    },
  };
}

async function closeMonth(
  deps: ClosingDeps,
  { month, now, stopping }: { month: Month; now: Temporal.Instant; stopping: AbortSignal | undefined },
): Promise<number> {
  const monthEnd = deps.calendar.endOf(month);
  let done = 0;
  let after = FIRST_ID;
  for (;;) {
    stopping?.throwIfAborted();
    const portion = await inTransaction(deps.db, async (tx) => {
      const ids = await dueForBill(runnerOf(tx), { month, monthEnd, after, size: PORTION });
      await closePortion(tx, deps, { month, now, contractorIds: ids });
      return ids;
    });
    done += portion.length;
    const last = portion.at(-1);
    if (last === undefined || portion.length < PORTION) return done;
    after = last;
  }
}

async function closePortion(
  tx: Db,
  deps: ClosingDeps,
  of: { month: Month; now: Temporal.Instant; contractorIds: readonly string[] },
): Promise<void> {
  const { contractorIds, month, now } = of;
  if (contractorIds.length === 0) return;
  const sql = runnerOf(tx);
  const next = addMonths(month, 1);
  const owed = await linesOf(sql, deps, { contractorIds, month, isLocked: true });
  const used = await pointsOn(tx, deps, month, owed);
  const { billing } = deps.operator;
  const bills = contractorIds.map((contractorId): NewBill => {
    const { lines: before, goesOn } = owed.get(contractorId) ?? { lines: [], goesOn: false };
    const points = used.get(contractorId) ?? 0;
    const paid = points === 0 ? before : [...before, pointsLine(points, before)];
    const carried = carriedLine(paid, goesOn);
    const lines = carried ? [...paid, carried] : paid;
    return { billId: newId(), contractorId, month, taxPercent: billing.taxPercent, lines, ...totalsOf(lines, billing) };
  });
  await insertBills(sql, now, bills);
  const causedAt = deps.calendar.endOf(month);
  await recordCharges(
    sql,
    now,
    bills.flatMap((bill) => carriedCharge(bill, { month: next, causedAt })),
  );
}

/** What was left below zero, onto the bill of the next month. Its tax stays where it was caused. */
function carriedCharge(
  { contractorId, month, lines }: NewBill,
  onto: { month: Month; causedAt: Temporal.Instant },
): Charge[] {
  // One with a charge came from the bill before.
  const carried = lines.find(({ kind, chargeId }) => kind === 'carried' && chargeId === null);
  if (!carried) return [];
  return [
    {
      chargeId: newId(),
      contractorId,
      subscriptionId: null,
      kind: 'carried',
      label: { ja: '前月からの差し引き', en: 'Carried from the bill before' },
      amountYen: 0 - carried.amountYen,
      isTaxed: false,
      source: 'carried' satisfies OwnSource,
      sourceId: `${contractorId}:${month}`,
      ...onto,
    },
  ];
}

async function pointsOn(
  tx: Db,
  { pointsFor }: ClosingDeps,
  month: Month,
  owed: ReadonlyMap<string, Owed>,
): Promise<ReadonlyMap<string, number>> {
  const payable = [...owed].flatMap(([contractorId, { lines }]) => {
    const spendable = spendableYen(lines);
    return spendable === 0 ? [] : [{ contractorId, spendableYen: spendable }];
  });
  return payable.length === 0 ? new Map() : pointsFor(tx, month, payable);
}

interface Owed {
  readonly lines: readonly BillLine[];
  /** Whether something is in service in the month after. */
  readonly goesOn: boolean;
}

/** What each of these contractors owes for a month, before points. Also for a month that is not over: so far. */
export async function linesOf(
  sql: SqlRunner,
  { operator, contractors }: Pick<ClosingDeps, 'operator' | 'contractors'>,
  of: { contractorIds: readonly string[]; month: Month; isLocked: boolean },
): Promise<ReadonlyMap<string, Owed>> {
  const { contractorIds, month } = of;
  const subscriptions = await contractors.subscriptionsOfAll(sql, contractorIds);
  const changes = Map.groupBy(
    await contractors.terms.changesOf(
      sql,
      subscriptions.map((each) => each.subscriptionId),
    ),
    (change) => change.subscriptionId,
  );
  const charges = await loadOpenCharges(sql, contractorIds, month, of);
  const owned = Map.groupBy(subscriptions, (each) => each.contractorId);
  return new Map(
    contractorIds.map((contractorId) => {
      const held = (owned.get(contractorId) ?? []).map((each) =>
        billed(each, month, changes.get(each.subscriptionId) ?? []),
      );
      const facts = { month, subscriptions: held, charges: charges.get(contractorId) ?? [] };
      const goesOn = goesOnIn(addMonths(month, 1), held, operator.timeZone);
      return [contractorId, { lines: decideLines(facts, operator), goesOn }];
    }),
  );
}

type Change = Awaited<ReturnType<Contractors['terms']['changesOf']>>[number];

function billed(subscription: Subscription, month: Month, changes: readonly Change[]): BilledSubscription {
  const { subscriptionId, opensAt, endedAt, planCode, optionCodes } = subscription;
  const counting = changes.flatMap(({ state, ...change }) => (state === 'taken-back' ? [] : [{ ...change, state }]));
  const terms = termsIn<Terms>({ month, present: { planCode, optionCodes }, changes: counting });
  return { subscriptionId, opensAt, endedAt, terms };
}
