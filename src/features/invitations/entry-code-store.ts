import type { Temporal } from 'temporal-polyfill';
import { plainArray } from '../../infra/db/array-text.ts';
import type { SqlRunner } from '../../infra/db/runner.ts';
import type { EntryCode } from './rules/entry-code.ts';

/** Codes that were made together, counted as the staff see them. */
export interface Batch {
  readonly batchId: string;
  readonly purpose: string;
  readonly madeBy: string;
  readonly madeAt: Temporal.Instant;
  readonly expiresAt: Temporal.Instant;
  readonly withdrawnAt: Temporal.Instant | null;
  readonly codes: number;
  /** Held by orders under way. */
  readonly held: number;
  readonly redeemed: number;
}

const BATCH = `b.batch_id as "batchId", b.purpose, b.made_by as "madeBy", b.made_at as "madeAt",
  b.expires_at as "expiresAt", b.withdrawn_at as "withdrawnAt", count(c.*)::int as codes,
  count(c.*) filter (where c.order_id is not null and c.redeemed_at is null)::int as held,
  count(c.redeemed_at)::int as redeemed`;

/** Newest first. */
export function loadBatches(sql: SqlRunner, limit: number): Promise<readonly Batch[]> {
  return sql.query<Batch>(
    `select ${BATCH} from entry_code_batch b join entry_code c using (batch_id)
     group by b.batch_id order by b.made_at desc, b.batch_id desc limit $1`,
    [limit],
  );
}

export async function loadBatch(sql: SqlRunner, batchId: string): Promise<Batch | null> {
  const rows = await sql.query<Batch>(
    `select ${BATCH} from entry_code_batch b join entry_code c using (batch_id)
     where b.batch_id = $1 group by b.batch_id`,
    [batchId],
  );
  return rows[0] ?? null;
}

export interface NewBatch {
  readonly batchId: string;
  readonly purpose: string;
  readonly madeBy: string;
  readonly expiresAt: Temporal.Instant;
}

/** False when the batch is there already. */
export async function insertBatch(sql: SqlRunner, now: Temporal.Instant, batch: NewBatch): Promise<boolean> {
  const rows = await sql.query(
    `insert into entry_code_batch (batch_id, purpose, made_by, made_at, expires_at) values ($1, $2, $3, $4, $5)
     on conflict (batch_id) do nothing returning batch_id`,
    [batch.batchId, batch.purpose, batch.madeBy, now.toString(), batch.expiresAt.toString()],
  );
  return rows.length > 0;
}

export async function insertCodes(
  sql: SqlRunner,
  batchId: string,
  codes: readonly { entryCodeId: string; hash: Buffer; sealed: Buffer }[],
): Promise<void> {
  await sql.query(
    `insert into entry_code (entry_code_id, batch_id, code_hash, code_sealed)
     select id, $1, decode(hash, 'hex'), decode(sealed, 'hex')
     from unnest($2::uuid[], $3::text[], $4::text[]) as row (id, hash, sealed)`,
    [
      batchId,
      plainArray(codes.map(({ entryCodeId }) => entryCodeId)),
      plainArray(codes.map(({ hash }) => hash.toString('hex'))),
      plainArray(codes.map(({ sealed }) => sealed.toString('hex'))),
    ],
  );
}

/** A code of a batch as it lies in the database. */
export interface CodeRow extends EntryCode {
  readonly entryCodeId: string;
  readonly sealed: Buffer;
  readonly isRedeemed: boolean;
}

const CODE = `c.entry_code_id as "entryCodeId", c.code_sealed as sealed, c.order_id as "orderId",
  c.redeemed_at is not null as "isRedeemed", b.expires_at as "expiresAt", b.withdrawn_at is not null as "isWithdrawn"`;

export function loadCodes(sql: SqlRunner, batchId: string): Promise<readonly CodeRow[]> {
  return sql.query<CodeRow>(
    `select ${CODE} from entry_code c join entry_code_batch b using (batch_id)
     where c.batch_id = $1 order by c.entry_code_id`,
    [batchId],
  );
}

/** By any of its hashes: one for each version of the key. Locked, so that it is for one order. */
export async function findCode(
  sql: SqlRunner,
  hashes: readonly Buffer[],
  lock: '' | 'for update of c' = '',
): Promise<CodeRow | null> {
  const rows = await sql.query<CodeRow>(
    `select ${CODE} from entry_code c join entry_code_batch b using (batch_id)
     where c.code_hash = any($1::bytea[]) ${lock}`,
    [hashes],
  );
  return rows[0] ?? null;
}

export async function withdrawBatch(sql: SqlRunner, now: Temporal.Instant, batchId: string): Promise<boolean> {
  const rows = await sql.query(
    `update entry_code_batch set withdrawn_at = $2 where batch_id = $1 and withdrawn_at is null returning batch_id`,
    [batchId, now.toString()],
  );
  return rows.length > 0;
}

export async function holdCode(
  sql: SqlRunner,
  now: Temporal.Instant,
  { entryCodeId, orderId }: { entryCodeId: string; orderId: string },
): Promise<void> {
  await sql.query('update entry_code set order_id = $2, held_at = $3 where entry_code_id = $1', [
    entryCodeId,
    orderId,
    now.toString(),
  ]);
}

export async function redeemCodeOf(sql: SqlRunner, now: Temporal.Instant, orderId: string): Promise<void> {
  await sql.query('update entry_code set redeemed_at = $2 where order_id = $1 and redeemed_at is null', [
    orderId,
    now.toString(),
  ]);
}

/** Whether an order holds or has used a code. */
export async function hasCode(sql: SqlRunner, orderId: string): Promise<boolean> {
  const rows = await sql.query('select 1 from entry_code where order_id = $1', [orderId]);
  return rows.length > 0;
}

/** What was not redeemed is free again. */
export async function releaseCodeOf(sql: SqlRunner, orderId: string): Promise<void> {
  await sql.query('update entry_code set order_id = null, held_at = null where order_id = $1 and redeemed_at is null', [
    orderId,
  ]);
}
