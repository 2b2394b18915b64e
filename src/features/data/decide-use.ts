import { Temporal } from 'temporal-polyfill';
import { readInstant } from '../../base/instant-text.ts';
import type { Month } from '../../base/operator-month.ts';
import type { DataAnswer, UseCommand } from './commands.ts';
import { turnUpTo } from './decide-turn.ts';
import { type Deciding, planIn, refused, take } from './deciding.ts';
import { countDay, counterKey, type DataFacts, type SubscriptionFacts } from './facts.ts';
import { usableBytes } from './rules/balance.ts';
import { decideReading } from './rules/counter.ts';
import type { DataLot } from './rules/kinds.ts';
import { passedShare } from './rules/low-share.ts';
import { isFromTheFuture, placeUsage } from './rules/usage-record.ts';

/** One record of use: counted on its day, drawn from what was there. */
export function use(command: UseCommand, subscription: SubscriptionFacts, on: Deciding): DataAnswer {
  const { facts, now, calendar } = on;
  const endedAt = readInstant(command.endedAt);
  if (isFromTheFuture(endedAt, now)) return refused('from-the-future');
  const place = placeUsage({ endedAt, now, calendar, lastTurned: subscription.lastTurned });
  const bytes = addedBytes(command, facts);
  const day = { subscriptionId: command.subscriptionId, usedOn: place.usedOn };
  if (command.isZeroRated) {
    countDay(facts, day, { zeroRatedBytes: bytes });
    return { result: 'used', usedOn: place.usedOn, drawnBytes: 0, overBytes: 0, isLate: place.isLate };
  }
  if (Temporal.Instant.compare(subscription.opensAt, place.drawAt) <= 0) turnUpTo(place.month, subscription, on);
  // What is on loan to the network is not used yet.
  const lent = facts.onLoan.get(command.subscriptionId) ?? 0;
  const before = usableBytes(on.book.lotsOf(command.subscriptionId), place.drawAt) + lent;
  const { overBytes } = take(command.subscriptionId, { bytes, at: place.drawAt, month: place.month }, 'usage', on);
  // What is left of an earlier month slows nobody in this one.
  if (bytes > 0 && place.month === calendar.monthOf(now)) {
    noteLeft(subscription, { before, after: before - (bytes - overBytes), month: place.month }, on);
  }
  countDay(facts, day, { usedBytes: bytes, overBytes });
  return { result: 'used', usedOn: place.usedOn, drawnBytes: bytes - overBytes, overBytes, isLate: place.isLate };
}

/** What a use leaves may slow the subscription, or be worth telling. */
export function noteLeft(
  subscription: SubscriptionFacts,
  left: { before: number; after: number; month: Month },
  { facts, book, notedPercents, baseBytesOf }: Deciding,
): void {
  const { subscriptionId } = subscription;
  if (left.after === 0) {
    facts.changes.dried.add(subscriptionId);
    // A share passed on the way down, in the same batch, is not worth a message of its own.
    facts.changes.shares.delete(subscriptionId);
    return;
  }
  const percent = passedShare({
    percents: notedPercents,
    volumeBytes: baseBytesOf(planIn(left.month, subscription)),
    beforeBytes: left.before,
    afterBytes: left.after,
  });
  if (percent === undefined) return;
  const about = `${left.month}:${percent}:${lastGranted(book.lotsOf(subscriptionId)) ?? ''}`;
  facts.changes.shares.set(subscriptionId, { percent, leftBytes: left.after, about });
}

function lastGranted(lots: readonly DataLot[]): string | undefined {
  return lots.reduce<DataLot | undefined>((last, lot) => {
    if (lot.kind === 'carry-over') return last;
    return last === undefined || Temporal.Instant.compare(lot.grantedAt, last.grantedAt) >= 0 ? lot : last;
  }, undefined)?.lotId;
}

function addedBytes({ subscriptionId, amount }: UseCommand, facts: DataFacts): number {
  if (amount.mode === 'delta') return amount.bytes;
  const counter = { subscriptionId, source: amount.source, session: amount.session };
  const key = counterKey(counter);
  const reading = decideReading(facts.counters.get(key)?.readBytes ?? 0, amount.readBytes);
  facts.counters.set(key, { ...counter, readBytes: reading.highestBytes });
  facts.changes.readings.add(key);
  return reading.addedBytes;
}
