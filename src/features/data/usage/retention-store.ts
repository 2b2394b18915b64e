import type { Temporal } from 'temporal-polyfill';
import type { SqlRunner } from '../../../infra/db/runner.ts';
import { inPortions } from '../../../infra/jobs/portions.ts';

const PORTION = 10_000;

/** Counters last read before an instant. */
export function forgetCounters(sql: SqlRunner, before: Temporal.Instant, stopping?: AbortSignal): Promise<number> {
  return deleteWhere(sql, 'usage_counter', 'read_at < $1', before, stopping);
}

/** Slices that ended before an instant. */
export function forgetSlices(sql: SqlRunner, before: Temporal.Instant, stopping?: AbortSignal): Promise<number> {
  return deleteWhere(sql, 'data_reservation', `state <> 'open' and ended_at < $1`, before, stopping);
}

/** What was counted of the feed before an instant, record by record. */
export async function forgetUses(sql: SqlRunner, before: Temporal.Instant, stopping?: AbortSignal): Promise<number> {
  const former = await deleteWhere(sql, 'usage_record_by_hash', 'counted_at < $1', before, stopping);
  return former + (await deleteWhere(sql, 'usage_record', 'counted_at < $1', before, stopping));
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
  const former = await deleteWhere(sql, 'ledger_answer_by_hash', ofSlices, before, stopping);
  return former + (await deleteWhere(sql, 'ledger_answer', ofSlices, before, stopping));
}

/** What the network was told before an instant. */
export function forgetDelivered(sql: SqlRunner, before: Temporal.Instant, stopping?: AbortSignal): Promise<number> {
  return deleteWhere(sql, 'network_event', `state = 'delivered' and delivered_at < $1`, before, stopping);
}

/** Records that contradicted another one, which is forgotten by then, too: nobody could decide any more. */
export function forgetConflicts(sql: SqlRunner, before: Temporal.Instant, stopping?: AbortSignal): Promise<number> {
  return deleteWhere(sql, 'usage_conflict', 'received_at < $1', before, stopping);
}

/** What people were told of their data before an instant; its cause does not come again. */
export function forgetNotices(sql: SqlRunner, before: Temporal.Instant, stopping?: AbortSignal): Promise<number> {
  return deleteWhere(sql, 'data_notice', 'told_at < $1', before, stopping);
}

/** A portion is a transaction of its own: nobody waits long for a row that is in use after all. */
function deleteWhere(
  sql: SqlRunner,
  table:
    | 'usage_counter'
    | 'usage_record'
    | 'usage_record_by_hash'
    | 'data_reservation'
    | 'ledger_answer'
    | 'ledger_answer_by_hash'
    | 'network_event'
    | 'usage_conflict'
    | 'data_notice',
  condition: string,
  before: Temporal.Instant,
  stopping: AbortSignal | undefined,
): Promise<number> {
  return inPortions(PORTION, stopping, async () => {
    const gone = await sql.query(
      `delete from ${table} where ctid = any(array(select ctid from ${table} where ${condition} limit ${PORTION}))
       returning 1`,
      [before.toString()],
    );
    return gone.length;
  });
}
