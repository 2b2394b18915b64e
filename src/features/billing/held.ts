import type { Temporal } from 'temporal-polyfill';
import type { Operator } from '../../base/operator.ts';
import { addMonths, monthOf, startOfMonth } from '../../base/operator-month.ts';
import type { SqlRunner } from '../../infra/db/index.ts';
import { loadHeldCodes } from './held-store.ts';

/** The operator's folder lacks plans or options that people hold. */
export class HeldIsMissing extends Error {
  constructor(lines: readonly string[]) {
    super(
      `The operator folder lacks what people hold; put it back, with "isSold: false" where nobody else may have it:\n${lines.join('\n')}`,
    );
    this.name = 'HeldIsMissing';
  }
}

/**
 * Refuses to go on when people hold a plan or an option that the operator's folder no longer has: its price would be
 * nothing, its data gone, and nobody would notice before the bills.
 *
 * @throws with every one that is missing, and how many hold it.
 */
export async function assertHeldIsKnown(sql: SqlRunner, operator: Operator, now: Temporal.Instant): Promise<void> {
  const month = addMonths(monthOf(now, operator.timeZone), -2);
  const instant = startOfMonth(month, operator.timeZone).toString();
  const known = {
    plan: new Set(operator.plans.map(({ code }) => code)),
    option: new Set(operator.billing.options.map(({ code }) => code)),
  };
  const missing = (await loadHeldCodes(sql, { instant, month })).filter(({ kind, code }) => !known[kind].has(code));
  if (missing.length === 0) return;
  const lines = missing.map(({ kind, code, subscriptions }) => `  ${kind} ${code}: ${subscriptions} subscription(s)`);
  throw new HeldIsMissing(lines);
}
