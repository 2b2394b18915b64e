import type { Temporal } from 'temporal-polyfill';
import type { Book } from '../../../ledger/book.ts';
import { usableBytes } from '../rules/balance.ts';
import type { Calendar } from '../rules/calendar.ts';
import { lifetimeEnd } from '../rules/month-turn.ts';

/**
 * Brings data that was bought into the book. Whoever sells it does this in a command of their own, so that the data and
 * what is owed for it stand or fall together; they name the subscription to `liftThrottles` when they save.
 *
 * @returns until when it can be used (exclusive), and everything that is left now.
 */
export function addTopUp(
  book: Book,
  bought: { subscriptionId: string; amountBytes: number; now: Temporal.Instant; calendar: Calendar },
): { expiresAt: Temporal.Instant; totalBytes: number } {
  const { subscriptionId, now } = bought;
  const expiresAt = lifetimeEnd(now, bought.calendar);
  const lot = book.open({ ownerId: subscriptionId, unit: 'byte', kind: 'top-up', grantedAt: now, expiresAt });
  book.bring('purchase', lot, bought.amountBytes);
  return { expiresAt, totalBytes: usableBytes(book.lotsOf(subscriptionId), now) };
}
