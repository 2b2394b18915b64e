import type { Temporal } from 'temporal-polyfill';
import type { Book, Lot, Sink, Source } from '../../ledger/book.ts';
import { type Deciding, note } from './deciding.ts';
import { endAfterDays } from './rules/calendar.ts';
import { decideDraws, endedLots, type PointKind, usableLots } from './rules/lots.ts';

/** Points that come back to somebody whose last points have ended live so many days. */
const DAYS_AFTER_RETURN = 30;

/** Takes out of the book what has ended, and says so. Answers how many points. */
export function dropEnded(contractorId: string, on: Deciding): number {
  const { book, now } = on;
  let points = 0;
  let endsMs = 0;
  for (const lot of endedLots(book.lotsOf(contractorId), now)) {
    book.take(lot, 'expiry', lot.remaining);
    points += lot.remaining;
    endsMs = lot.expiresAt.epochMilliseconds;
  }
  if (points > 0) {
    const detail = { endsMs };
    note({ contractorId, kind: 'expired', points: -points, about: String(endsMs), detail, isTold: true }, on);
  }
  return points;
}

/** Brings points in, and lets everything the contractor has live as long as they do. */
export function earn(
  what: { contractorId: string; points: number; kind: PointKind; source: Source },
  { book, now, earnedUntil: expiresAt }: Deciding,
): void {
  const { contractorId, points, kind, source } = what;
  for (const lot of usableLots(book.lotsOf(contractorId), now)) book.prolong(lot, expiresAt);
  book.bring(source, lotOf(book, { contractorId, kind, now, expiresAt }), points);
}

/** Takes points out, what ends earlier first. */
export function take(what: { contractorId: string; points: number; sink: Sink }, { book, now }: Deciding): void {
  for (const draw of decideDraws(book.lotsOf(what.contractorId), what.points, now)) {
    book.take(draw.lot, what.sink, draw.points);
  }
}

/** Brings points back that a bill took. */
export function giveBack({ contractorId, points }: { contractorId: string; points: number }, on: Deciding): void {
  on.book.bring('bill', lotForReturned(contractorId, on), points);
}

/** Sets points aside under another owner, each part with the lot it came from. */
export function setAside(what: { contractorId: string; ownerId: string; points: number }, on: Deciding): void {
  const { book, now } = on;
  for (const { lot, points } of decideDraws(book.lotsOf(what.contractorId), what.points, now)) {
    const aside = book.open({
      ownerId: what.ownerId,
      unit: 'point',
      kind: 'set-aside',
      grantedAt: now,
      expiresAt: lot.expiresAt,
      origin: { ownerId: lot.ownerId, lotId: lot.lotId },
    });
    book.move(lot, aside, points, 'set-aside');
  }
}

/** What was set aside goes back to where it came from, or, where that has ended, to points that have not. */
export function putBack(what: { contractorId: string; ownerId: string }, on: Deciding): void {
  const { book, now } = on;
  for (const aside of book.lotsOf(what.ownerId)) {
    if (aside.remaining === 0) continue;
    const usable = usableLots(book.lotsOf(what.contractorId), now);
    const origin = usable.find((lot) => lot.lotId === aside.origin?.lotId);
    book.move(aside, origin ?? lotForReturned(what.contractorId, on), aside.remaining, 'returned');
  }
}

/** What comes back is not earned: it lives as long as what is there, and else for a month. */
function lotForReturned(contractorId: string, { book, now, operator }: Deciding): Lot {
  const present = usableLots(book.lotsOf(contractorId), now)[0];
  const expiresAt = present?.expiresAt ?? endAfterDays(now, DAYS_AFTER_RETURN, operator.timeZone);
  return lotOf(book, { contractorId, kind: 'returned', now, expiresAt });
}

/** The contractor's lot of this kind that has not ended, else a new one. */
function lotOf(
  book: Book,
  of: { contractorId: string; kind: PointKind; now: Temporal.Instant; expiresAt: Temporal.Instant },
): Lot {
  const { contractorId: ownerId, kind, now, expiresAt } = of;
  const present = usableLots(book.lotsOf(ownerId), now).find((lot) => lot.kind === kind);
  return present ?? book.open({ ownerId, unit: 'point', kind, grantedAt: now, expiresAt });
}
