import type { Temporal } from 'temporal-polyfill';
import { isId } from '../../../base/ids.ts';
import type { SqlRunner } from '../../../infra/db/runner.ts';
import type { Calendar } from '../rules/calendar.ts';
import { kindNow } from '../rules/kinds.ts';
import { recordOf } from '../usage/request-key.ts';
import { type EntryRow, entriesOf, positionInEntries, userNames } from './journal-store.ts';

/** Why data moved, as the journal names it. */
export const entryReasons = [
  'plan-grant',
  'purchase',
  'adjustment',
  'usage',
  'expiry',
  'carry-over',
  'gift-set-aside',
  'gift-claimed',
  'gift-returned',
  'reserved',
  'reservation-returned',
] as const;
export type EntryReason = (typeof entryReasons)[number];

/** One movement of a subscription's data, with what is needed to say it in words. Whole bytes. */
export interface JournalEntry {
  readonly entryId: string;
  readonly at: Temporal.Instant;
  readonly reason: EntryReason;
  /** `within`: one of its buckets became another (carry-over). */
  readonly direction: 'in' | 'out' | 'within';
  readonly amountBytes: number;
  /** The bucket it came into or went out of, its end (exclusive), and what that part held afterwards. */
  readonly bucket: string;
  readonly bucketEndsAt: Temporal.Instant;
  readonly bucketAfterBytes: number;
  /** Everything the subscription held afterwards, what had ended and was not yet taken out included. */
  readonly totalAfterBytes: number;
  readonly about: EntryAbout | null;
}

export type EntryAbout =
  | {
      readonly kind: 'gift';
      readonly giftId: string;
      readonly way: string;
      readonly state: string;
      /** Null while nobody has received it and the sender named nobody. */
      readonly otherSubscriptionId: string | null;
      /** The other side's registered user, else contractor. */
      readonly otherName: string | null;
    }
  | {
      readonly kind: 'use';
      /** The feed's name and key of the record; null for a use that did not come by the feed. */
      readonly record: { readonly source: string; readonly id: string } | null;
      readonly usedOn: string;
      readonly isLate: boolean;
    }
  | {
      /** A slice on loan to the network: what it used went from there, and is not an entry of the subscription's own. */
      readonly kind: 'reservation';
      readonly reservationId: string;
      readonly state: 'open' | 'settled' | 'released' | 'expired';
      readonly usedBytes: number;
      readonly overBytes: number;
    }
  | { readonly kind: 'correction'; readonly reason: string; readonly askedBy: string; readonly approvedBy: string };

/** What a higher feature knows of a gift; handed in by the composition. */
export interface GiftOfEntry {
  readonly giftId: string;
  readonly senderSubscriptionId: string;
  readonly receiverSubscriptionId: string | null;
  readonly way: string;
  readonly state: string;
}

export type GiftsOf = (sql: SqlRunner, giftIds: readonly string[]) => Promise<readonly GiftOfEntry[]>;

export interface JournalPage {
  readonly entries: readonly JournalEntry[];
  /** Hand it in as `before` for the next page; null when there is none. */
  readonly next: string | null;
}

/** Only entries with this reason, of this kind of bucket. */
export interface JournalFilter {
  readonly reason?: EntryReason;
  readonly bucket?: string;
}

/** Filtered, so many entries are read at once, and at most so many for a page: it is then shorter and goes on. */
const READ_AT_ONCE = 500;
const READ_AT_MOST = 5_000;

