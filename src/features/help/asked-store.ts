import type { Temporal } from 'temporal-polyfill';
import type { Language } from '../../base/language.ts';
import { startOfHour } from '../../base/operator-hour.ts';
import { dayOf } from '../../base/operator-month.ts';
import { textArray } from '../../infra/db/array-text.ts';
import type { SqlRunner } from '../../infra/db/runner.ts';

/** That help was asked: what is counted of it, and nothing else. */
export interface Asked {
  readonly channel: 'talk' | 'web';
  readonly language: Language;
  /** In one's own words, or by tapping an answer's title. */
  readonly kind: 'question' | 'opened';
  readonly found: number;
  /** The entries whose whole answer was shown. */
  readonly shown: readonly string[];
}

export async function insertAsked(
  sql: SqlRunner,
  { now, zone }: { now: Temporal.Instant; zone: string },
  asked: Asked,
): Promise<void> {
  await sql.query(
    `insert into help_asked (hour, day, channel, language, kind, found, shown)
     values ($1, $2, $3, $4, $5, $6, $7::text[])`,
    [
      startOfHour(now, zone).toString(),
      dayOf(now, zone),
      asked.channel,
      asked.language,
      asked.kind,
      asked.found,
      textArray(asked.shown),
    ],
  );
}

/** Counts what was asked since the last time together, a portion; answers how many rows that were. */
export async function countAsked(sql: SqlRunner, portion: number): Promise<number> {
  const [done] = await sql.query<{ rows: number }>(
    `with gone as (
       delete from help_asked where ctid = any(array(select ctid from help_asked limit $1 for update skip locked))
       returning *
     ), questions as (
       insert into help_question_hour as h (hour, channel, language, answered, unanswered)
       select hour, channel, language, count(*) filter (where found > 0), count(*) filter (where found = 0)
       from gone where kind = 'question' group by hour, channel, language order by 1, 2, 3
       on conflict (hour, channel, language) do update set
         answered = h.answered + excluded.answered, unanswered = h.unanswered + excluded.unanswered
     ), answers as (
       insert into help_shown_day as d (entry_id, language, channel, shown_on, shown)
       select entry, language, channel, day, count(*) from gone cross join unnest(shown) as entry
       group by entry, language, channel, day order by 1, 2, 3, 4
       on conflict (entry_id, language, channel, shown_on) do update set shown = d.shown + excluded.shown
     )
     select count(*)::integer as rows from gone`,
    [portion],
  );
  return done?.rows ?? 0;
}

/** Questions in people's own words within one hour. */
export interface QuestionHour {
  readonly hour: Temporal.Instant;
  readonly answered: number;
  readonly unanswered: number;
}

/** In both languages together, oldest first. */
export function loadQuestionHours(
  sql: SqlRunner,
  of: { channel: Asked['channel']; from: Temporal.Instant; until: Temporal.Instant },
): Promise<readonly QuestionHour[]> {
  return sql.query<QuestionHour>(
    `select hour, sum(answered)::integer as answered, sum(unanswered)::integer as unanswered
     from help_question_hour where channel = $1 and hour >= $2 and hour < $3 group by hour order by hour`,
    [of.channel, of.from.toString(), of.until.toString()],
  );
}
