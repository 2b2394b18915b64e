import type { Temporal } from 'temporal-polyfill';
import type { SqlRunner } from '../../infra/db/runner.ts';
import { entriesSql } from '../../ledger/index.ts';

/** What the entries of a subscription sum up to, and what its lots hold: the two are one. */
export async function loadSums(
  sql: SqlRunner,
  subscriptionId: string,
): Promise<{ entryBytes: number; lotBytes: number }> {
  const [sums] = await sql.query<{ entryBytes: number; lotBytes: number }>(
    `select (select coalesce(sum(amount), 0) from ${entriesSql('in', '$1')} as come where unit = 'byte')::bigint
            - (select coalesce(sum(amount), 0) from ${entriesSql('out', '$1')} as gone where unit = 'byte')::bigint
              as "entryBytes",
            (select coalesce(sum(remaining), 0) from ledger_lot where owner_id = $1 and unit = 'byte')::bigint
              as "lotBytes"`,
    [subscriptionId],
  );
  return sums ?? { entryBytes: 0, lotBytes: 0 };
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
