import type { Temporal } from 'temporal-polyfill';
import { plainArray } from '../../infra/db/array-text.ts';
import type { SqlRunner } from '../../infra/db/runner.ts';
import { uuidArray } from '../../infra/db/uuid-array.ts';
import type { Used } from './commands.ts';
import type { CountedUse } from './facts.ts';

/** Which uses with these keys were counted, and as what. */
export async function countedUses(sql: SqlRunner, keys: readonly string[]): Promise<readonly CountedUse[]> {
  if (keys.length === 0) return [];
  const rows = await sql.query<{ key: string; hash: string } & Used>(
    `select replace(record_key::text, '-', '') as key, replace(record_hash::text, '-', '') as hash,
            used_on as "usedOn", drawn_bytes as "drawnBytes", over_bytes as "overBytes", is_late as "isLate"
     from usage_record where record_key = any($1::uuid[])`,
    [uuidArray(keys)],
  );
  return rows.map(({ key, hash, ...used }) => ({ key, hash, used }));
}

/** Keeps what was counted: the same again is then a duplicate, another under its key a conflict. */
export async function saveCountedUses(
  sql: SqlRunner,
  uses: readonly CountedUse[],
  now: Temporal.Instant,
): Promise<void> {
  if (uses.length === 0) return;
  await sql.query(
    `insert into usage_record (counted_at, record_key, record_hash, used_on, drawn_bytes, over_bytes, is_late)
     select $1::timestamptz, * from unnest($2::uuid[], $3::uuid[], $4::date[], $5::bigint[], $6::bigint[], $7::boolean[])`,
    [
      now.toString(),
      uuidArray(uses.map(({ key }) => key)),
      uuidArray(uses.map(({ hash }) => hash)),
      plainArray(uses.map(({ used }) => used.usedOn)),
      plainArray(uses.map(({ used }) => used.drawnBytes)),
      plainArray(uses.map(({ used }) => used.overBytes)),
      plainArray(uses.map(({ used }) => (used.isLate ? 't' : 'f'))),
    ],
  );
}
