import type { Temporal } from 'temporal-polyfill';
import type { Month } from '../../../base/operator-month.ts';
import type { SqlRunner } from '../../../infra/db/runner.ts';
import { type TurnInto, turnParameters, waitsForTurn } from './due-store.ts';

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

/** Who is in service; parameters as of `turnParameters`. */
const inService =
  'select count(*) from subscription s where s.opens_at <= $3 and (s.ended_at is null or s.ended_at > $2)';

/** Counts who is to be turned and enters the turn; one that has begun stays as it is. */
export async function beginMonthTurn(sql: SqlRunner, turn: TurnInto): Promise<void> {
  await sql.query(
    `insert into data_month_turn (month, total, done, started_at)
     values ($1, (${inService}), 0, $3::timestamptz)
     on conflict (month) do nothing`,
    turnParameters(turn),
  );
}

/** Counts anew how many are done: all but those that still wait. */
export async function recountMonthTurn(sql: SqlRunner, turn: TurnInto): Promise<void> {
  await sql.query(
    `update data_month_turn
     set done = total - least(total, (select count(*) from subscription s where ${waitsForTurn}))
     where month = $1 and finished_at is null`,
    turnParameters(turn),
  );
}

/** So many more are done, of a turn that is not finished. */
export async function noteTurned(sql: SqlRunner, month: Month, count: number): Promise<void> {
  await sql.query(
    'update data_month_turn set done = least(total, done + $2) where month = $1 and finished_at is null',
    [month, count],
  );
}

/** Nobody waits any more: those that a record of use turned by itself are done too, and those that opened meanwhile. */
export async function finishMonthTurn(sql: SqlRunner, turn: TurnInto): Promise<void> {
  await sql.query(
    `update data_month_turn set (total, done) = (select count, count from (${inService}) as counted), finished_at = $3
     where month = $1 and finished_at is null`,
    turnParameters(turn),
  );
}

/** So many were found after it was finished: they opened since. */
export async function noteFoundSince(sql: SqlRunner, month: Month, count: number): Promise<void> {
  await sql.query('update data_month_turn set done = done + $2, total = total + $2 where month = $1', [month, count]);
}
