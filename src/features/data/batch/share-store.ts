import type { Temporal } from 'temporal-polyfill';
import { plainArray, textArray } from '../../../infra/db/array-text.ts';
import type { SqlRunner } from '../../../infra/db/runner.ts';
import type { PassedShare } from './facts.ts';

/** Notes shares that were passed, in the transaction of the use: once for each month and grant. */
export async function saveShares(
  sql: SqlRunner,
  shares: ReadonlyMap<string, PassedShare>,
  now: Temporal.Instant,
): Promise<void> {
  if (shares.size === 0) return;
  const rows = [...shares.values()];
  await sql.query(
    `insert into data_notice (notice_id, subscription_id, kind, about, facts, noticed_at)
     select gen_random_uuid(), subscription_id, 'low', about,
            jsonb_build_object('percent', percent, 'bytes', bytes), $5::timestamptz
     from unnest($1::uuid[], $2::text[], $3::int[], $4::bigint[]) as row (subscription_id, about, percent, bytes)
     on conflict do nothing`,
    [
      plainArray([...shares.keys()]),
      textArray(rows.map((row) => row.about)),
      plainArray(rows.map((row) => row.percent)),
      plainArray(rows.map((row) => row.leftBytes)),
      now.toString(),
    ],
  );
}
