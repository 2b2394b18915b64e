import type { SqlRunner } from '../infra/db/runner.ts';
import { uuidArray } from '../infra/db/uuid-array.ts';
import type { Lot } from './book.ts';
import { readLots, type WrittenLots } from './written-lots.ts';

/**
 * What these owners have, lot by lot, also what is empty or has ended and still stands in their rows. For whoever asks of many:
 * the rows are read as they are and taken apart here, which the view `ledger_lot` does more slowly.
 */
export async function lotsOfMany(sql: SqlRunner, ownerIds: readonly string[]): Promise<readonly Lot[]> {
  const rows = await sql.query<WrittenLots & { ownerId: string }>(
    `select owner_id as "ownerId", lots::text, remaining::text from ledger_owner where owner_id = any($1::uuid[])`,
    [uuidArray(ownerIds)],
  );
  return rows.flatMap((row) => readLots(row.ownerId, row));
}
