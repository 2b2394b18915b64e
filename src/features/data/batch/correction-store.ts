import type { Temporal } from 'temporal-polyfill';
import { plainArray, textArray } from '../../../infra/db/array-text.ts';
import { auditAll } from '../../../infra/db/audit.ts';
import type { SqlRunner } from '../../../infra/db/runner.ts';
import type { CorrectCommand } from './commands.ts';

/** Writes why and by whom, in the transaction of the movement. */
export async function saveCorrections(
  sql: SqlRunner,
  corrections: readonly CorrectCommand[],
  now: Temporal.Instant,
): Promise<void> {
  if (corrections.length === 0) return;
  await Promise.all([
    sql.query(
      `insert into data_correction (corrected_at, request_id, subscription_id, amount_bytes, reason, asked_by, approved_by)
       select $1, * from unnest($2::text[], $3::uuid[], $4::bigint[], $5::text[], $6::text[], $7::text[])`,
      [
        now.toString(),
        textArray(corrections.map(({ requestId }) => requestId)),
        plainArray(corrections.map(({ subscriptionId }) => subscriptionId)),
        plainArray(corrections.map(({ amountBytes }) => amountBytes)),
        textArray(corrections.map(({ reason }) => reason)),
        textArray(corrections.map(({ askedBy }) => askedBy)),
        textArray(corrections.map(({ approvedBy }) => approvedBy)),
      ],
    ),
    auditAll(
      sql,
      now,
      corrections.map(({ subscriptionId, amountBytes, reason, askedBy, approvedBy }) => ({
        actor: { kind: 'staff', id: approvedBy },
        action: 'data.corrected',
        subscriptionId,
        detail: { amountBytes, reason, askedBy },
      })),
    ),
  ]);
}
