import type { Temporal } from 'temporal-polyfill';
import { plainArray } from '../../../infra/db/array-text.ts';
import { bigintArray, dateArray } from '../../../infra/db/number-array.ts';
import type { SqlRunner } from '../../../infra/db/runner.ts';
import { uuidArray } from '../../../infra/db/uuid-array.ts';
import type { Used, UseKeys } from './commands.ts';
import type { CountedUse } from './facts.ts';

const COUNTED = `replace(record_key::text, '-', '') as key, replace(record_hash::text, '-', '') as hash,
  used_on as "usedOn", drawn_bytes as "drawnBytes", over_bytes as "overBytes", is_late as "isLate"`;

/** Which of these uses were counted, and as what. */
export async function countedUses(sql: SqlRunner, uses: readonly UseKeys[]): Promise<readonly CountedUse[]> {
  if (uses.length === 0) return [];
  const rows = await sql.query<{ key: string; hash: string; isFormer: boolean } & Used>(
    `select ${COUNTED}, false as "isFormer" from usage_record where record_key = any($1::uuid[])
     union all
     select ${COUNTED}, true from usage_record_by_hash where record_key = any($2::uuid[])`,
    [uuidArray(uses.map(({ key }) => key)), uuidArray(uses.map(({ formerKey }) => formerKey))],
  );
  const keyNow = new Map(rows.some(({ isFormer }) => isFormer) ? uses.map((use) => [use.formerKey, use.key]) : []);
  return rows.map(({ key, hash, isFormer, ...used }) => ({
    key: isFormer ? (keyNow.get(key) ?? key) : key,
    hash,
    used,
  }));
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
     select $1::timestamptz, unnest($2::uuid[]), unnest($3::uuid[]), unnest($4::date[]), unnest($5::bigint[]),
            unnest($6::bigint[]), unnest($7::boolean[])`,
    [
      now.toString(),
      uuidArray(uses.map(({ key }) => key)),
      uuidArray(uses.map(({ hash }) => hash)),
      dateArray(uses.map(({ used }) => used.usedOn)),
      bigintArray(uses.map(({ used }) => used.drawnBytes)),
      bigintArray(uses.map(({ used }) => used.overBytes)),
      plainArray(uses.map(({ used }) => (used.isLate ? 't' : 'f'))),
    ],
  );
}