/** The journal of a subscription, newest first. */
export async function readJournal(
  sql: SqlRunner,
  { giftsOf, calendar }: { giftsOf: GiftsOf; calendar: Calendar },
  asked: { subscriptionId: string; before?: string | null; limit?: number; filter?: JournalFilter },
): Promise<JournalPage> {
  const { subscriptionId, before = null, limit = 50, filter } = asked;
  if (!isId(subscriptionId) || (before !== null && !isId(before))) return { entries: [], next: null };
  const found: EntryRow[] = [];
  let [cursor, read, isEnd] = [before, 0, false];
  // One more than asked for tells whether there is another page.
  while (found.length <= limit && !isEnd && read < READ_AT_MOST) {
    const portion = { subscriptionId, before: cursor, limit: filter ? READ_AT_ONCE : limit + 1 };
    const rows = withTotals(await entriesOf(sql, portion), calendar);
    found.push(...rows.filter((row) => fits(row, filter)));
    cursor = rows.at(-1)?.entryId ?? cursor;
    read += rows.length;
    isEnd = rows.length < portion.limit;
  }
  const shown = found.slice(0, limit);
  const gifts = await giftsOf(sql, [...new Set(shown.flatMap(({ giftId }) => giftId ?? []))]);
  const giftsById = new Map(gifts.map((gift) => [gift.giftId, gift]));
  const names = await userNames(sql, [...new Set(gifts.flatMap((gift) => otherSide(gift, subscriptionId) ?? []))]);
  const entries = shown.map((row): JournalEntry => {
    const { entryId, at, reason, direction, amountBytes, bucket, bucketEndsAt, bucketAfterBytes, totalAfterBytes } =
      row;
    const moved = { entryId, at, reason, direction, amountBytes, bucket, bucketEndsAt, bucketAfterBytes };
    return { ...moved, totalAfterBytes, about: aboutOf(row, { subscriptionId, giftsById, names }) };
  });
  const last = found.length > limit ? (shown.at(-1)?.entryId ?? null) : isEnd ? null : cursor;
  return { entries, next: last };
}

/** How far back a page can be told by its number; whoever reads on names the last entry seen. */
const MOST_COUNTED = 10_000;

/**
 * Where the page begins that leaves out the newest `offset` entries, for `before` of `readJournal`, and how many there are, of
 * more than ten thousand that many. Null: there is no such page.
 */
export async function journalPosition(
  sql: SqlRunner,
  asked: { subscriptionId: string; reason?: EntryReason | undefined; offset: number },
): Promise<{ total: number; page: { before: string | null } | null }> {
  const { subscriptionId, reason = null, offset } = asked;
  const found = await positionInEntries(sql, { subscriptionId, reason, offset, mostCounted: MOST_COUNTED });
  const { total, before } = found;
  return { total, page: offset < total ? { before } : null };
}

/** Rows with what the subscription held after each, and the bucket as what it counted then. */
function withTotals(rows: readonly EntryRow[], calendar: Calendar): EntryRow[] {
  let totalAfterBytes = rows[0]?.totalAfterBytes ?? 0;
  return rows.map((row) => {
    const moved = { ...row, totalAfterBytes, bucket: bucketThen(row, calendar) };
    totalAfterBytes -= row.direction === 'within' ? 0 : row.direction === 'in' ? row.amountBytes : -row.amountBytes;
    return moved;
  });
}

const fits = (row: EntryRow, filter: JournalFilter = {}) =>
  (filter.reason ?? row.reason) === row.reason && (filter.bucket ?? row.bucket) === row.bucket;

/** As what the bucket counted at the time: what is left of an earlier month's base is carry-over. */
function bucketThen({ at, bucket, bucketGrantedAt }: EntryRow, calendar: Calendar): string {
  const lot = { kind: bucket, grantedAt: bucketGrantedAt };
  return kindNow(lot, calendar.startOf(calendar.monthOf(at))) ?? bucket;
}

function otherSide(gift: GiftOfEntry, subscriptionId: string): string | null {
  return gift.senderSubscriptionId === subscriptionId ? gift.receiverSubscriptionId : gift.senderSubscriptionId;
}

function aboutOf(
  { giftId, requestId, used, correction, slice }: EntryRow,
  known: {
    subscriptionId: string;
    giftsById: ReadonlyMap<string, GiftOfEntry>;
    names: ReadonlyMap<string, string>;
  },
): EntryAbout | null {
  if (correction !== null) return { kind: 'correction', ...correction };
  if (slice !== null) return { kind: 'reservation', ...slice };
  if (used !== null) {
    return { kind: 'use', record: recordOf(requestId), usedOn: used.usedOn, isLate: used.isLate };
  }
  const gift = giftId === null ? undefined : known.giftsById.get(giftId);
  if (gift === undefined) return null;
  const otherSubscriptionId = otherSide(gift, known.subscriptionId);
  const otherName = otherSubscriptionId === null ? null : (known.names.get(otherSubscriptionId) ?? null);
  return { kind: 'gift', giftId: gift.giftId, way: gift.way, state: gift.state, otherSubscriptionId, otherName };
}
