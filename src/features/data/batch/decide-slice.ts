import { Temporal } from 'temporal-polyfill';
import type { Lot } from '../../../ledger/book.ts';
import { usableBytes } from '../rules/balance.ts';
import { decideSettlement, decideSlice, type Settlement } from '../rules/slice.ts';
import { placeUsage } from '../rules/usage-record.ts';
import type { DataAnswer, ReserveCommand, ReturnSliceCommand, SettleCommand } from './commands.ts';
import { turnUpTo } from './decide-turn.ts';
import { noteLeft } from './decide-use.ts';
import { type Deciding, lotIn, refused, take } from './deciding.ts';
import type { ReservationRow, SubscriptionFacts } from './facts.ts';
import { countDay } from './use-notes.ts';

/** Sets a slice aside for the network, in the order of use: it belongs to the reservation until that has ended. */
export function reserve(command: ReserveCommand, subscription: SubscriptionFacts, on: Deciding): DataAnswer {
  const { book, now, calendar } = on;
  const { subscriptionId, reservationId } = command;
  const hasEnded = subscription.endedAt !== null && Temporal.Instant.compare(subscription.endedAt, now) <= 0;
  if (hasEnded || Temporal.Instant.compare(subscription.opensAt, now) > 0) return refused('not-in-service');
  const month = calendar.monthOf(now);
  turnUpTo(month, subscription, on);
  const lots = book.lotsOf(subscriptionId);
  const slice = decideSlice({ ...command, lots, now, monthStart: calendar.startOf(month) });
  if (slice === undefined) return refused('nothing-left');
  for (const { lotId, bytes } of slice.draws) {
    const from = lotIn(book, subscriptionId, lotId);
    const aside = book.open({
      ownerId: reservationId,
      unit: 'byte',
      kind: 'set-aside',
      grantedAt: from.grantedAt,
      expiresAt: from.expiresAt,
      origin: { ownerId: subscriptionId, lotId },
    });
    book.move(from, aside, bytes, 'reserved');
  }
  const { bytes, validUntil } = slice;
  note({ reservationId, subscriptionId, bytes, reservedAt: now, validUntil, ...untouched }, bytes, on);
  return { result: 'reserved', reservationId, bytes, validUntil: validUntil.toString() };
}

const untouched = { state: 'open', usedBytes: 0, overBytes: 0, endedAt: null } as const;

/**
 * What was used of a slice: drawn from it, the rest goes back. Use beyond it is drawn like any other, and what nothing
 * is there for is over. A slice whose time was up has gone back already: then all of it is drawn like any other use.
 */
export function settleSlice(command: SettleCommand, subscription: SubscriptionFacts, on: Deciding): DataAnswer {
  const { book, now, calendar } = on;
  const { subscriptionId, reservationId, usedBytes } = command;
  const reservation = reservationOf(command, on);
  if (reservation === undefined) return refused('unknown-reservation');
  if (reservation.state === 'settled') return refused('already-settled');
  if (reservation.state === 'released') return refused('already-released');
  const endedAt = command.endedAt === null ? now : Temporal.Instant.from(command.endedAt);

  const place = placeUsage({ endedAt, now, calendar, lastTurned: subscription.lastTurned });
  turnUpTo(place.month, subscription, on);
  const left = () => usableBytes(book.lotsOf(subscriptionId), place.drawAt) + onLoan(subscriptionId, on);
  const before = left();
  const settlement = giveBack(reservation, { usedBytes, endedAt }, on);
  const beyond = { bytes: settlement.overrunBytes, at: place.drawAt, month: place.month };
  const { overBytes } = take(subscriptionId, beyond, 'usage', on);
  end(reservation, { state: 'settled', usedBytes, overBytes }, on);
  if (usedBytes > 0 && place.month === calendar.monthOf(now)) {
    noteLeft(subscription, { before, after: left(), month: place.month }, on);
  }
  countDay(on, { subscriptionId, usedOn: place.usedOn, usedBytes, zeroRatedBytes: 0, overBytes });
  return {
    result: 'settled',
    reservationId,
    usedOn: place.usedOn,
    drawnBytes: usedBytes - overBytes,
    overBytes,
    returnedBytes: sum(settlement.returns),
    isLate: place.isLate && settlement.overrunBytes > 0,
  };
}

/** The network gives a slice back, or its time is up. */
export function returnSlice(command: ReturnSliceCommand, on: Deciding): DataAnswer {
  const reservation = reservationOf(command, on);
  if (reservation === undefined) return refused('unknown-reservation');
  if (reservation.state === 'settled') return refused('already-settled');
  if (reservation.state !== 'open') return refused('already-released');
  const { returns } = giveBack(reservation, { usedBytes: 0, endedAt: on.now }, on);
  end(reservation, { state: command.reason }, on);
  return { result: 'slice-returned', reservationId: command.reservationId, returnedBytes: sum(returns) };
}

/** A reservation is only found with its own subscription. */
function reservationOf(
  { reservationId, subscriptionId }: { reservationId: string; subscriptionId: string },
  { facts }: Deciding,
): ReservationRow | undefined {
  const found = facts.reservations.get(reservationId);
  return found?.subscriptionId === subscriptionId ? found : undefined;
}

function giveBack(
  { reservationId, subscriptionId }: ReservationRow,
  used: { usedBytes: number; endedAt: Temporal.Instant },
  { facts, book, now }: Deciding,
): Settlement {
  const originOf = ({ origin }: Lot) => origin && book.lot(origin.ownerId, origin.lotId);
  // In id order, which is the order in which they were set aside.
  const lots = book.lotsOf(reservationId).filter((lot) => lot.remaining > 0);
  const parts = lots.map((lot) => {
    const origin = originOf(lot);
    return { ...lot, isOriginThere: origin !== undefined && Temporal.Instant.compare(origin.expiresAt, now) > 0 };
  });
  const settlement = decideSettlement({ parts, ...used });
  for (const { lotId, bytes } of settlement.draws) book.take(lotIn(book, reservationId, lotId), 'usage', bytes);
  for (const { lotId, bytes } of settlement.ends) book.take(lotIn(book, reservationId, lotId), 'expiry', bytes);
  for (const { lotId, bytes } of settlement.returns) {
    const part = lotIn(book, reservationId, lotId);
    const origin = originOf(part);
    if (origin === undefined) throw new Error(`the rules return lot ${lotId} to where nothing is`);
    book.move(part, origin, bytes, 'reservation-returned');
    facts.changes.filled.add(subscriptionId);
  }
  return settlement;
}

function end(
  reservation: ReservationRow,
  as: Pick<ReservationRow, 'state'> & Partial<Pick<ReservationRow, 'usedBytes' | 'overBytes'>>,
  on: Deciding,
): void {
  const lent = reservation.state === 'open' ? reservation.bytes : 0;
  note({ ...reservation, ...as, endedAt: on.now }, -lent, on);
}

/** Enters a reservation as it is from here on, and what that changes in what is on loan. */
function note(reservation: ReservationRow, byBytes: number, on: Deciding): void {
  const { reservations, onLoan: lent, changes } = on.facts;
  reservations.set(reservation.reservationId, reservation);
  changes.reservations.add(reservation.reservationId);
  lent.set(reservation.subscriptionId, onLoan(reservation.subscriptionId, on) + byBytes);
}

function onLoan(subscriptionId: string, { facts }: Deciding): number {
  return facts.onLoan.get(subscriptionId) ?? 0;
}

function sum(parts: readonly { readonly bytes: number }[]): number {
  return parts.reduce((bytes, part) => bytes + part.bytes, 0);
}
