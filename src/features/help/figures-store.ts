import type { Temporal } from 'temporal-polyfill';
import type { Language } from '../../base/language.ts';
import type { SqlRunner } from '../../infra/db/runner.ts';

export interface VoteCounts {
  readonly helped: number;
  readonly notHelped: number;
}

/** Of one entry since a day, in one language. */
export interface EntryFigures extends VoteCounts {
  readonly entryId: string;
  readonly language: Language;
  /** How often its whole answer was shown, in the talk and on the web. */
  readonly shown: number;
}

/** By entry, those that most often did not help first. */
export function loadFigures(sql: SqlRunner, sinceDay: string): Promise<readonly EntryFigures[]> {
  return sql.query<EntryFigures>(
    `select entry_id as "entryId", language, coalesce(v.helped, 0) as helped, coalesce(v.not_helped, 0) as "notHelped",
       coalesce(s.shown, 0) as shown
     from (
       select entry_id, language, sum(helped)::integer as helped, sum(not_helped)::integer as not_helped
       from help_vote_day where voted_on >= $1 group by entry_id, language
     ) v full join (
       select entry_id, language, sum(shown)::integer as shown
       from help_shown_day where shown_on >= $1 group by entry_id, language
     ) s using (entry_id, language)
     order by 4 desc, 3, 5 desc, entry_id, language`,
    [sinceDay],
  );
}

/** Of one entry by day, the latest first. */
export function loadFigureDays(
  sql: SqlRunner,
  of: { entryId: string; sinceDay: string },
): Promise<readonly (VoteCounts & { readonly day: string; readonly shown: number })[]> {
  return sql.query(
    `select day, coalesce(v.helped, 0) as helped, coalesce(v.not_helped, 0) as "notHelped", coalesce(s.shown, 0) as shown
     from (
       select voted_on as day, sum(helped)::integer as helped, sum(not_helped)::integer as not_helped
       from help_vote_day where entry_id = $1 and voted_on >= $2 group by voted_on
     ) v full join (
       select shown_on as day, sum(shown)::integer as shown
       from help_shown_day where entry_id = $1 and shown_on >= $2 group by shown_on
     ) s using (day)
     order by day desc`,
    [of.entryId, of.sinceDay],
  );
}

/** Questions in people's own words, in the talk and on the web, and those that found nothing. */
export async function loadQuestionTotals(
  sql: SqlRunner,
  from: Temporal.Instant,
): Promise<{ readonly asked: number; readonly unanswered: number }> {
  const [row] = await sql.query<{ asked: number; unanswered: number }>(
    `select coalesce(sum(answered + unanswered), 0)::integer as asked, coalesce(sum(unanswered), 0)::integer as unanswered
     from help_question_hour where hour >= $1`,
    [from.toString()],
  );
  return row ?? { asked: 0, unanswered: 0 };
}
