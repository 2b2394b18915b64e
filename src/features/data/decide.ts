import { Temporal } from 'temporal-polyfill';
import { readInstant } from '../../base/instant-text.ts';
import type { Month } from '../../base/operator-month.ts';
import type { Book } from '../../ledger/book.ts';
import type { DataAnswer, DataCommand, DataRefusal, TopUpCommand, UseCommand } from './commands.ts';
import { correct } from './decide-correction.ts';
import { countDay, counterKey, type DataFacts, type SubscriptionFacts } from './facts.ts';
import { usableBytes } from './rules/balance.ts';
import type { Calendar } from './rules/calendar.ts';
import { decideReading } from './rules/counter.ts';
import type { DataLot } from './rules/kinds.ts';
import { passedShare } from './rules/low-share.ts';
import { decideMonthTurn, monthsToTurn } from './rules/month-turn.ts';
import { isFromTheFuture, placeUsage } from './rules/usage-record.ts';
import { decideUse } from './rules/use.ts';
import { addTopUp } from './top-up.ts';

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
}

/** One command of the data ledger, on the working copy: asks the rules and moves what they say. */
export function decideData(command: DataCommand, on: Deciding): DataAnswer {
  const subscription = on.facts.subscriptions.get(command.subscriptionId);
  if (subscription === undefined) return refused('unknown-subscription');
  switch (command.kind) {
    case 'use':
      return use(command, subscription, on);
    case 'turn':
      return { result: 'turned', months: turnUpTo(command.month, subscription, on) };
    case 'top-up':
      return topUp(command, on);
    case 'correct':
      return correct(command, on);
    case 'end':
      return end(command.subscriptionId, on);
  }
}

export function refused(code: DataRefusal): DataAnswer {
  return { result: 'refused', code };
}

function use(command: UseCommand, subscription: SubscriptionFacts, on: Deciding): DataAnswer {
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
  const before = usableBytes(on.book.lotsOf(command.subscriptionId), place.drawAt);
  const { overBytes } = take(command.subscriptionId, { bytes, at: place.drawAt, month: place.month }, 'usage', on);
  // What is left of an earlier month slows nobody in this one.
  if (bytes > 0 && place.month === calendar.monthOf(now)) {
    noteLeft(subscription, { before, after: before - (bytes - overBytes), month: place.month }, on);
  }
  countDay(facts, day, { usedBytes: bytes, overBytes });
  return { result: 'used', usedOn: place.usedOn, drawnBytes: bytes - overBytes, overBytes, isLate: place.isLate };
}

/** What a use leaves may slow the subscription, or be worth telling. */
function noteLeft(
  { subscriptionId, planCode }: SubscriptionFacts,
  left: { before: number; after: number; month: Month },
  { facts, book, notedPercents, baseBytesOf }: Deciding,
): void {
  if (left.after === 0) {
    facts.changes.dried.add(subscriptionId);
    // A share passed on the way down, in the same batch, is not worth a message of its own.
    facts.changes.shares.delete(subscriptionId);
    return;
  }
  const percent = passedShare({
    percents: notedPercents,
    volumeBytes: baseBytesOf(planCode),
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
    const lot = lots.find(({ lotId }) => lotId === draw.lotId);
    if (lot !== undefined) book.take(lot, sink, draw.bytes);
  }
  return { overBytes: decided.overBytes };
}

function turnUpTo(upTo: Month, subscription: SubscriptionFacts, on: Deciding): readonly Month[] {
  const { facts, book, calendar } = on;
  const { subscriptionId, planCode, opensAt } = subscription;
  const months = monthsToTurn({ ...subscription, upTo, zone: calendar.zone });
  for (const month of months) {
    const turn = decideMonthTurn({
      lots: book.lotsOf(subscriptionId),
      month,
      zone: calendar.zone,
      baseBytes: on.baseBytesOf(planCode),
      opensAt,
    });
    for (const { lotId, bytes } of turn.ends) book.take(lotIn(book, subscriptionId, lotId), 'expiry', bytes);
    for (const { lotId, bytes, expiresAt } of turn.carries) {
      const grantedAt = calendar.startOf(month);
      const carried = book.open({ ownerId: subscriptionId, unit: 'byte', kind: 'carry-over', grantedAt, expiresAt });
      book.move(lotIn(book, subscriptionId, lotId), carried, bytes, 'carry-over');
    }
    if (turn.grant !== undefined) {
      const { bytes, grantedAt, expiresAt } = turn.grant;
      const base = book.open({ ownerId: subscriptionId, unit: 'byte', kind: 'base', grantedAt, expiresAt });
      book.bring('plan-grant', base, bytes);
    }
    subscription.lastTurned = month;
    facts.changes.months.push({ subscriptionId, month });
  }
  if (months.length > 0) facts.changes.filled.add(subscriptionId);
  return months;
}

function lotIn(book: Book, ownerId: string, lotId: string) {
  const lot = book.lot(ownerId, lotId);
  if (lot === undefined) throw new Error(`the rules name a lot that is not there: ${lotId}`);
  return lot;
}

function topUp({ subscriptionId, amountBytes }: TopUpCommand, { facts, book, now, calendar }: Deciding): DataAnswer {
  if (!Number.isSafeInteger(amountBytes) || amountBytes <= 0) return refused('not-an-amount');
  const { totalBytes } = addTopUp(book, { subscriptionId, amountBytes, now, zone: calendar.zone });
  facts.changes.filled.add(subscriptionId);
  return { result: 'changed', totalBytes };
}

function end(subscriptionId: string, { book, now }: Deciding): DataAnswer {
  let bytes = 0;
  for (const lot of book.lotsOf(subscriptionId)) {
    if (lot.unit !== 'byte' || lot.remaining === 0 || Temporal.Instant.compare(lot.expiresAt, now) > 0) continue;
    book.take(lot, 'expiry', lot.remaining);
    bytes += lot.remaining;
  }
  return { result: 'ended', bytes };
}
