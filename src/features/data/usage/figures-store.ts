import type { SqlRunner } from '../../../infra/db/runner.ts';

/** What became of the records that came on one day. */
export interface FeedDay {
  /** `YYYY-MM-DD` */
  readonly cameOn: string;
  readonly accepted: number;
  readonly duplicates: number;
  readonly conflicts: number;
  readonly refused: number;
}

export async function addToFeedDay(sql: SqlRunner, { cameOn, ...more }: FeedDay): Promise<void> {
  await sql.query(
    `insert into usage_feed_day as day (came_on, accepted, duplicates, conflicts, refused) values ($1, $2, $3, $4, $5)
     on conflict (came_on) do update set
       accepted = day.accepted + excluded.accepted, duplicates = day.duplicates + excluded.duplicates,
       conflicts = day.conflicts + excluded.conflicts, refused = day.refused + excluded.refused`,
    [cameOn, more.accepted, more.duplicates, more.conflicts, more.refused],
  );
}

/** The last days on which records came, newest first. */
export function loadFeedDays(sql: SqlRunner, limit: number): Promise<readonly FeedDay[]> {
  return sql.query<FeedDay>(
    `select came_on as "cameOn", accepted, duplicates, conflicts, refused from usage_feed_day
     order by came_on desc limit $1`,
    [limit],
  );
}

/** What the network has not been told yet, and since when. */
export async function loadNetworkWaiting(sql: SqlRunner): Promise<{ count: number; oldest: string | null }> {
  const [waiting] = await sql.query<{ count: number; oldest: string | null }>(
    `select count(*)::integer as count, min(at)::text as oldest from network_event where state = 'waiting'`,
  );
  return waiting ?? { count: 0, oldest: null };
}

export async function countConflicts(sql: SqlRunner): Promise<number> {
  const [counted] = await sql.query<{ count: number }>('select count(*)::integer as count from usage_conflict');
  return counted?.count ?? 0;
}
