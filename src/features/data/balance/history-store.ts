import type { Month } from '../../../base/operator-month.ts';
import type { SqlRunner } from '../../../infra/db/runner.ts';

/** What a subscription used in each month from `since` on, months without use left out. */
export async function loadMonths(
  sql: SqlRunner,
  subscriptionId: string,
  since: Month,
): Promise<ReadonlyMap<Month, number>> {
  // Days are calendar days already: their month is the first seven letters, in no zone.
  const rows = await sql.query<{ month: Month; usedBytes: number }>(
    `select to_char(used_on, 'YYYY-MM') as month, sum(used_bytes + zero_rated_bytes)::bigint as "usedBytes"
     from data_usage_daily
     where subscription_id = $1 and used_on >= $2::date
     group by 1`,
    [subscriptionId, `${since}-01`],
  );
  return new Map(rows.map(({ month, usedBytes }) => [month, usedBytes]));
}
