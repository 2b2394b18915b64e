import type { Temporal } from 'temporal-polyfill';
import type { SqlRunner } from '../../infra/db/index.ts';

export async function insertContractDocument(
  sql: SqlRunner,
  now: Temporal.Instant,
  { orderId, cipher }: { orderId: string; cipher: Buffer },
): Promise<void> {
  await sql.query('insert into contract_document (order_id, cipher, delivered_at) values ($1, $2, $3)', [
    orderId,
    cipher,
    now.toString(),
  ]);
}

export async function loadContractDocument(
  sql: SqlRunner,
  orderId: string,
): Promise<{ cipher: Buffer; deliveredAt: Temporal.Instant } | null> {
  const rows = await sql.query<{ cipher: Buffer; deliveredAt: Temporal.Instant }>(
    'select cipher, delivered_at as "deliveredAt" from contract_document where order_id = $1',
    [orderId],
  );
  return rows[0] ?? null;
}
