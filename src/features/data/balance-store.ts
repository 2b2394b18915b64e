import type { Temporal } from 'temporal-polyfill';
import type { SqlRunner } from '../../infra/db/runner.ts';
import { uuidArray } from '../../infra/db/uuid-array.ts';
import { lotsOfMany } from '../../ledger/index.ts';
import { type DataLot, isUsable } from './rules/kinds.ts';

interface LotRow extends DataLot {
  readonly ownerId: string;
}

export interface UsedDay {
  /** `YYYY-MM-DD` */
  readonly on: string;
  readonly usedBytes: number;
}

/** The kind under which what is on loan to the network is listed beside the lots: it cannot be used otherwise. */
export const ON_LOAN = 'on-loan';

/** What several subscriptions have and used, in three statements that go together. Days from `since` (`YYYY-MM-DD`) on. */
export async function loadBalances(
  sql: SqlRunner,
  subscriptionIds: readonly string[],
  asOf: { now: Temporal.Instant; since: string },
): Promise<Map<string, { lots: DataLot[]; days: UsedDay[] }>> {
  const ids = uuidArray(subscriptionIds);
  const onLoan = sql.query<LotRow>(
    `select subscription_id as "ownerId", reservation_id as "lotId", '${ON_LOAN}' as kind, bytes as remaining,
            reserved_at as "grantedAt", valid_until as "expiresAt"
     from data_reservation
     where subscription_id = any($1::uuid[]) and state = 'open'`,
    [ids],
  );
  const dayRows = sql.query<UsedDay & { subscriptionId: string }>(
    `select subscription_id as "subscriptionId", used_on as "on", used_bytes + zero_rated_bytes as "usedBytes"
     from data_usage_daily
     where subscription_id = any($1::uuid[]) and used_on >= $2`,
    [ids, asOf.since],
  );
  const [lots, lent, days] = await Promise.all([lotsOfMany(sql, subscriptionIds), onLoan, dayRows]);
  const found = new Map(subscriptionIds.map((id) => [id, { lots: [] as DataLot[], days: [] as UsedDay[] }]));
  for (const lot of lots) if (lot.unit === 'byte' && isUsable(lot, asOf.now)) found.get(lot.ownerId)?.lots.push(lot);
  for (const lot of lent) found.get(lot.ownerId)?.lots.push(lot);
  for (const { subscriptionId, on, usedBytes } of days) found.get(subscriptionId)?.days.push({ on, usedBytes });
  return found;
}

/** What one subscription can use, lot by lot. */
export async function loadUsableLots(
  sql: SqlRunner,
  subscriptionId: string,
  now: Temporal.Instant,
): Promise<readonly DataLot[]> {
  return sql.query<DataLot>(
    `select lot_id as "lotId", kind, remaining, granted_at as "grantedAt", expires_at as "expiresAt"
     from ledger_lot
     where owner_id = $1 and unit = 'byte' and remaining > 0 and expires_at > $2`,
    [subscriptionId, now.toString()],
  );
}
