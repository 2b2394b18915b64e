import type { Language } from '../../base/language.ts';
import type { SqlRunner } from '../../infra/db/runner.ts';

export interface VoteCounts {
  readonly helped: number;
  readonly notHelped: number;
}

/** Votes of one entry since a day, in one language. */
export interface EntryVotes extends VoteCounts {
  readonly entryId: string;
  readonly language: Language;
}

const COUNTS = `sum(helped)::integer as helped, sum(not_helped)::integer as "notHelped"`;

/** By entry, those that helped least often first. */
export function loadVotes(sql: SqlRunner, sinceDay: string): Promise<readonly EntryVotes[]> {
  return sql.query<EntryVotes>(
    `select entry_id as "entryId", language, ${COUNTS} from help_vote_day where voted_on >= $1
     group by entry_id, language order by sum(not_helped) desc, sum(helped), entry_id, language`,
    [sinceDay],
  );
}

/** Of one entry by day, the latest first. */
export function loadVoteDays(
  sql: SqlRunner,
  of: { entryId: string; sinceDay: string },
): Promise<readonly (VoteCounts & { readonly votedOn: string })[]> {
  return sql.query(
    `select voted_on as "votedOn", ${COUNTS} from help_vote_day where entry_id = $1 and voted_on >= $2
     group by voted_on order by voted_on desc`,
    [of.entryId, of.sinceDay],
  );
}
