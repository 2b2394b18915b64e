import type { Operator } from '../../base/operator.ts';
import type { Month } from '../../base/operator-month.ts';
import { pointsOf } from './decide.ts';
import type { PointFacts } from './facts.ts';
import { linkMoment } from './rules/calendar.ts';

/** What a month brings many contractors. */
export interface GrantOfMany {
  /** Those to whom points come, and to whom nothing else happens. */
  readonly granted: readonly Granted[];
  /** Those of whom something has ended, which comes first: each is a command of its own. */
  readonly others: readonly string[];
}

export interface Granted {
  readonly contractorId: string;
  readonly points: number;
}

/** Decides by the rules what the month brings each. */
export function decideGrantOfMany(of: {
  contractorIds: readonly string[];
  month: Month;
  facts: PointFacts;
  /** Who has points that have ended and are still in the book. */
  ended: ReadonlySet<string>;
  operator: Operator;
}): GrantOfMany {
  const { month, operator } = of;
  const linkedAt = linkMoment(month, operator.timeZone);
  const granted = of.contractorIds
    .filter((contractorId) => !of.ended.has(contractorId))
    .map((contractorId) => ({ contractorId, points: pointsOf({ contractorId, month, linkedAt }, of) }));
  return { granted: granted.filter(({ points }) => points > 0), others: [...of.ended] };
}
