import type { Temporal } from 'temporal-polyfill';
import { plainArray } from '../../../infra/db/array-text.ts';
import type { SqlRunner } from '../../../infra/db/runner.ts';
import { entriesSql } from '../../../ledger/index.ts';
import type { ReservationRow } from '../batch/facts.ts';
import type { EntryReason } from './journal.ts';

export interface EntryRow {
  readonly entryId: string;
  readonly at: Temporal.Instant;
  readonly reason: EntryReason;
  readonly direction: 'in' | 'out' | 'within';
  readonly amountBytes: number;
  readonly bucket: string;
  readonly bucketGrantedAt: Temporal.Instant;
  readonly bucketEndsAt: Temporal.Instant;
  readonly bucketAfterBytes: number;
  /** What the subscription held after the newest entry of the page; the same in every row. */
  readonly totalAfterBytes: number;
  readonly giftId: string | null;
  readonly requestId: string;
  /** Of a use: what its record was counted as; null when that is no longer known. */
  readonly used: { readonly usedOn: string; readonly isLate: boolean } | null;
  readonly correction: { reason: string; askedBy: string; approvedBy: string } | null;
  readonly slice: Pick<ReservationRow, 'reservationId' | 'state' | 'usedBytes' | 'overBytes'> | null;
}

const AFTER_ALL = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/**
 * Entries on either side of a subscription, newest first, each once. Both sides are gone along from their newest entry,
 * so a page costs as much as it has before it; what the total was at the page's head is what is there now less everything
 * newer.
 */
export function entriesOf(
  sql: SqlRunner,
  asked: { subscriptionId: string; before: string | null; limit: number },
): Promise<readonly EntryRow[]> {
  return sql.query<EntryRow>(
    `with side as (
       (select entry_id, at, request_scope, request_id, reason, amount,
               case when to_owner_id = $1 then 'within' else 'out' end as direction,
               case when to_owner_id = $1 then to_lot_id else from_lot_id end as lot_id,
               case when to_owner_id = $1 then to_lot_after else from_lot_after end as lot_after,
               to_owner_id as other_owner_id
        from ${entriesSql('out', '$1')} as gone
        where entry_id < $2 and unit = 'byte' limit $3)
       union all
       (select entry_id, at, request_scope, request_id, reason, amount, 'in', to_lot_id, to_lot_after,
               from_owner_id
        from ${entriesSql('in', '$1')} as come
        where from_owner_id is distinct from $1 and entry_id < $2 and unit = 'byte' limit $3)
     ), held as (
       select (select coalesce(sum(remaining), 0) from ledger_lot where owner_id = $1 and unit = 'byte')
            - (select coalesce(sum(amount), 0) from ${entriesSql('in', '$1', '$2')} as newer where unit = 'byte')
            + (select coalesce(sum(amount), 0) from ${entriesSql('out', '$1', '$2')} as newer where unit = 'byte') as bytes
     )
     select side.entry_id as "entryId", side.at, side.reason, side.direction, side.amount as "amountBytes",
            lot.kind as bucket, lot.granted_at as "bucketGrantedAt", lot.expires_at as "bucketEndsAt", side.lot_after as "bucketAfterBytes",
            held.bytes::bigint as "totalAfterBytes",
            case when side.request_scope = 'gift' then made.answer::json ->> 'giftId' end as "giftId",
            side.request_id as "requestId",
            case when counted.used_on is not null
                 then jsonb_build_object('usedOn', counted.used_on, 'isLate', counted.is_late)
                 when side.reason = 'usage' then made.answer::jsonb end as used,
            case when correction.request_id is not null then jsonb_build_object(
              'reason', correction.reason, 'askedBy', correction.asked_by,
              'approvedBy', correction.approved_by) end as correction,
            case when slice.reservation_id is not null then jsonb_build_object(
              'reservationId', slice.reservation_id, 'state', slice.state, 'usedBytes', slice.used_bytes,
              'overBytes', slice.over_bytes) end as slice
     from side
     cross join held
     join ledger_lot lot on lot.owner_id = $1 and lot.lot_id = side.lot_id
     left join lateral (
       select used_on, is_late from usage_record where record_key = usage_record_key(side.request_id)
       union all
       select used_on, is_late from usage_record_by_hash where record_key = ledger_request_key('data', side.request_id)
     ) as counted on side.request_scope = 'data' and side.reason = 'usage'
     left join lateral (
       select answer from ledger_answer where request_key = ledger_answer_key(side.request_scope, side.request_id)
       union all
       select answer from ledger_answer_by_hash
       where request_key = ledger_request_key(side.request_scope, side.request_id)
     ) as made on true
     left join data_correction correction
       on side.request_scope = 'data' and correction.request_id = side.request_id
     left join data_reservation slice
       on side.reason in ('reserved', 'reservation-returned') and slice.reservation_id = side.other_owner_id
     order by side.entry_id desc
     limit $3`,
    [asked.subscriptionId, asked.before ?? AFTER_ALL, asked.limit],
  );
}

/** Where a page of a subscription's entries begins, and how many there are; of more than are counted, so many. */
export async function positionInEntries(
  sql: SqlRunner,
  asked: { subscriptionId: string; reason: EntryReason | null; offset: number; mostCounted: number },
): Promise<{ total: number; before: string | null }> {
  const [found] = await sql.query<{ total: number; before: string | null }>(
    `with entry as (
       (select entry_id from ${entriesSql('out', '$1')} as gone
        where unit = 'byte' and ($2::text is null or reason = $2) limit $3)
       union all
       (select entry_id from ${entriesSql('in', '$1')} as come
        where from_owner_id is distinct from $1 and unit = 'byte' and ($2::text is null or reason = $2) limit $3)
     )
     select least(count(*), $3)::integer as total,
       (select entry_id from entry order by entry_id desc offset greatest($4 - 1, 0) limit least($4, 1)) as before
     from entry`,
    [asked.subscriptionId, asked.reason, asked.mostCounted, asked.offset],
  );
  return found ?? { total: 0, before: null };
}

/** Who carries these subscriptions: the registered user, else the contractor. */
export async function userNames(
  sql: SqlRunner,
  subscriptionIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (subscriptionIds.length === 0) return new Map();
  const rows = await sql.query<{ id: string; name: string }>(
    `select s.subscription_id as id, coalesce(s.user_name, c.name) as name
     from subscription s join contractor c using (contractor_id)
     where s.subscription_id = any($1::uuid[])`,
    [plainArray(subscriptionIds)],
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
}
