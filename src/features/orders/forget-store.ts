import type { Temporal } from 'temporal-polyfill';
import type { SqlRunner } from '../../infra/db/index.ts';

/** Orders whose time is over: what came to nothing before one moment, and what made a contract that ended before another. */
export async function loadToForget(
  sql: SqlRunner,
  before: { nothing: Temporal.Instant; contract: Temporal.Instant },
  limit: number,
): Promise<readonly string[]> {
  const rows = await sql.query<{ orderId: string }>(
    `select o.order_id as "orderId" from product_order o left join subscription s using (subscription_id)
     where o.forgotten_at is null
       and (o.subscription_id is null and o.state in ('rejected', 'cancelled') and o.changed_at < $1 or s.ended_at < $2)
     order by o.changed_at, o.order_id limit $3`,
    [before.nothing.toString(), before.contract.toString(), limit],
  );
  return rows.map(({ orderId }) => orderId);
}

/** Keeps what is given of an order, and nothing else that people wrote or that leads to them. */
export async function saveForgotten(
  sql: SqlRunner,
  now: Temporal.Instant,
  { orderId, applicationCipher }: { orderId: string; applicationCipher: Buffer },
): Promise<void> {
  await sql.query(
    `update product_order set application_cipher = $2, line_user_id = null, forgotten_at = $3 where order_id = $1`,
    [orderId, applicationCipher, now.toString()],
  );
  await sql.query(
    `update product_order_change set note_cipher = null, before_cipher = null
     where order_id = $1 and (note_cipher is not null or before_cipher is not null)`,
    [orderId],
  );
  await sql.query('update order_cancellation set reason_cipher = null where order_id = $1', [orderId]);
  await sql.query('delete from product_order_trait where order_id = $1', [orderId]);
  await sql.query('delete from product_order_link where order_id = $1', [orderId]);
  await sql.query('delete from contract_document where order_id = $1', [orderId]);
  await sql.query(
    'update product_order_activation set msisdn = null, iccid = null, esim_cipher = null where order_id = $1',
    [orderId],
  );
}

/** Mailed links that have run out, and first passwords nobody has asked for since a moment. Answers how many. */
export async function dropStale(
  sql: SqlRunner,
  { now, passwordsBefore }: { now: Temporal.Instant; passwordsBefore: Temporal.Instant },
): Promise<number> {
  const links = await sql.query('delete from product_order_link where expires_at <= $1 returning 1', [now.toString()]);
  const passwords = await sql.query(
    `update product_order_welcome w set password_cipher = null from product_order o
     where o.order_id = w.order_id and w.password_cipher is not null and o.changed_at < $1 returning 1`,
    [passwordsBefore.toString()],
  );
  return links.length + passwords.length;
}
