import type { Temporal } from 'temporal-polyfill';
import type { SqlRunner } from '../../../infra/db/runner.ts';
import { uuidArray } from '../../../infra/db/uuid-array.ts';
import { lookUp } from '../../../ledger/index.ts';
import { dayNoted } from '../batch/use-notes.ts';
import { type DataLot, isUsable } from '../rules/kinds.ts';

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

/**
 * What several subscriptions have and used. Days from `since` (`YYYY-MM-DD`) on. The newest day stands with the lots, and is read
 * there and not through `data_usage_daily`, where it would be looked for a second time.
 */
export async function loadBalances(
  sql: SqlRunner,
  subscriptionIds: readonly string[],
  asOf: { now: Temporal.Instant; since: string },
): Promise<Map<string, { lots: DataLot[]; days: UsedDay[] }>> {
  const ids = uuidArray(subscriptionIds);
  const [owners, lent] = await Promise.all([lookUp(sql, subscriptionIds), loadLent(sql, ids)]);
  // Asked afterwards: what is written down meanwhile is then there twice, and never in neither place.
  const earlier = await loadEarlierDays(sql, ids, asOf.since);
  const found = new Map(subscriptionIds.map((id) => [id, { lots: [] as DataLot[], days: [] as UsedDay[] }]));
  for (const { ownerId, lots, notes } of owners) {
    const day = dayNoted(ownerId, notes);
    if (day !== undefined && day.usedOn >= asOf.since) {
      found.get(ownerId)?.days.push({ on: day.usedOn, usedBytes: day.usedBytes + day.zeroRatedBytes });
    }
    for (const lot of lots) if (lot.unit === 'byte' && isUsable(lot, asOf.now)) found.get(ownerId)?.lots.push(lot);
  }
  for (const lot of lent) found.get(lot.ownerId)?.lots.push(lot);
  for (const { subscriptionId, on, usedBytes } of earlier) {
    const days = found.get(subscriptionId)?.days;
    // The noted day comes first.
    if (days?.[0]?.on !== on) days?.push({ on, usedBytes });
  }
  return found;
}

function loadLent(sql: SqlRunner, ids: Buffer): Promise<readonly LotRow[]> {
  return sql.query<LotRow>(
    `select subscription_id as "ownerId", reservation_id as "lotId", '${ON_LOAN}' as kind, bytes as remaining,
            reserved_at as "grantedAt", valid_until as "expiresAt"
     from data_reservation
     where subscription_id = any($1::uuid[]) and state = 'open'`,
    [ids],
  );
}

function loadEarlierDays(
  sql: SqlRunner,
  ids: Buffer,
  since: string,
): Promise<readonly (UsedDay & { subscriptionId: string })[]> {
  return sql.query(
    `select subscription_id as "subscriptionId", used_on as "on", used_bytes + zero_rated_bytes as "usedBytes"
     from data_usage_earlier
     where subscription_id = any($1::uuid[]) and used_on >= $2`,
    [ids, since],
  );
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
