import type { Decision } from '../../../base/refusal.ts';
import type { RowOutcome, RowRefusal } from '../../../infra/csv/import-rows.ts';
import { type Db, sqlState } from '../../../infra/db/index.ts';
import type { ContractorFault } from '../contractor-actions.ts';
import { provisioningFaults } from '../faults.ts';
import type { SubscriptionFault } from '../subscription-actions.ts';
import { createSeenKeys } from './seen-keys.ts';

/** Does a portion in a transaction of its own, which a dry run takes back. */
export type Within = <Result>(work: (tx: Db) => Promise<Result>) => Promise<Result>;

/** Takes rows together, of each key one. Answers what became of each, in their order. */
type Take<Row> = (rows: readonly Row[]) => Promise<readonly RowOutcome[]>;

/** Takes what comes, portion after portion: of each key its first row, and of rows that the database refuses all others. */
export function takingOnce<Row>(keyOf: (row: Row) => string | undefined, take: Take<Row>): Take<Row> {
  const isNew = createSeenKeys();
  return async (rows) => {
    const firsts = rows.filter((row) => {
      const key = keyOf(row);
      return key === undefined || isNew(key);
    });
    const taken = await takeGood(firsts, take);
    const outcomes = new Map(firsts.map((row, at) => [row, taken[at]]));
    return rows.map((row) => outcomes.get(row) ?? REPEATED);
  };
}

/** A row that no table can hold (a day before all calendars) fails its whole portion, so the halves are taken, and theirs. */
async function takeGood<Row>(rows: readonly Row[], take: Take<Row>): Promise<readonly RowOutcome[]> {
  if (rows.length === 0) return [];
  try {
    return await take(rows);
  } catch (error) {
    if (!isOfRows(error)) throw error;
    if (rows.length === 1) return [refused({ code: 'not-storable', reason: error.message })];
    const half = Math.ceil(rows.length / 2);
    return [...(await takeGood(rows.slice(0, half), take)), ...(await takeGood(rows.slice(half), take))];
  }
}

/** SQLSTATE of a value that does not fit, or of rows that do not fit together. */
function isOfRows(error: unknown): error is Error {
  return /^2[23]/.test(sqlState(error) ?? '');
}

export const refused = (refusal: RowRefusal): RowOutcome => ({ status: 'rejected', ...refusal });

const REPEATED = refused({ code: 'repeated', reason: 'an earlier row of this file is of the same' });

export const GONE = refused({ code: 'not-found', reason: 'it has gone meanwhile' });

/** What the rules of the interface say to a row. */
export function outcomeOf(decision: Decision<unknown, ContractorFault | SubscriptionFault | 'not-found'>): RowOutcome {
  if (decision.ok) return { status: 'accepted' };
  if (decision.code === 'not-found') return GONE;
  return refused({ code: decision.code, reason: provisioningFaults[decision.code] });
}
