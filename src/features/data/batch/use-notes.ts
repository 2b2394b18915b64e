import type { Month } from '../../../base/operator-month.ts';
import type { Book, Notes } from '../../../ledger/book.ts';
import { MOST_BYTES } from '../rules/usage-record.ts';
import type { DataFacts, DayRow, UsedSubscription } from './facts.ts';

/**
 * What is noted with a subscription's lots, so that a use finds and leaves it in the row that it reads and writes anyhow: the
 * month it was turned into with the plan that counts in it, and what was used on the newest day on which anything was. The
 * other days stand in `data_usage_earlier`; the view `data_usage_daily` shows all of them. As short as it can be: each use writes it.
 */
const MONTH = 'month';
const DAY = 'day';

type NotedMonth = readonly [month: Month, planCode: string];
type NotedDay = readonly [usedOn: string, usedBytes: number, zeroRatedBytes: number, overBytes: number];

/** The plan that counts for a subscription in a month, where it is noted that it was turned into it. */
export function planNoted(book: Pick<Book, 'note'>, subscriptionId: string, month: Month): string | undefined {
  const noted = book.note<NotedMonth>(subscriptionId, MONTH);
  return noted?.[0] === month ? noted[1] : undefined;
}

export function noteMonth(book: Book, { subscriptionId, lastTurned, planCode }: UsedSubscription): void {
  if (lastTurned !== null) book.keepNote(subscriptionId, MONTH, [lastTurned, planCode] satisfies NotedMonth);
}

/** What was used on the newest day, of an owner that was looked up. */
export function dayNoted(subscriptionId: string, notes: Notes): DayRow | undefined {
  const { [DAY]: noted } = notes;
  // What was kept under this name is what is kept below.
  return noted === undefined ? undefined : dayOf(subscriptionId, noted as NotedDay);
}

/** Adds to a day. A day later than the one that is noted takes its place. */
export function countDay({ book, facts }: { book: Book; facts: DataFacts }, added: DayRow): void {
  const { subscriptionId, usedOn, usedBytes, zeroRatedBytes, overBytes } = added;
  const noted = book.note<NotedDay>(subscriptionId, DAY);
  if (noted !== undefined && noted[0] > usedOn) {
    addToEarlier(facts, added);
    return;
  }
  let day: NotedDay = [usedOn, usedBytes, zeroRatedBytes, overBytes];
  if (noted?.[0] === usedOn) {
    day = [usedOn, sum(noted[1], usedBytes), sum(noted[2], zeroRatedBytes), sum(noted[3], overBytes)];
  } else if (noted !== undefined) addToEarlier(facts, dayOf(subscriptionId, noted));
  book.keepNote(subscriptionId, DAY, day);
}

function addToEarlier({ changes: { days } }: DataFacts, added: DayRow): void {
  const rows = days.get(added.subscriptionId) ?? [];
  const at = rows.findIndex(({ usedOn }) => usedOn === added.usedOn);
  const before = rows[at];
  days.set(added.subscriptionId, before === undefined ? [...rows, added] : rows.with(at, sumOf(before, added)));
}

function dayOf(subscriptionId: string, [usedOn, usedBytes, zeroRatedBytes, overBytes]: NotedDay): DayRow {
  return { subscriptionId, usedOn, usedBytes, zeroRatedBytes, overBytes };
}

function sumOf(day: DayRow, added: DayRow): DayRow {
  return {
    ...day,
    usedBytes: sum(day.usedBytes, added.usedBytes),
    zeroRatedBytes: sum(day.zeroRatedBytes, added.zeroRatedBytes),
    overBytes: sum(day.overBytes, added.overBytes),
  };
}

function sum(bytes: number, added: number): number {
  return Math.min(bytes + added, MOST_BYTES);
}
