import type { Temporal } from 'temporal-polyfill';
import type { Month } from '../../base/operator-month.ts';
import type { SqlRunner } from '../../infra/db/runner.ts';

/** Which part of what is due: the first ids after this one, at most so many. */
interface Portion {
  readonly after: string;
  readonly size: number;
}

/**
 * Subscriptions in service that have not been turned into this month, in id order.
 *
 * The last month is asked by key for each: as `not exists` it was joined with all months already turned, 11 s a portion.
 */
export async function dueForTurn(
  sql: SqlRunner,
  due: Portion & { now: Temporal.Instant; month: Month; monthStart: Temporal.Instant },
): Promise<readonly string[]> {
  const rows = await sql.query<{ id: string }>(
    `select s.subscription_id as id
     from subscription s
     where s.subscription_id > $4 and s.opens_at <= $1 and (s.ended_at is null or s.ended_at > $3)
       and coalesce((select max(m.month) from data_month m where m.subscription_id = s.subscription_id), '') < $2
     order by s.subscription_id
     limit $5`,
    [due.now.toString(), due.month, due.monthStart.toString(), due.after, due.size],
  );
  return rows.map((row) => row.id);
}

/** Owners of lots that have ended with something left in them, in id order. */
export async function dueToEnd(sql: SqlRunner, due: Portion & { now: Temporal.Instant }): Promise<readonly string[]> {
  const rows = await sql.query<{ id: string }>(
    `select distinct l.owner_id as id
     from ledger_lot l
     where l.owner_id > $2 and l.expires_at <= $1 and not l.is_empty and l.unit = 'byte' and l.kind <> 'set-aside'
     order by l.owner_id
     limit $3`,
    [due.now.toString(), due.after, due.size],
  );
  return rows.map((row) => row.id);
}
