import { createHash } from 'node:crypto';
import type { Temporal } from 'temporal-polyfill';
import type { Language } from '../../base/language.ts';
import { dayOf } from '../../base/operator-month.ts';
import type { SqlRunner } from '../../infra/db/runner.ts';
import { forgetWhere } from '../../infra/jobs/forget.ts';

/** Counts whether an answer helped, once for each card it was shown on. False when that card was counted already. */
export async function saveVote(
  sql: SqlRunner,
  { now, zone }: { now: Temporal.Instant; zone: string },
  vote: {
    /** What the answer was shown on, a message or a page's view; only its hash is kept. */
    card: string;
    entryId: string;
    language: Language;
    hasHelped: boolean;
  },
): Promise<boolean> {
  const cardHash = createHash('sha256').update(`${vote.card}:${vote.entryId}`).digest();
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
    [cardHash, now.toString(), vote.entryId, vote.language, dayOf(now, zone), vote.hasHelped ? 1 : 0],
  );
  return rows.length > 0;
}

/** Forgets which cards were answered before an instant; the counts stay. Answers how many. */
export function deleteSeenBefore(sql: SqlRunner, before: Temporal.Instant, stopping?: AbortSignal): Promise<number> {
  return forgetWhere(sql, { table: 'help_vote_seen', condition: 'seen_at < $1', before }, stopping);
}
