import { Temporal } from 'temporal-polyfill';
import type { GiftPolicy } from '../../base/operator.ts';
import type { Book, Lot } from '../../ledger/book.ts';
import { type Calendar, type DataLot, inUseOrder, isUsable, kindNow } from '../data/index.ts';
import type { GiftAnswer } from './commands.ts';
import type { GiftBatch, GiftRow, Notice, PartyFacts } from './facts.ts';
import type { Moment } from './moment.ts';
import type { SourceLot } from './rules/giveable.ts';
import type { GiftRefusal, Party } from './rules/refusals.ts';
import { type Tally, tallyAt, withGift } from './rules/tally.ts';

/** Everything a decision on a gift rests on beside the command. */
export interface Deciding {
  readonly batch: GiftBatch;
  readonly book: Book;
  readonly moment: Moment;
  readonly policy: GiftPolicy;
  readonly calendar: Calendar;
  planBytesOf(planCode: string): number;
}

export function refused(code: GiftRefusal): GiftAnswer {
  return { result: 'refused', code, figures: null };
}

/** A side of a gift as the rules see it, with the person who acts for it. */
export function partyOf(party: PartyFacts, lineUserId: string | null): Party {
  return {
    subscriptionId: party.subscriptionId,
    contractorId: party.contractorId,
    isLinked: lineUserId !== null && party.linkedTo.includes(lineUserId),
    isInService: party.isInService,
  };
}

/** What somebody can use now, in the order of use, with the kind each part counts as this month. */
export function usableSources(lots: readonly DataLot[], { now, monthStart }: Moment): readonly SourceLot[] {
  const usable = lots.filter((lot) => isUsable(lot, now));
  return inUseOrder(usable, monthStart).flatMap((lot) => {
    const kind = kindNow(lot, monthStart);
    return kind === undefined ? [] : [{ lotId: lot.lotId, kind, remaining: lot.remaining, expiresAt: lot.expiresAt }];
  });
}

export function lotIn(book: Book, ownerId: string, lotId: string): Lot {
  const lot = book.lot(ownerId, lotId);
  if (lot === undefined) throw new Error(`the rules name a lot that is not there: ${lotId}`);
  return lot;
}

/** Enters a new gift: from here on it counts against the month's limit. */
export function make(gift: GiftRow, { batch, book, moment }: Deciding): void {
  batch.gifts.set(gift.giftId, gift);
  batch.changes.made.add(gift.giftId);
  noteTally(
    book,
    gift.senderSubscriptionId,
    withGift(tallyOf(book, gift.senderSubscriptionId, moment), gift.amountBytes),
  );
}

/** What a subscription has given so far: noted with its lots, so that it is there whenever they are. */
export function tallyOf(book: Book, subscriptionId: string, moment: Moment): Tally {
  const noted = book.note<Tally>(subscriptionId, TALLY);
  return tallyAt(noted, { month: moment.month, dayMs: moment.dayStart.epochMilliseconds });
}

export function noteTally(book: Book, subscriptionId: string, tally: Tally): void {
  book.keepNote(subscriptionId, TALLY, tally);
}

/** What the note of a tally is called in its owner's row. */
const TALLY = 'gifts';

/** The person to be named on this side: only whoever is still linked to it. */
export function namedOn(party: PartyFacts, lineUserId: string | null): string | null {
  return lineUserId !== null && party.linkedTo.includes(lineUserId) ? lineUserId : null;
}

type Told = Notice extends infer Each ? (Each extends Notice ? Omit<Each, 'to'> : never) : never;

/** Tells everybody who is linked to a subscription. */
export function tell(batch: GiftBatch, people: readonly string[], notice: Told): void {
  for (const to of people) batch.changes.notices.push({ ...notice, to });
}

export function earlier(one: Temporal.Instant, other: Temporal.Instant): Temporal.Instant {
  return Temporal.Instant.compare(one, other) <= 0 ? one : other;
}
