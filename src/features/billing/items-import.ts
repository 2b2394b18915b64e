import type { Clock } from '../../base/clock.ts';
import { isId } from '../../base/ids.ts';
import { readInstant } from '../../base/instant-text.ts';
import { csvRows, type ImportSummary, type Rejected, textOf } from '../../infra/csv/csv-file.ts';
import { importRows, type RowOutcome, type RowsAsked } from '../../infra/csv/import-rows.ts';
import { type Db, inTransaction, runnerOf, type SqlRunner, takenBack } from '../../infra/db/index.ts';
import { type Calendar, holdersByNumber } from '../data/index.ts';
import { isOwnSource } from './charge-store.ts';
import { type BillItem, type ItemOutcome, recordItemsWithin } from './items.ts';
import { itemColumns, itemOf, type RowFaultCode, type TypedItem } from './items-csv.ts';

export interface ItemsImport extends RowsAsked {
  /** The rating system's name: ids are unique within it, also across files. */
  readonly source: string;
  /** Does all of it and takes it back: says exactly what would happen. */
  readonly isDryRun: boolean;
}

const PORTION = 1_000;

/**
 * Takes a file of calls and corrections by the rules of the interface, in portions. The same again changes nothing.
 *
 * @throws where it comes under a name that is kept for what is charged here
 */
export async function importItems(
  deps: { db: Db; clock: Clock; calendar: Calendar },
  request: ItemsImport,
): Promise<ImportSummary> {
  const { source, isDryRun } = request;
  if (isOwnSource(source)) throw new Error(`"${source}" is kept for what is charged here: name another --source`);
  const now = deps.clock.now();
  const run = (within: <Result>(work: (sql: SqlRunner) => Promise<Result>) => Promise<Result>) =>
    importRows(request, {
      columns: itemColumns,
      read: itemOf,
      portion: PORTION,
      take: (typed: readonly TypedItem[]) =>
        within(async (sql) => {
          const items = await withSubscriptions(sql, typed);
          return (await recordItemsWithin(sql, deps.calendar, { source, now, items })).map(rowOf);
        }),
    });
  if (isDryRun) return takenBack(deps.db, (tx) => run((work) => work(runnerOf(tx))));
  return run((work) => inTransaction(deps.db, (tx) => work(runnerOf(tx))));
}

function rowOf(outcome: ItemOutcome): RowOutcome {
  if (outcome.status === 'accepted' || outcome.status === 'duplicate') return { status: outcome.status };
  return { status: 'rejected', ...reasonOf(outcome) };
}

/** A row that is not taken, and why. */
export type RejectedItem = Omit<Rejected, 'code'> & { readonly code: ItemFaultCode };
export type ItemFaultCode =
  | RowFaultCode
  | 'not-a-row'
  | 'conflicting-item'
  | 'unknown-subscription'
  | 'from-the-future';

/** What would become of some rows, and the items as they would be taken. */
export interface CheckedItems {
  /** Those that are new. */
  readonly items: readonly BillItem[];
  readonly duplicates: number;
  readonly rejected: readonly RejectedItem[];
}

/**
 * Says what would become of the rows of a short text, by doing it and taking it back.
 *
 * @throws WrongFile when it lacks columns
 */
export async function checkItems(
  deps: { db: Db; clock: Clock; calendar: Calendar },
  { source, text }: { source: string; text: string },
): Promise<CheckedItems> {
  const rejected: RejectedItem[] = [];
  const typed: { line: number; item: TypedItem }[] = [];
  const rows = csvRows(textOf('CSV', text), {
    columns: itemColumns,
    onFault: ({ line, reason }) => rejected.push({ line, code: 'not-a-row', reason }),
  });
  for await (const { row, line } of rows) {
    const read = itemOf(row);
    if ('fault' in read) rejected.push({ line, ...read.fault });
    else typed.push({ line, item: read.item });
  }
  const outcomes = await takenBack(deps.db, async (tx) => {
    const sql = runnerOf(tx);
    const items = await withSubscriptions(
      sql,
      typed.map(({ item }) => item),
    );
    const all = await recordItemsWithin(sql, deps.calendar, { source, now: deps.clock.now(), items });
    return all.map((outcome, at) => ({ outcome, item: items[at], line: typed[at]?.line ?? 0 }));
  });
  for (const { outcome, line } of outcomes) {
    if (outcome.status === 'conflict' || outcome.status === 'refused') rejected.push({ line, ...reasonOf(outcome) });
  }
  return {
    items: outcomes.flatMap(({ outcome, item }) => (outcome.status === 'accepted' && item ? [item] : [])),
    duplicates: outcomes.filter(({ outcome }) => outcome.status === 'duplicate').length,
    rejected: rejected.sort((a, b) => a.line - b.line),
  };
}

/** Phone numbers as the subscriptions whose they were at the time; one that nobody has stays what nobody has. */
async function withSubscriptions(sql: SqlRunner, items: readonly TypedItem[]) {
  const numbers = items.map(({ subject }) => subject).filter((subject) => !isId(subject));
  const holderOf = await holdersByNumber(sql, numbers);
  return items.map(({ subject, ...item }) => ({
    ...item,
    subscriptionId: isId(subject)
      ? subject
      : (holderOf(subject, () => readInstant(item.occurredAt).epochMilliseconds) ?? NOBODY),
  }));
}

const NOBODY = '00000000-0000-7000-8000-000000000000';

function reasonOf(outcome: Exclude<ItemOutcome, { status: 'accepted' | 'duplicate' }> | { status: 'conflict' }): {
  code: ItemFaultCode;
  reason: string;
} {
  if (outcome.status !== 'refused') {
    return { code: 'conflicting-item', reason: 'its id was used for another item of this source' };
  }
  return { code: outcome.code, reason: WORDS[outcome.code] };
}

const WORDS: Record<Extract<ItemOutcome, { status: 'refused' }>['code'], string> = {
  'unknown-subscription': 'no subscription has this phone number or id',
  'from-the-future': 'it is of the future',
  'not-an-amount': 'only a correction gives back',
};
