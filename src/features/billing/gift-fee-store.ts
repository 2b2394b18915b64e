import type { Temporal } from 'temporal-polyfill';
import type { Month } from '../../base/operator-month.ts';
import { plainArray } from '../../infra/db/array-text.ts';
import type { SqlRunner } from '../../infra/db/runner.ts';

/** The fees of one batch of gifts. */
export interface GiftFees {
  readonly feeYen: number;
  readonly month: Month;
  /** Gifts that were offered, with the subscription that gives. */
  readonly made: readonly { readonly giftId: string; readonly subscriptionId: string }[];
  /** Gifts that came back without having been received. */
  readonly returnedIds: readonly string[];
}

const LABEL = JSON.stringify({ ja: 'データプレゼント手数料', en: 'Gift fee' });
const BACK = JSON.stringify({ ja: 'データプレゼント手数料の取り消し', en: 'Gift fee given back' });

/**
 * Charges the fee of gifts in the transaction that offers them, and gives it back in the one in which a gift returns. The
 * statements are sent without waiting, in this order, so a gift that is made and returned in one batch comes to nothing.
 */
export async function recordGiftFees(sql: SqlRunner, now: Temporal.Instant, fees: GiftFees): Promise<void> {
  await Promise.all([charge(sql, now, fees), giveBack(sql, now, fees)]);
}

async function charge(sql: SqlRunner, now: Temporal.Instant, { made, feeYen, month }: GiftFees): Promise<void> {
  if (made.length === 0 || feeYen === 0) return;
  await sql.query(
    `insert into bill_charge (charge_id, contractor_id, subscription_id, kind, month, label, amount_yen, is_taxed, source,
       source_id, caused_at, recorded_at)
     select gen_random_uuid(), s.contractor_id, s.subscription_id, 'gift-fee', $3, $4::jsonb, $5::bigint, true, 'gift',
            gift_id::text, $6::timestamptz, $6
     from unnest($1::uuid[], $2::uuid[]) as made (gift_id, subscription_id)
     join subscription s using (subscription_id)
     on conflict (source, source_id) do nothing`,
    [
      plainArray(made.map(({ giftId }) => giftId)),
      plainArray(made.map(({ subscriptionId }) => subscriptionId)),
      month,
      LABEL,
      feeYen,
      now.toString(),
    ],
  );
}

/** What was charged is given back, whatever the fee is now. */
async function giveBack(sql: SqlRunner, now: Temporal.Instant, { returnedIds, month }: GiftFees): Promise<void> {
  if (returnedIds.length === 0) return;
  await sql.query(
    `insert into bill_charge (charge_id, contractor_id, subscription_id, kind, month, label, amount_yen, is_taxed, source,
       source_id, caused_at, recorded_at)
     select gen_random_uuid(), c.contractor_id, c.subscription_id, 'gift-fee', $2, $3::jsonb, -c.amount_yen, c.is_taxed,
            'gift-back', c.source_id, $4::timestamptz, $4
     from bill_charge c
     where c.source = 'gift' and c.source_id = any($1::text[])
     on conflict (source, source_id) do nothing`,
    [plainArray(returnedIds), month, BACK, now.toString()],
  );
}
