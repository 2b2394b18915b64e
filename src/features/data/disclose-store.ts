import { plainArray } from '../../infra/db/array-text.ts';
import type { Discloser } from '../../infra/db/disclosure.ts';
import { entriesSql } from '../../ledger/index.ts';

/** What the days say in sum: uses, and slices lent to the network and given back. */
const SUMMED = `('usage', 'reserved', 'reservation-returned')`;

/**
 * What subscriptions have, what they used by day, and every other movement of their data. Single uses stand in the file by day,
 * so that it stays small however long somebody is a customer.
 */
export const dataDiscloser: Discloser = {
  tables: [
    'data_usage_earlier',
    'data_month',
    'data_throttle',
    'data_notice',
    'data_correction',
    'data_reservation',
    'usage_conflict',
    'ledger_owner',
    'ledger_lot_closed',
    'ledger_entry',
    'ledger_entry_rest',
  ],
  keptBack: {
    usage_counter: 'the last figure of a session: its use is in the days',
    usage_record: 'single uses, by hash alone: their use is in the days',
    usage_record_by_hash: 'single uses, by hash alone: their use is in the days',
    network_event: 'whom the network is to slow, until it is told; that somebody is slowed is in the file',
    usage_feed_day: 'counts; nothing of anybody',
    data_month_turn: 'counts; nothing of anybody',
    data_days_forgotten: 'how far days have been forgotten; nothing of anybody',
    ledger_ending: 'when the next amount ends, which the amounts say',
    ledger_seen: 'what the nightly look last saw of the amounts',
    ledger_check: 'what the nightly look found, for staff',
    ledger_answer: 'answers to requests, so that a repeat gets the same: what they did is in the movements',
    ledger_answer_by_hash: 'answers to requests, so that a repeat gets the same: what they did is in the movements',
  },
  async disclose(sql, { subscriptionIds }) {
    const ids = [plainArray(subscriptionIds)];
    const left = await sql.query(
      `select owner_id as "subscriptionId", kind, remaining as "remainingBytes", granted_at as "grantedAt", expires_at as "endsAt"
       from ledger_lot where owner_id = any($1::uuid[]) and unit = 'byte' and remaining > 0 order by owner_id, expires_at, lot_id`,
      ids,
    );
    const months = await sql.query(
      `select subscription_id as "subscriptionId", month, plan_code as "planCode", turned_at as "turnedAt"
       from data_month where subscription_id = any($1::uuid[]) order by subscription_id, month`,
      ids,
    );
    const days = await sql.query(
      `select subscription_id as "subscriptionId", used_on as day, used_bytes as "usedBytes",
         zero_rated_bytes as "notCountedBytes", over_bytes as "overBytes"
       from data_usage_daily where subscription_id = any($1::uuid[]) order by subscription_id, used_on`,
      ids,
    );
    const movements = await sql.query(
      `select side."subscriptionId", side.at, side.reason, side.direction, side.amount as "amountBytes", lot.kind,
         lot.expires_at as "endsAt"
       from (
         select own.id as "subscriptionId", out.entry_id, out.at, out.reason, out.amount,
           case when out.to_owner_id = own.id then 'within' else 'out' end as direction,
           case when out.to_owner_id = own.id then out.to_lot_id else out.from_lot_id end as lot_id
         from unnest($1::uuid[]) as own (id) cross join lateral (
           select * from ${entriesSql('out', 'own.id')} as gone where unit = 'byte' and reason not in ${SUMMED}) as out
         union all
         select own.id, come.entry_id, come.at, come.reason, come.amount, 'in', come.to_lot_id
         from unnest($1::uuid[]) as own (id) cross join lateral (
           select * from ${entriesSql('in', 'own.id')} as got
           where unit = 'byte' and reason not in ${SUMMED} and from_owner_id is distinct from own.id) as come
       ) as side
       left join ledger_lot lot on lot.owner_id = side."subscriptionId" and lot.lot_id = side.lot_id
       order by side."subscriptionId", side.entry_id`,
      ids,
    );
    const corrections = await sql.query(
      `select subscription_id as "subscriptionId", amount_bytes as "amountBytes", corrected_at as "correctedAt"
       from data_correction where subscription_id = any($1::uuid[]) order by corrected_at, request_id`,
      ids,
    );
    const slowed = await sql.query(
      `select subscription_id as "subscriptionId", throttled_since as "since", throttled_until as "until", is_lifted as "isLifted"
       from data_throttle where subscription_id = any($1::uuid[]) order by subscription_id`,
      ids,
    );
    const onLoanToNetwork = await sql.query(
      `select subscription_id as "subscriptionId", bytes as "amountBytes", reserved_at as "reservedAt", valid_until as "validUntil"
       from data_reservation where subscription_id = any($1::uuid[]) and state = 'open' order by reserved_at, reservation_id`,
      ids,
    );
    const notices = await sql.query(
      `select subscription_id as "subscriptionId", kind, noticed_at as "noticedAt", told_at as "toldAt"
       from data_notice where subscription_id = any($1::uuid[]) order by noticed_at, notice_id`,
      ids,
    );
    const contradictoryRecords = await sql.query(
      `select subscription_id as "subscriptionId", received_at as "receivedAt", record from usage_conflict
       where subscription_id = any($1::uuid[]) order by received_at, usage_conflict_id`,
      ids,
    );
    return {
      data: { left, months, days, movements, corrections, slowed, onLoanToNetwork, notices, contradictoryRecords },
    };
  },
};
