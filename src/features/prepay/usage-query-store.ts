import type { Temporal } from 'temporal-polyfill';
import { plainArray } from '../../infra/db/array-text.ts';
import { loadPage, type Page, type Span, type SqlRunner } from '../../infra/db/index.ts';

/** A question for what was used, with its answer as it was then. */
export interface UsageQuery {
  readonly queryId: string;
  readonly askedAt: Temporal.Instant;
  readonly subscriptionIds: readonly string[];
  readonly report: readonly unknown[];
}

const QUERY = `query_id as "queryId", asked_at as "askedAt", subscription_ids::text[] as "subscriptionIds", report`;

export async function insertQuery(sql: SqlRunner, query: UsageQuery): Promise<void> {
  await sql.query(
    'insert into usage_query (query_id, asked_at, subscription_ids, report) values ($1, $2, $3::uuid[], $4)',
    [query.queryId, query.askedAt.toString(), plainArray(query.subscriptionIds), JSON.stringify(query.report)],
  );
}

export async function loadQuery(sql: SqlRunner, queryId: string): Promise<UsageQuery | null> {
  const rows = await sql.query<UsageQuery>(`select ${QUERY} from usage_query where query_id = $1`, [queryId]);
  return rows[0] ?? null;
}

/** Newest first. */
export function loadQueries(sql: SqlRunner, span: Span): Promise<Page<UsageQuery>> {
  return loadPage(sql, { columns: QUERY, from: 'usage_query', order: 'asked_at desc, query_id desc' }, span);
}

/** False when there was none such. */
export async function deleteQuery(sql: SqlRunner, queryId: string): Promise<boolean> {
  return (await sql.query('delete from usage_query where query_id = $1 returning 1', [queryId])).length > 0;
}

/** Forgets what was asked before a moment, a portion. */
export async function deleteOldQueries(sql: SqlRunner, before: Temporal.Instant, portion: number): Promise<number> {
  const rows = await sql.query(
    `delete from usage_query where query_id in (select query_id from usage_query where asked_at < $1 limit $2) returning 1`,
    [before.toString(), portion],
  );
  return rows.length;
}
