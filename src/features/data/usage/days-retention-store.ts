import type { Temporal } from 'temporal-polyfill';
import { FIRST_ID } from '../../../base/ids.ts';
import type { Month } from '../../../base/operator-month.ts';
import { plainArray } from '../../../infra/db/array-text.ts';
import type { SqlRunner } from '../../../infra/db/index.ts';

/** Up to which subscription days before a month have been forgotten; null when of all. */
export async function loadProgress(sql: SqlRunner, month: Month): Promise<string | null> {
  const [run] = await sql.query<{ through: string | null; isDone: boolean }>(
    'select through, done_at is not null as "isDone" from data_days_forgotten where month = $1',
    [month],
  );
  return run?.isDone ? null : (run?.through ?? FIRST_ID);
}

/**
 * Forgets of the next subscriptions what they used on days before a month, and which months before it they were turned into, but
 * for the last one, behind which the next turn goes on. Each is found by its key: in years these tables grow to hundreds of
 * millions of rows, of which none is read for nothing.
 *
 * @returns how many subscriptions there were
 */
export async function forgetNext(
  sql: SqlRunner,
  { month, after, size, now }: { month: Month; after: string; size: number; now: Temporal.Instant },
): Promise<{ count: number; through: string }> {
  const rows = await sql.query<{ id: string }>(
    'select subscription_id as id from subscription where subscription_id > $1 order by subscription_id limit $2',
    [after, size],
  );
  const ids = rows.map(({ id }) => id);
  await sql.query('delete from data_usage_earlier where subscription_id = any($1::uuid[]) and used_on < $2::date', [
    plainArray(ids),
    `${month}-01`,
  ]);
  await sql.query(
    `delete from data_month old where subscription_id = any($1::uuid[]) and month < $2
       and exists (select from data_month later where later.subscription_id = old.subscription_id and later.month > old.month)`,
    [plainArray(ids), month],
  );
  const through = ids.at(-1) ?? after;
  await sql.query(
    `insert into data_days_forgotten (month, through, done_at) values ($1, $2, $3)
     on conflict (month) do update set through = excluded.through, done_at = excluded.done_at`,
    [month, through, ids.length < size ? now.toString() : null],
  );
  return { count: ids.length, through };
}
