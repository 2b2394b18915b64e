import type { SqlRunner } from '../infra/db/runner.ts';
import { uuidArray } from '../infra/db/uuid-array.ts';
import type { Lot, Notes } from './book.ts';
import { readLots, type WrittenLots } from './written-lots.ts';

/** An owner's lots and notes. Lots that are empty or have ended are among them as long as they are in its row. */
export interface LookedUp {
  readonly ownerId: string;
  readonly lots: readonly Lot[];
  readonly notes: Notes;
}

/** What these owners have. Fast for many: the rows are read as they are and parsed here, which the views do more slowly. */
export async function lookUp(sql: SqlRunner, ownerIds: readonly string[]): Promise<readonly LookedUp[]> {
  const rows = await sql.query<WrittenLots & { ownerId: string; notes: string }>(
    `select owner_id as "ownerId", lots::text, remaining::text, notes::text from ledger_owner where owner_id = any($1::uuid[])`,
    [uuidArray(ownerIds)],
  );
  return rows.map(({ ownerId, notes, ...written }) => ({
    ownerId,
    lots: readLots(ownerId, written),
    notes: JSON.parse(notes),
  }));
}
