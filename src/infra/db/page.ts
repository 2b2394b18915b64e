import type { SqlRunner } from './runner.ts';

/** Which of a list. */
export interface Span {
  /** How many are left out before it. */
  readonly offset: number;
  /** How many it holds at most. */
  readonly limit: number;
}

export interface Page<Row> {
  readonly rows: readonly Row[];
  /** How many there are in all. */
  readonly total: number;
}

/**
 * A page of a list.
 *
 * @param list.from tables and conditions, with its values as `$1`, `$2`, …
 * @param list.order must leave no two rows alike, or pages would overlap
 */
export async function loadPage<Row>(
  sql: SqlRunner,
  list: { columns: string; from: string; values?: readonly unknown[]; order: string },
  { offset, limit }: Span,
): Promise<Page<Row>> {
  const { columns, from, values = [], order } = list;
  const at = values.length;
  // Asked together: they travel in one round trip.
  const [rows, counted] = await Promise.all([
    sql.query<Row>(`select ${columns} from ${from} order by ${order} limit $${at + 1} offset $${at + 2}`, [
      ...values,
      limit,
      offset,
    ]),
    sql.query<{ total: number }>(`select count(*)::integer as total from ${from}`, values),
  ]);
  return { rows, total: counted[0]?.total ?? 0 };
}
