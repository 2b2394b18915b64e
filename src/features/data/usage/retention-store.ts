import type { Temporal } from 'temporal-polyfill';
import type { SqlRunner } from '../../../infra/db/runner.ts';

const PORTION = 10_000;

/** Counters last read before an instant. */
export function forgetCounters(sql: SqlRunner, before: Temporal.Instant): Promise<number> {
  return inPortions(sql, 'usage_counter', 'read_at < $1', before);
}

/** Slices that ended before an instant. */
export function forgetSlices(sql: SqlRunner, before: Temporal.Instant): Promise<number> {
  return inPortions(sql, 'data_reservation', `state <> 'open' and ended_at < $1`, before);
}

/** What was counted of the feed before an instant, record by record. */
export async function forgetUses(sql: SqlRunner, before: Temporal.Instant): Promise<number> {
  const former = await inPortions(sql, 'usage_record_by_hash', 'counted_at < $1', before);
  return former + (await inPortions(sql, 'usage_record', 'counted_at < $1', before));
}

/**
 * The ledger's answers to slices from before an instant. An answer is kept as the text it was given as, and begins with
 * its result.
 */
export async function forgetSliceAnswers(sql: SqlRunner, before: Temporal.Instant): Promise<number> {
  const ofSlices = `answered_at < $1 and answer ~ '^{"result":"(reserved|settled|slice-returned)"'`;
  const former = await inPortions(sql, 'ledger_answer_by_hash', ofSlices, before);
  return former + (await inPortions(sql, 'ledger_answer', ofSlices, before));
}

/** What the network was told before an instant. */
export function forgetDelivered(sql: SqlRunner, before: Temporal.Instant): Promise<number> {
  return inPortions(sql, 'network_event', `state = 'delivered' and delivered_at < $1`, before);
}

/** Records that contradicted another one, which is forgotten by then, too: nobody could decide any more. */
export function forgetConflicts(sql: SqlRunner, before: Temporal.Instant): Promise<number> {
  return inPortions(sql, 'usage_conflict', 'received_at < $1', before);
}

/** What people were told of their data before an instant; its cause does not come again. */
export function forgetNotices(sql: SqlRunner, before: Temporal.Instant): Promise<number> {
  return inPortions(sql, 'data_notice', 'told_at < $1', before);
}

/** A portion is a transaction of its own: nobody waits long for a row that is in use after all. */
async function inPortions(
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
): Promise<number> {
  for (let done = 0; ; ) {
    const gone = await sql.query(
      `delete from ${table} where ctid = any(array(select ctid from ${table} where ${condition} limit ${PORTION}))
       returning 1`,
      [before.toString()],
    );
    done += gone.length;
    if (gone.length < PORTION) return done;
  }
}
