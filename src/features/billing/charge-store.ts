import type { Temporal } from 'temporal-polyfill';
import type { Bilingual } from '../../base/operator.ts';
import type { Month } from '../../base/operator-month.ts';
import { plainArray, textArray } from '../../infra/db/array-text.ts';
import type { SqlRunner } from '../../infra/db/runner.ts';

export type ChargeKind = 'top-up' | 'gift-fee' | 'calls' | 'correction' | 'registration-fee' | 'carried';

/** Names of what is charged here. An item from outside under one of them would stand where a charge of ours is to come. */
const OWN_SOURCES = ['top-up', 'gift', 'gift-back', 'carried', 'order-registration', 'order-withdrawn'] as const;
export type OwnSource = (typeof OWN_SOURCES)[number];

export const isOwnSource = (source: string): boolean => OWN_SOURCES.some((own) => own === source);

/** Something caused beside the monthly fees. Whole yen with tax; below zero gives back. */
export interface Charge {
  readonly chargeId: string;
  readonly contractorId: string;
  readonly subscriptionId: string | null;
  readonly kind: ChargeKind;
  readonly month: Month;
  readonly label: Bilingual;
  readonly amountYen: number;
  readonly isTaxed: boolean;
  /** Together they name the charge: the same again changes nothing. */
  readonly source: string;
  readonly sourceId: string;
  readonly causedAt: Temporal.Instant;
}

/** Records charges in the caller's transaction, each once by source and id. */
export async function recordCharges(sql: SqlRunner, now: Temporal.Instant, charges: readonly Charge[]): Promise<void> {
  if (charges.length === 0) return;
  await sql.query(
    `insert into bill_charge (charge_id, contractor_id, subscription_id, kind, month, label, amount_yen, is_taxed,
       source, source_id, caused_at, recorded_at)
     select charge_id, contractor_id, subscription_id, kind, month, label::jsonb, amount_yen, is_taxed, source,
            source_id, caused_at, $12
     from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::bigint[], $8::boolean[],
                 $9::text[], $10::text[], $11::timestamptz[])
       as row (charge_id, contractor_id, subscription_id, kind, month, label, amount_yen, is_taxed, source, source_id,
               caused_at)
     on conflict (source, source_id) do nothing`,
    [
      plainArray(charges.map((charge) => charge.chargeId)),
      plainArray(charges.map((charge) => charge.contractorId)),
      plainArray(charges.map((charge) => charge.subscriptionId)),
      plainArray(charges.map((charge) => charge.kind)),
      plainArray(charges.map((charge) => charge.month)),
      textArray(charges.map((charge) => JSON.stringify(charge.label))),
      plainArray(charges.map((charge) => charge.amountYen)),
      plainArray(charges.map((charge) => String(charge.isTaxed))),
      textArray(charges.map((charge) => charge.source)),
      textArray(charges.map((charge) => charge.sourceId)),
      plainArray(charges.map((charge) => charge.causedAt.toString())),
      now.toString(),
    ],
  );
}

/** How many packs were bought for each of these subscriptions in a month; those without any are missing. */
export async function countTopUps(
  sql: SqlRunner,
  subscriptionIds: readonly string[],
  month: Month,
): Promise<ReadonlyMap<string, number>> {
  const rows = await sql.query<{ id: string; count: number }>(
    `select subscription_id as id, count(*)::int as count from bill_charge
     where subscription_id = any($1::uuid[]) and kind = 'top-up' and month = $2
     group by subscription_id`,
    [plainArray(subscriptionIds), month],
  );
  return new Map(rows.map(({ id, count }) => [id, count]));
}

/** One charge of a contractor's own; anybody else's is not found. */
export async function loadOwnCharge(
  sql: SqlRunner,
  own: { contractorId: string; chargeId: string },
): Promise<Pick<Charge, 'subscriptionId' | 'kind' | 'month' | 'label' | 'amountYen' | 'causedAt'> | null> {
  const rows = await sql.query<Pick<Charge, 'subscriptionId' | 'kind' | 'month' | 'label' | 'amountYen' | 'causedAt'>>(
    `select subscription_id as "subscriptionId", kind, month, label, amount_yen as "amountYen", caused_at as "causedAt"
     from bill_charge where charge_id = $1 and contractor_id = $2`,
    [own.chargeId, own.contractorId],
  );
  return rows[0] ?? null;
}
