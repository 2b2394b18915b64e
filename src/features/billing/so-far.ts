import type { Temporal } from 'temporal-polyfill';
import type { Operator } from '../../base/operator.ts';
import type { Month } from '../../base/operator-month.ts';
import type { SqlRunner } from '../../infra/db/index.ts';
import type { Contractors } from '../contractors/index.ts';
import type { Calendar } from '../data/index.ts';
import { linesOf } from './closing.ts';
import { type BillLine, type Totals, totalsOf } from './rules/bill.ts';

interface SoFarDeps {
  readonly operator: Operator;
  readonly calendar: Calendar;
  readonly contractors: Pick<Contractors, 'subscriptionsOfAll' | 'terms'>;
}

/** What the month under way comes to so far; its bill is closed on the first day after it. */
export interface SoFar extends Totals {
  readonly month: Month;
  readonly lines: readonly BillLine[];
  /** ISO day. */
  readonly closesOn: string;
}

export async function loadSoFar(
  sql: SqlRunner,
  deps: SoFarDeps,
  { contractorId, now }: { contractorId: string; now: Temporal.Instant },
): Promise<SoFar> {
  const { calendar } = deps;
  const month = calendar.monthOf(now);
  const owed = await linesOf(sql, deps, { contractorIds: [contractorId], month, isLocked: false });
  const { lines } = owed.get(contractorId) ?? { lines: [] };
  const closesOn = calendar.dayOf(calendar.endOf(month));
  return { month, lines, closesOn, ...totalsOf(lines, deps.operator.billing) };
}
