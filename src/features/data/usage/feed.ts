import type { Temporal } from 'temporal-polyfill';
import { isId } from '../../../base/ids.ts';
import { mapInTurns } from '../../../base/in-turns.ts';
import { readMoment } from '../../../base/instant-text.ts';
import { parseMsisdn } from '../../../base/msisdn.ts';
import type { SqlRunner } from '../../../infra/db/runner.ts';
import type { DataRefusal, KeyedUse, Use, UseOutcome } from '../batch/commands.ts';
import type { Calendar } from '../rules/calendar.ts';
import { type Conflict, keepAside } from './conflict-store.ts';
import type { UseCounter } from './count-uses.ts';
import { isTooDeep, type ReadRecord, readRecord, subjectOf, type UsageRecord } from './record-reader.ts';
import { keyed, usageRequestId } from './request-key.ts';
import { holdersByNumber, unknownSubscriptions } from './subject-store.ts';

/** What became of one record. */
export type RecordOutcome =
  | Exclude<UseOutcome, { status: 'refused' }>
  | { readonly status: 'refused'; readonly code: DataRefusal | 'malformed-record'; readonly detail?: string };

export interface FeedDeps {
  readonly sql: SqlRunner;
  readonly actions: UseCounter;
  readonly calendar: Calendar;
  readonly now: () => Temporal.Instant;
  /** Hears what became of every portion. */
  onAnswered?(outcomes: readonly RecordOutcome[]): void;
}

/** How many records are looked up together, and twice as many wait for the ledger at once. */
export const PORTION = 5_120;

/** Takes records in, each once by (source, id), and answers what became of each, in their order. */
export async function takeRecords(deps: FeedDeps, records: readonly unknown[]): Promise<RecordOutcome[]> {
  const outcomes: RecordOutcome[] = [];
  for await (const portion of takePortions(deps, portionsOf(records))) outcomes.push(...portion);
  return outcomes;
}

function* portionsOf(records: readonly unknown[]): Generator<readonly unknown[]> {
  for (let start = 0; start < records.length; start += PORTION) yield records.slice(start, start + PORTION);
}

/**
 * The same for records that come in portions, however many: what became of each portion, in their order. While one is
 * with the ledger the next is read and looked up; they are handed in in order, so a later record never overtakes. No
 * third portion is asked for before the first is answered.
 */
export async function* takePortions(
  deps: FeedDeps,
  portions: AsyncIterable<readonly unknown[]> | Iterable<readonly unknown[]>,
): AsyncGenerator<readonly RecordOutcome[]> {
  let before: Promise<readonly RecordOutcome[]> | undefined;
  for await (const portion of portions) {
    const taken = takePortion(deps, await prepare(deps, portion));
    // Awaited in its turn; until then a failure is not unheard.
    taken.catch(() => undefined);
    if (before !== undefined) yield await before;
    before = taken;
  }
  if (before !== undefined) yield await before;
}

interface Prepared {
  readonly sent: readonly unknown[];
  readonly asked: readonly (KeyedUse | Extract<RecordOutcome, { status: 'refused' }>)[];
}

/**
 * All that can be done of a portion before its turn comes. Each record is read and asked about in one go: what was read of
 * thousands would have to be kept meanwhile, and keeping it costs more than the reading.
 */
async function prepare(deps: Pick<FeedDeps, 'sql' | 'calendar'>, sent: readonly unknown[]): Promise<Prepared> {
  const subscriptions = await subscriptionsBySubject(deps.sql, sent);
  return { sent, asked: await mapInTurns(sent, (each) => askedOf(readRecord(each), subscriptions, deps.calendar)) };
}

/** Hands a portion in before it waits for anything, so that the next one comes after it. */
async function takePortion(deps: FeedDeps, { sent, asked }: Prepared): Promise<RecordOutcome[]> {
  const outcomes = await deps.actions.recordUses(asked);
  await keepAside(deps.sql, deps.now(), conflictsAmong(outcomes, { sent, asked }));
  deps.onAnswered?.(outcomes);
  return outcomes;
}

