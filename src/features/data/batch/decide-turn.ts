import { Temporal } from 'temporal-polyfill';
import type { Month } from '../../../base/operator-month.ts';
import { decideMonthTurn, monthsToTurn } from '../rules/month-turn.ts';
import type { DataAnswer } from './commands.ts';
import { type Deciding, lotIn, planIn } from './deciding.ts';
import type { SubscriptionFacts } from './facts.ts';

/** Turns a subscription into every month it has not been turned into yet. */
export function turnUpTo(upTo: Month, subscription: SubscriptionFacts, on: Deciding): readonly Month[] {
  const { facts, book, calendar } = on;
  const { subscriptionId } = subscription;
  const months = monthsToTurn(subscription, upTo, calendar);
  for (const month of months) {
    const planCode = planIn(month, subscription);
    const turn = decideMonthTurn({
      lots: book.lotsOf(subscriptionId),
      month,
      calendar,
      baseBytes: on.baseBytesOf(planCode),
      opensAt: subscription.opensAt,
    });
    for (const { lotId, bytes } of turn.ends) book.take(lotIn(book, subscriptionId, lotId), 'expiry', bytes);
    if (turn.grant !== undefined) {
      const { bytes, grantedAt, expiresAt } = turn.grant;
      const base = book.open({ ownerId: subscriptionId, unit: 'byte', kind: 'base', grantedAt, expiresAt });
      book.bring('plan-grant', base, bytes);
    }
    subscription.lastTurned = month;
    facts.changes.months.push({ subscriptionId, month, planCode });
  }
  if (months.length > 0) facts.changes.filled.add(subscriptionId);
  return months;
}

/** Takes out what has ended. */
export function end(subscriptionId: string, { book, now }: Deciding): DataAnswer {
  let bytes = 0;
  for (const lot of book.lotsOf(subscriptionId)) {
    if (lot.unit !== 'byte' || lot.remaining === 0 || Temporal.Instant.compare(lot.expiresAt, now) > 0) continue;
    book.take(lot, 'expiry', lot.remaining);
    bytes += lot.remaining;
  }
  return { result: 'ended', bytes };
}
