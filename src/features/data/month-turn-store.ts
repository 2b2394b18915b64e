import type { Temporal } from 'temporal-polyfill';
import type { Month } from '../../base/operator-month.ts';
import type { SqlRunner } from '../../infra/db/runner.ts';

/** How far the turn into a month is. */
export interface MonthTurnProgress {
  readonly month: Month;
  /** Subscriptions in service when it began, and those it found since. */
  readonly total: number;
  readonly done: number;
  readonly startedAt: Temporal.Instant;
  /** Null as long as somebody waits for it. */
  readonly finishedAt: Temporal.Instant | null;
}

const columns = `month, total, done, started_at as "startedAt", finished_at as "finishedAt"`;

/** How far the turn into a month is; null before it has begun. */
export async function findMonthTurn(sql: SqlRunner, month: Month): Promise<MonthTurnProgress | null> {
  const [found] = await sql.query<MonthTurnProgress>(`select ${columns} from data_month_turn where month = $1`, [
    month,
  ]);
  return found ?? null;
}

/** The last turns, newest first. */
export function lastMonthTurns(sql: SqlRunner, limit = 12): Promise<readonly MonthTurnProgress[]> {
  return sql.query<MonthTurnProgress>(`select ${columns} from data_month_turn order by month desc limit $1`, [limit]);
}

/** Counts who is to be turned and enters the turn; one that has begun stays as it is. */
export async function beginMonthTurn(
  sql: SqlRunner,
  turn: { month: Month; monthStart: Temporal.Instant; now: Temporal.Instant },
): Promise<void> {
  await sql.query(
    `insert into data_month_turn (month, total, done, started_at)
     select $1, count(*), 0, $2::timestamptz from subscription
     where opens_at <= $2 and (ended_at is null or ended_at > $3)
     on conflict (month) do nothing`,
    [turn.month, turn.now.toString(), turn.monthStart.toString()],
  );
}

export async function noteTurned(sql: SqlRunner, month: Month, count: number): Promise<void> {
  await sql.query('update data_month_turn set done = done + $2, total = greatest(total, done + $2) where month = $1', [
    month,
    count,
  ]);
}

/** Nobody waits any more: those that a record of use turned by itself are done too. */
export async function finishMonthTurn(sql: SqlRunner, month: Month, now: Temporal.Instant): Promise<void> {
  await sql.query(
    'update data_month_turn set done = total, finished_at = $2 where month = $1 and finished_at is null',
    [month, now.toString()],
  );
}