/** Hardly any: they are read again, where all that was read would have had to be kept for them. */
function conflictsAmong(outcomes: readonly RecordOutcome[], { sent, asked }: Prepared): readonly Conflict[] {
  const conflicts: Conflict[] = [];
  for (let at = 0; at < outcomes.length; at += 1) {
    if (outcomes[at]?.status !== 'conflict') continue;
    const [each, use] = [readRecord(sent[at]), asked[at]];
    if (!each.ok || use === undefined || 'status' in use) continue;
    const kept = isTooDeep(sent[at]) ? JSON.parse(each.record.telling) : sent[at];
    conflicts.push({ record: each.record, subscriptionId: use.subscriptionId, sent: kept });
  }
  return conflicts;
}

/** What the ledger is asked for a record, or why it is not asked. */
export function askedOf(
  each: ReadRecord,
  subscriptions: SubjectsOf,
  calendar: Calendar,
): KeyedUse | Extract<RecordOutcome, { status: 'refused' }> {
  if (!each.ok) return { status: 'refused', code: 'malformed-record', detail: each.detail };
  const subscriptionId = subscriptions(each.record);
  if (subscriptionId === undefined) return { status: 'refused', code: 'unknown-subscription' };
  return keyed(useOf(each.record, subscriptionId, calendar));
}

function useOf(record: UsageRecord, subscriptionId: string, calendar: Calendar): Use {
  const { mode, bytes, source } = record;
  return {
    requestId: usageRequestId(record),
    subscriptionId,
    endedAt: record.endedAt,
    isZeroRated: record.isZeroRated,
    amount:
      mode === 'delta' ? { mode, bytes } : { mode, readBytes: bytes, source, session: counterOf(record, calendar) },
    record: record.telling,
  };
}

/**
 * What a counter counts: a session, or without one a day, each rating group of it apart. Of a day, and of a session's totals,
 * what draws nothing is apart from what does: a total of the one never takes the place of the other.
 */
function counterOf({ session, ratingGroup, endedAt, isZeroRated, mode }: UsageRecord, calendar: Calendar): string {
  const isApart = isZeroRated && (session === null || mode === 'total');
  const of = `${session ?? calendar.dayOf(readMoment(endedAt))}${isApart ? ' zero-rated' : ''}`;
  return ratingGroup === null ? of : JSON.stringify([of, ratingGroup]);
}

/** Whose a record is; undefined where it is of nobody here. */
export type SubjectsOf = (record: UsageRecord) => string | undefined;

/**
 * By id, or by phone number (with or without a plus sign): a number's use belongs to who had the number when the use ended.
 */
export async function subscriptionsBySubject(sql: SqlRunner, sent: readonly unknown[]): Promise<SubjectsOf> {
  const ids = new Set<string>();
  const numbers = new Map<string, string>();
  for (const each of sent) {
    const subject = subjectOf(each);
    if (subject === undefined) continue;
    if (isId(subject)) ids.add(subject);
    else if (!numbers.has(subject)) numbers.set(subject, msisdnOf(subject));
  }
  const [unknown, holderOf] = await Promise.all([
    unknownSubscriptions(sql, [...ids]),
    holdersByNumber(sql, [...new Set(numbers.values())]),
  ]);
  for (const id of unknown) ids.delete(id);
  return ({ subject, endedAt }) => {
    if (ids.has(subject)) return subject;
    const msisdn = numbers.get(subject);
    return msisdn === undefined ? undefined : holderOf(msisdn, () => readMoment(endedAt).epochMilliseconds);
  };
}

function msisdnOf(subject: string): string {
  const digits = subject.replace(/^(tel:|msisdn:)?\+?/i, '');
  return parseMsisdn(digits) ?? digits;
}
