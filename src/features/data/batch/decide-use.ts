import { Temporal } from 'temporal-polyfill';
import { type Moment, readMoment } from '../../../base/instant-text.ts';
import type { Month } from '../../../base/operator-month.ts';
import { usableBytes } from '../rules/balance.ts';
import { type Change, decideReading, decideTotal, NEVER_READ, type Reading } from '../rules/counter.ts';
import { type DataLot, kindNow } from '../rules/kinds.ts';
import { passedShare } from '../rules/low-share.ts';
import { lifetimeEnd } from '../rules/month-turn.ts';
import { placeUsage, untimely } from '../rules/usage-record.ts';
import type { KeyedUse, Used, UseOutcome } from './commands.ts';
import { turnUpTo } from './decide-turn.ts';
import { type Deciding, planIn, take } from './deciding.ts';
import { counterKey, type DataFacts, type UsedSubscription } from './facts.ts';
import { countDay, noteMonth } from './use-notes.ts';

/** Records of use, one after another: each counts once by its key. */
export function decideUses(uses: readonly KeyedUse[], on: Deciding): readonly UseOutcome[] {
  const at = { now: { epochMilliseconds: on.now.epochMilliseconds }, keptDays: on.keptDays };
  return uses.map((use) => countOnce(use, at, on));
}

function countOnce(use: KeyedUse, at: { now: Moment; keptDays: number }, on: Deciding): UseOutcome {
  const { subscriptions, turned, unnoted, counted, changes } = on.facts;
  const { key, hash } = use;
  const endedAt = readMoment(use.endedAt);
  const fault = untimely(endedAt, at);
  if (fault !== undefined) return { status: 'refused', code: fault };
  const before = counted.get(key);
  if (before !== undefined)
    return before.hash === hash ? { status: 'duplicate', used: before.used } : { status: 'conflict' };
  const subscription = turned.get(use.subscriptionId) ?? subscriptions.get(use.subscriptionId);
  if (subscription === undefined) return { status: 'refused', code: 'unknown-subscription' };
  on.book.enterAs(use.requestId);
  if (unnoted.delete(use.subscriptionId)) noteMonth(on.book, subscription);
  const used = count(use, endedAt, subscription, on);
  const once = { key, hash, used };
  counted.set(key, once);
  changes.counted.push(once);
  return { status: 'accepted', used };
}

/** One record of use: counted on its day, drawn from what was there. */
function count(use: KeyedUse, endedAt: Moment, subscription: UsedSubscription, on: Deciding): Used {
  const { facts, now, calendar } = on;
  const { subscriptionId } = use;
  const { usedOn, isLate, drawAt, month } = placeUsage({ endedAt, now, calendar, lastTurned: subscription.lastTurned });
  const change = changeBy(use, endedAt, facts);
  if (use.isZeroRated) {
    read(use, change, 0, facts);
    const zeroRatedBytes = change.addedBytes - change.backBytes;
    countDay(on, { subscriptionId, usedOn, usedBytes: 0, zeroRatedBytes, overBytes: 0 });
    return { usedOn, drawnBytes: 0, overBytes: 0, isLate };
  }
  const isTurned = subscription.lastTurned !== null && subscription.lastTurned >= month;
  if (!isTurned) turnIfOpen(month, { subscriptionId, drawAt }, on);
  // What is on loan to the network is not used yet.
  const lent = facts.onLoan.get(subscriptionId) ?? 0;
  const before = usableBytes(on.book.lotsOf(subscriptionId), drawAt) + lent;
  const drawn = { bytes: change.addedBytes, at: drawAt, month };
  const { overBytes } = take(subscriptionId, drawn, 'usage', on);
  if (change.backBytes > 0) bringBack(subscriptionId, { ...drawn, bytes: change.backBytes }, on);
  // What is left of an earlier month slows nobody in this one.
  if (change.addedBytes > 0 && month === calendar.monthOf(now)) {
    const after = before - (change.addedBytes - overBytes);
    noteLeft(subscription, { before, after, month }, on);
  }
  const moreOver = overBytes - change.lessOverBytes;
  const moreDrawn = change.addedBytes - overBytes - change.backBytes;
  read(use, change, moreOver, facts);
  countDay(on, { subscriptionId, usedOn, usedBytes: moreDrawn + moreOver, zeroRatedBytes: 0, overBytes: moreOver });
  return { usedOn, drawnBytes: moreDrawn, overBytes: moreOver, isLate };
}

function turnIfOpen(month: Month, use: { subscriptionId: string; drawAt: Temporal.Instant }, on: Deciding): void {
  const subscription = on.facts.subscriptions.get(use.subscriptionId);
  if (subscription === undefined || Temporal.Instant.compare(subscription.opensAt, use.drawAt) > 0) return;
  turnUpTo(month, subscription, on);
}

/** What a smaller total gives back: base data of the month, as what was drawn last mostly was. */
function bringBack(
  subscriptionId: string,
  { bytes, at, month }: { bytes: number; at: Temporal.Instant; month: Month },
  { facts, book, calendar }: Deciding,
): void {
  const monthStart = calendar.startOf(month);
  const isBase = (lot: DataLot) =>
    kindNow(lot, monthStart) === 'base' && Temporal.Instant.compare(lot.expiresAt, at) > 0;
  const lot =
    book.lotsOf(subscriptionId).find(isBase) ??
    book.open({
      ownerId: subscriptionId,
      unit: 'byte',
      kind: 'base',
      grantedAt: at,
      expiresAt: lifetimeEnd(at, calendar),
    });
  book.bring('adjustment', lot, bytes);
  facts.changes.givenBack.add(subscriptionId);
}

/** What a use leaves may slow the subscription, or be worth telling. */
export function noteLeft(
  subscription: UsedSubscription,
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

/** What a record adds to what was counted before, or takes from it. */
function changeBy(use: KeyedUse, endedAt: Moment, facts: DataFacts): Change {
  const { amount } = use;
  if (amount.mode === 'delta') return { addedBytes: amount.bytes, lessOverBytes: 0, backBytes: 0, after: null };
  const before = readingOf(use, amount, facts);
  const reading = { readBytes: amount.readBytes, endedMs: endedAt.epochMilliseconds };
  return amount.mode === 'total' ? decideTotal(before, reading) : decideReading(before, reading);
}

/** Notes what the counter of a record reads now, and what more of it nothing was there for. */
function read(use: KeyedUse, { after }: Change, moreOverBytes: number, facts: DataFacts): void {
  const { amount, subscriptionId } = use;
  if (amount.mode === 'delta' || after === null) return;
  const { source, session } = amount;
  const { overBytes } = readingOf(use, amount, facts);
  const counter = { subscriptionId, source, session, ...after, overBytes: overBytes + moreOverBytes };
  facts.counters.set(counterKey(counter), counter);
  facts.changes.readings.add(counterKey(counter));
}

function readingOf(
  { subscriptionId }: KeyedUse,
  { source, session }: { source: string; session: string },
  { counters }: DataFacts,
): Reading {
  return counters.get(counterKey({ subscriptionId, source, session })) ?? NEVER_READ;
}
