import type { Temporal } from 'temporal-polyfill';
import { plainArray } from '../../infra/db/array-text.ts';
import type { SqlRunner } from '../../infra/db/runner.ts';

/** Takes changes that count now and of which nobody has been told, to be told in this transaction. */
export async function takeUntoldChanges(
  sql: SqlRunner,
  limit: number,
): Promise<readonly { planChangeId: string; subscriptionId: string }[]> {
  return sql.query<{ planChangeId: string; subscriptionId: string }>(
    `select plan_change_id as "planChangeId", subscription_id as "subscriptionId"
     from plan_change where state = 'applied' and told_at is null
     order by settled_at, plan_change_id limit $1 for update skip locked`,
    [limit],
  );
}

export async function markChangesTold(
  sql: SqlRunner,
  planChangeIds: readonly string[],
  now: Temporal.Instant,
): Promise<void> {
  await sql.query('update plan_change set told_at = $2 where plan_change_id = any($1::uuid[])', [
    plainArray(planChangeIds),
    now.toString(),
  ]);
}
