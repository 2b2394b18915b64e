import type { Month } from '../../../base/operator-month.ts';
import { readPoints } from './goodwill.ts';

/** A bill that points were used on, and how many of them have not come back yet. */
export interface UsedOnBill {
  readonly month: Month;
  readonly points: number;
}

/** What of which bill is to come back, as it was asked for; undefined where that bill has not taken so many. */
export function readReturn(
  asked: { readonly month: string; readonly points: string },
  bills: readonly UsedOnBill[],
): UsedOnBill | undefined {
  const bill = bills.find(({ month }) => month === asked.month);
  const points = readPoints(asked.points);
  return bill === undefined || points === undefined || points > bill.points ? undefined : { ...bill, points };
}
