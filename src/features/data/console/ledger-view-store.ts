import type { Temporal } from 'temporal-polyfill';
import type { SqlRunner } from '../../../infra/db/runner.ts';
import { entriesSql } from '../../../ledger/index.ts';

/**
 * What the entries of a subscription sum up to, and what its lots hold: the two are one, unless some of its entries lie in a
 * month that was taken away.
 */
export async function loadSums(
  sql: SqlRunner,
  subscriptionId: string,
): Promise<{ entryBytes: number; lotBytes: number; areSomeArchived: boolean }> {
  const [sums] = await sql.query<{ entryBytes: number; lotBytes: number; areSomeArchived: boolean }>(
    `with side as (
       select amount, unit, to_previous as previous from ${entriesSql('in', '$1')} as come
       union all
       select -amount, unit, from_previous from ${entriesSql('out', '$1')} as gone
     )
     select (select coalesce(sum(amount), 0) from side where unit = 'byte')::bigint as "entryBytes",
            (select coalesce(sum(remaining), 0) from ledger_lot where owner_id = $1 and unit = 'byte')::bigint
              as "lotBytes",
            exists (select from (select previous from side union all
                                 select unnest(array[last_in, last_out]) from ledger_owner where owner_id = $1) as named
                    where previous < (select ledger_journal_begins())) as "areSomeArchived"`,
    [subscriptionId],
  );
  return sums ?? { entryBytes: 0, lotBytes: 0, areSomeArchived: false };
}

/** What is on loan to the network now, by slice. */
export function loadOpenSlices(
  sql: SqlRunner,
  subscriptionId: string,
): Promise<readonly { reservationId: string; bytes: number; validUntil: Temporal.Instant }[]> {
  return sql.query(
    `select reservation_id as "reservationId", bytes, valid_until as "validUntil" from data_reservation
     where subscription_id = $1 and state = 'open' order by valid_until, reservation_id`,
    [subscriptionId],
  );
}

/** The last months the subscription was turned into, newest first. */
export function loadTurnedMonths(
  sql: SqlRunner,
  subscriptionId: string,
  limit: number,
): Promise<readonly { month: string; turnedAt: Temporal.Instant }[]> {
  return sql.query(
    `select month, turned_at as "turnedAt" from data_month where subscription_id = $1 order by month desc limit $2`,
    [subscriptionId, limit],
  );
}
