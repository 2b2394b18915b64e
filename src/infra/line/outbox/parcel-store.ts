import { newId } from '../../../base/ids.ts';
import { jsonTexts, plainArray, textArray } from '../../db/array-text.ts';
import { type Db, runnerOf, type SqlRunner } from '../../db/index.ts';
import type { ToldFacts } from './outbox.ts';

/** About how many messages are unpacked at once: a few milliseconds of work. */
const PORTION = 2_000;

interface Parcel {
  readonly wording: string;
  readonly told: readonly ToldFacts[];
  /** As the database writes it: only carried over. */
  readonly createdAt: string;
}

/**
 * Unpacks the oldest parcels into rows of the outbox, a portion at a time; each person's messages keep their order. Rows younger
 * than an unopened parcel are not sent (`leaseRows`). Parcels that another process is unpacking are left to it.
 */
export function openParcels(db: Db): Promise<void> {
  return db.transaction().execute(async (tx) => {
    const sql = runnerOf(tx);
    const parcels = await sql.query<Parcel>(
      `with oldest as materialized (
         select parcel_id, sum(message_count) over (order by parcel_id) - message_count as before
         from (select parcel_id, message_count from outbox_parcel
               order by parcel_id limit 50 for update skip locked) as free
       ), taken as (
         delete from outbox_parcel where parcel_id in (select parcel_id from oldest where before < $1)
         returning parcel_id, wording, told, created_at
       )
       select wording, told, created_at::text as "createdAt" from taken order by parcel_id`,
      [PORTION],
    );
    if (parcels.length > 0) await insertRows(sql, parcels);
  });
}

async function insertRows(sql: SqlRunner, parcels: readonly Parcel[]): Promise<void> {
  const rows = parcels.flatMap(({ wording, told, createdAt }) =>
    told.map(({ lineUserId, namedLineUserId, facts }) => ({
      lineUserId,
      body: JSON.stringify({ wording, named: namedLineUserId, facts }),
      createdAt,
    })),
  );
  await sql.query(
    `insert into outbox (outbox_id, line_user_id, kind, body, created_at, next_attempt_at)
     select id, line_user_id, 'message', body::json, created_at, created_at
     from unnest($1::uuid[], $2::text[], string_to_array($3, chr(31)), $4::timestamptz[])
       as row (id, line_user_id, body, created_at)`,
    [
      plainArray(rows.map(() => newId())),
      textArray(rows.map((row) => row.lineUserId)),
      jsonTexts(rows.map((row) => row.body)),
      textArray(rows.map((row) => row.createdAt)),
    ],
  );
}
