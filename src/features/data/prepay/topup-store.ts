import type { Temporal } from 'temporal-polyfill';
import type { SqlRunner } from '../../../infra/db/runner.ts';

/** A top-up that came over TM Forum's prepay balance. It is there when the ledger has it, and never otherwise. */
export interface PrepayTopup {
  readonly topupId: string;
  readonly subscriptionId: string;
  /** Whole bytes. */
  readonly amountBytes: number;
  readonly channel: string | null;
  readonly requestedAt: Temporal.Instant;
}

const TOPUP = `topup_id as "topupId", subscription_id as "subscriptionId", amount_bytes::float8 as "amountBytes",
  channel, requested_at as "requestedAt"`;

/** Null when the key was used before; whoever comes second with it waits here until the first's transaction ends. */
export async function insertTopup(
  sql: SqlRunner,
  topup: PrepayTopup & { readonly requestId: string; readonly requestHash: Buffer },
): Promise<PrepayTopup | null> {
  const rows = await sql.query<PrepayTopup>(
    `insert into prepay_topup (topup_id, request_id, request_hash, subscription_id, amount_bytes, channel, requested_at)
     values ($1, $2, $3, $4, $5, $6, $7) on conflict (request_id) do nothing returning ${TOPUP}`,
    [
      topup.topupId,
      topup.requestId,
      topup.requestHash,
      topup.subscriptionId,
      topup.amountBytes,
      topup.channel,
      topup.requestedAt.toString(),
    ],
  );
  return rows[0] ?? null;
}

export async function loadTopupOfRequest(
  sql: SqlRunner,
  requestId: string,
): Promise<(PrepayTopup & { readonly requestHash: Buffer }) | null> {
  const rows = await sql.query<PrepayTopup & { requestHash: Buffer }>(
    `select ${TOPUP}, request_hash as "requestHash" from prepay_topup where request_id = $1`,
    [requestId],
  );
  return rows[0] ?? null;
}

export async function loadTopup(sql: SqlRunner, topupId: string): Promise<PrepayTopup | null> {
  const rows = await sql.query<PrepayTopup>(`select ${TOPUP} from prepay_topup where topup_id = $1`, [topupId]);
  return rows[0] ?? null;
}

/** Newest first, and how many there are. @param subscriptionId null: of everybody */
export async function loadTopups(
  sql: SqlRunner,
  { subscriptionId, offset, limit }: { subscriptionId: string | null; offset: number; limit: number },
): Promise<{ topups: readonly PrepayTopup[]; total: number }> {
  const topups = await sql.query<PrepayTopup>(
    `select ${TOPUP} from prepay_topup where $1::uuid is null or subscription_id = $1::uuid
     order by requested_at desc, topup_id desc limit $2 offset $3`,
    [subscriptionId, limit, offset],
  );
  const [all] = await sql.query<{ total: number }>(
    'select count(*)::integer as total from prepay_topup where $1::uuid is null or subscription_id = $1::uuid',
    [subscriptionId],
  );
  return { topups, total: all?.total ?? 0 };
}
