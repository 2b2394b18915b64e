import type { Temporal } from 'temporal-polyfill';
import { loadPage, type Page, type Span, type SqlRunner } from '../../../infra/db/index.ts';

/** That somebody asked by the interface to take an order back, and what came of it. */
export interface Cancellation {
  readonly cancellationId: string;
  readonly orderId: string;
  readonly reason: string | null;
  readonly state: 'done' | 'terminatedWithError';
  readonly requestedAt: Temporal.Instant;
  readonly effectiveAt: Temporal.Instant | null;
}

export type CancellationRow = Omit<Cancellation, 'reason'> & { readonly reasonCipher: Buffer | null };

const CANCELLATION = `cancellation_id as "cancellationId", order_id as "orderId", reason_cipher as "reasonCipher", state,
  requested_at as "requestedAt", effective_at as "effectiveAt"`;

export async function insertCancellation(sql: SqlRunner, row: CancellationRow): Promise<void> {
  await sql.query(
    `insert into order_cancellation (cancellation_id, order_id, reason_cipher, state, requested_at, effective_at)
     values ($1, $2, $3, $4, $5, $6)`,
    [
      row.cancellationId,
      row.orderId,
      row.reasonCipher,
      row.state,
      row.requestedAt.toString(),
      row.effectiveAt?.toString() ?? null,
    ],
  );
}

export async function loadCancellation(sql: SqlRunner, cancellationId: string): Promise<CancellationRow | null> {
  const rows = await sql.query<CancellationRow>(
    `select ${CANCELLATION} from order_cancellation where cancellation_id = $1`,
    [cancellationId],
  );
  return rows[0] ?? null;
}

/** Newest first. */
export function loadCancellations(sql: SqlRunner, span: Span): Promise<Page<CancellationRow>> {
  const order = 'requested_at desc, cancellation_id desc';
  return loadPage(sql, { columns: CANCELLATION, from: 'order_cancellation', order }, span);
}
