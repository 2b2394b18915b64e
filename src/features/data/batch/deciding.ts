import type { Temporal } from 'temporal-polyfill';
import type { Month } from '../../../base/operator-month.ts';
import type { Book, Lot } from '../../../ledger/book.ts';
import { termsIn } from '../../contractors/index.ts';
import type { Calendar } from '../rules/calendar.ts';
import { decideUse } from '../rules/use.ts';
import type { DataRefusal, Refused } from './commands.ts';
import type { DataFacts, UsedSubscription } from './facts.ts';

/** Everything a decision rests on beside the command. */
export interface Deciding {
  readonly facts: DataFacts;
  readonly book: Book;
  readonly now: Temporal.Instant;
  readonly calendar: Calendar;
  /** Bytes a month of a plan; 0 for a plan that is no longer known. */
  baseBytesOf(planCode: string): number;
  /** At what shares of the month's volume people are told, in percent. */
  readonly notedPercents: readonly number[];
  /** For how many days single uses are known. */
  readonly keptDays: number;
}

export function refused(code: DataRefusal): Refused {
  return { result: 'refused', code };
}

/** Takes in the order of use what is there, and tells what was not. */
export function take(
  subscriptionId: string,
  asked: { bytes: number; at: Temporal.Instant; month: Month },
  sink: 'usage' | 'adjustment',
  { book, calendar }: Deciding,
): { overBytes: number } {
  const lots = book.lotsOf(subscriptionId);
  const decided = decideUse({ lots, bytes: asked.bytes, at: asked.at, monthStart: calendar.startOf(asked.month) });
  for (const draw of decided.draws) {
    for (const lot of lots) if (lot.lotId === draw.lotId) book.take(lot, sink, draw.bytes);
  }
  return { overBytes: decided.overBytes };
}

/** A month is granted by the plan that counts in it, whether or not a change has been written down yet. */
export function planIn(month: Month, { planCode, planChanges }: UsedSubscription): string {
  if (planChanges.length === 0) return planCode;
  return termsIn({ month, present: planCode, changes: planChanges });
}

export function lotIn(book: Book, ownerId: string, lotId: string): Lot {
  const lot = book.lot(ownerId, lotId);
  if (lot === undefined) throw new Error(`the rules name a lot that is not there: ${lotId}`);
  return lot;
}
