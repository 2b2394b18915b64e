import type { Temporal } from 'temporal-polyfill';
import type { Language } from '../../base/language.ts';
import type { SqlRunner } from '../../infra/db/runner.ts';

/** Counts whether an answer helped, once for each card it was shown on. False when that card was counted already. */
export async function saveVote(
  sql: SqlRunner,
  now: Temporal.Instant,
  vote: { cardHash: Buffer; entryId: string; language: Language; votedOn: string; hasHelped: boolean },
): Promise<boolean> {
  const rows = await sql.query(
    `with card as (
       insert into help_vote_seen (card_hash, seen_at) values ($1, $2) on conflict do nothing returning card_hash
     )
     insert into help_vote_day (entry_id, language, voted_on, helped, not_helped)
     select $3, $4, $5::date, $6::int, 1 - $6::int from card
     on conflict (entry_id, language, voted_on) do update set
       helped = help_vote_day.helped + excluded.helped,
       not_helped = help_vote_day.not_helped + excluded.not_helped
     returning entry_id`,
    [vote.cardHash, now.toString(), vote.entryId, vote.language, vote.votedOn, vote.hasHelped ? 1 : 0],
  );
  return rows.length > 0;
}

/** Forgets which cards were answered before an instant; the counts stay. Answers how many. */
export async function deleteSeenBefore(sql: SqlRunner, before: Temporal.Instant): Promise<number> {
  const rows = await sql.query(`delete from help_vote_seen where seen_at < $1 returning 1`, [before.toString()]);
  return rows.length;
}
