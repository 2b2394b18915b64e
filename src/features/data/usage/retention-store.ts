import type { Temporal } from 'temporal-polyfill';
import type { SqlRunner } from '../../../infra/db/runner.ts';
import { forgetWhere } from '../../../infra/jobs/forget.ts';

/** Counters last read before an instant. */
export function forgetCounters(sql: SqlRunner, before: Temporal.Instant, stopping?: AbortSignal): Promise<number> {
  return forgetWhere(sql, { table: 'usage_counter', condition: 'read_at < $1', before }, stopping);
}

/** Slices that ended before an instant. */
export function forgetSlices(sql: SqlRunner, before: Temporal.Instant, stopping?: AbortSignal): Promise<number> {
  return forgetWhere(
    sql,
    { table: 'data_reservation', condition: `state <> 'open' and ended_at < $1`, before },
    stopping,
  );
}

/** What was counted of the feed before an instant, record by record. */
export async function forgetUses(sql: SqlRunner, before: Temporal.Instant, stopping?: AbortSignal): Promise<number> {
  const former = await forgetWhere(
    sql,
    { table: 'usage_record_by_hash', condition: 'counted_at < $1', before },
    stopping,
  );
  return former + (await forgetWhere(sql, { table: 'usage_record', condition: 'counted_at < $1', before }, stopping));
}

/**
 * The ledger's answers to slices from before an instant. An answer is kept as the text it was given as, and begins with
 * its result.
 */
export async function forgetSliceAnswers(
  sql: SqlRunner,
  before: Temporal.Instant,
  stopping?: AbortSignal,
): Promise<number> {
  const ofSlices = `answered_at < $1 and answer ~ '^{"result":"(reserved|settled|slice-returned)"'`;
  const former = await forgetWhere(sql, { table: 'ledger_answer_by_hash', condition: ofSlices, before }, stopping);
  return former + (await forgetWhere(sql, { table: 'ledger_answer', condition: ofSlices, before }, stopping));
}

/** What the network was told before an instant. */
export function forgetDelivered(sql: SqlRunner, before: Temporal.Instant, stopping?: AbortSignal): Promise<number> {
  return forgetWhere(
    sql,
    { table: 'network_event', condition: `state = 'delivered' and delivered_at < $1`, before },
    stopping,
  );
}

/** What the network was not told before an instant: of a month that is over, in which nobody is slow any more. */
export function forgetUntold(sql: SqlRunner, before: Temporal.Instant, stopping?: AbortSignal): Promise<number> {
  return forgetWhere(sql, { table: 'network_event', condition: `state = 'waiting' and at < $1`, before }, stopping);
}

/** Records that contradicted another one, which is forgotten by then, too: nobody could decide any more. */
export function forgetConflicts(sql: SqlRunner, before: Temporal.Instant, stopping?: AbortSignal): Promise<number> {
  return forgetWhere(sql, { table: 'usage_conflict', condition: 'received_at < $1', before }, stopping);
}

/** What people were told of their data before an instant; its cause does not come again. */
export function forgetNotices(sql: SqlRunner, before: Temporal.Instant, stopping?: AbortSignal): Promise<number> {
  return forgetWhere(sql, { table: 'data_notice', condition: 'told_at < $1', before }, stopping);
}
