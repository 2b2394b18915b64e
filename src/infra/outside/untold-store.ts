import type { Temporal } from 'temporal-polyfill';
import { plainArray } from '../db/array-text.ts';
import type { SqlRunner } from '../db/index.ts';

/** What the operator's own programs are told of. */
export type FeedName = 'changes' | 'network';

/** Whether a subject's events wait for another try, for a feed's own statement: those are told apart from all others. */
export const isUntoldSql = (feed: FeedName, subjectId: string) =>
  `exists (select from untold_subject u where u.feed = '${feed}' and u.subject_id = ${subjectId})`;

/** Whose events are to be tried again, the longest due first, with how often they were not taken. */
export function loadUntoldDue(
  sql: SqlRunner,
  { feed, now, limit }: { feed: FeedName; now: Temporal.Instant; limit: number },
): Promise<readonly { subjectId: string; failures: number }[]> {
  return sql.query(
    `select subject_id as "subjectId", failures from untold_subject
     where feed = $1 and next_attempt_at <= $2 order by next_attempt_at limit $3`,
    [feed, now.toString(), limit],
  );
}

/** When subjects are to be tried again. */
export async function postponeUntold(
  sql: SqlRunner,
  feed: FeedName,
  untold: readonly { subjectId: string; failures: number; nextAttemptAt: Temporal.Instant }[],
): Promise<void> {
  if (untold.length === 0) return;
  await sql.query(
    `insert into untold_subject (feed, subject_id, failures, next_attempt_at)
     select $1, subject_id, failures, next_attempt_at
     from unnest($2::uuid[], $3::integer[], $4::timestamptz[]) as untold (subject_id, failures, next_attempt_at)
     on conflict (feed, subject_id) do update
     set failures = excluded.failures, next_attempt_at = excluded.next_attempt_at`,
    [
      feed,
      plainArray(untold.map(({ subjectId }) => subjectId)),
      plainArray(untold.map(({ failures }) => failures)),
      plainArray(untold.map(({ nextAttemptAt }) => `"${nextAttemptAt}"`)),
    ],
  );
}

/** These go with all others again. */
export async function releaseUntold(sql: SqlRunner, feed: FeedName, subjectIds: readonly string[]): Promise<void> {
  if (subjectIds.length === 0) return;
  await sql.query('delete from untold_subject where feed = $1 and subject_id = any($2::uuid[])', [
    feed,
    plainArray(subjectIds),
  ]);
}

/** How many subjects' events wait for another try. */
export async function countUntold(sql: SqlRunner, feed: FeedName): Promise<number> {
  const [counted] = await sql.query<{ count: number }>(
    'select count(*)::integer as count from untold_subject where feed = $1',
    [feed],
  );
  return counted?.count ?? 0;
}
