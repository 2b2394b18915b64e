import type { Temporal } from 'temporal-polyfill';
import type { Month } from '../../../base/operator-month.ts';
import type { SqlRunner } from '../../../infra/db/runner.ts';

/** Which part of what is due: the first ids after this one, at most so many. */
interface Portion {
  readonly after: string;
  readonly size: number;
}

/** The turn into a month, as it is looked at now. */
export interface TurnInto {
  readonly month: Month;
  readonly monthStart: Temporal.Instant;
  readonly now: Temporal.Instant;
}

/**
 * A subscription in service that has not been turned into this month; the parameters $1 to $3 are `turnParameters`.
 *
 * Its row is asked for by key for each: as `not exists` it was joined with all months already turned, 11 s a portion. Of
 * `not coalesce` PostgreSQL expects that it holds for half; as `is null`, for so few that each portion read and sorted all.
 */
export const waitsForTurn = `s.opens_at <= $3 and (s.ended_at is null or s.ended_at > $2)
       and not coalesce((select true from data_month m
                         where m.subscription_id = s.subscription_id and m.month >= $1 limit 1), false)`;

export const turnParameters = ({ month, monthStart, now }: TurnInto) => [month, monthStart.toString(), now.toString()];

/** Who waits for the turn, in id order; of those that opened or came into the books since, or of all. */
export async function dueForTurn(
  sql: SqlRunner,
  due: Portion & TurnInto & { newSince: Temporal.Instant | null },
): Promise<readonly string[]> {
  // Two statements, for one goes along the ids and the other is best off with the whole table.
  const isNew = due.newSince === null ? '' : 'and (s.opens_at >= $6 or s.created_at >= $6)';
  const rows = await sql.query<{ id: string }>(
    `select s.subscription_id as id
     from subscription s
     where s.subscription_id > $4 and ${waitsForTurn} ${isNew}
     order by s.subscription_id
     limit $5`,
    [...turnParameters(due), due.after, due.size, ...(due.newSince === null ? [] : [due.newSince.toString()])],
  );
  return rows.map((row) => row.id);
}
