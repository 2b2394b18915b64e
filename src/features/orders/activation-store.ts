import type { Temporal } from 'temporal-polyfill';
import type { SqlRunner } from '../../infra/db/index.ts';

/** What the network was asked for, for one approval of an order. */
export interface ActivationRow {
  readonly orderId: string;
  readonly round: number;
  readonly activationKey: string;
  readonly state: 'open' | 'done' | 'failed' | 'undo' | 'undone' | 'ending' | 'stuck' | 'ended';
  readonly attempt: number;
  /** Of its end. */
  readonly endAttempt: number;
  readonly msisdn: string | null;
  readonly iccid: string | null;
  readonly esimCipher: Buffer | null;
  readonly failure: string | null;
}

const ACTIVATION = `order_id as "orderId", round, activation_key as "activationKey", state, attempt,
  end_attempt as "endAttempt", msisdn, iccid,
  esim_cipher as "esimCipher", failure`;

/** A new round for an order, to be asked for at once. */
export async function insertActivation(sql: SqlRunner, now: Temporal.Instant, orderId: string): Promise<void> {
  await sql.query(
    `insert into product_order_activation (order_id, round, activation_key, next_look_at)
     select $1::uuid, n, $1::text || '-' || n, $2
     from (select count(*)::integer + 1 as n from product_order_activation where order_id = $1::uuid) rounds`,
    [orderId, now.toString()],
  );
}

/** What is under way for an order is to be stopped. */
export async function undoOpenActivation(sql: SqlRunner, now: Temporal.Instant, orderId: string): Promise<void> {
  await sql.query(
    `update product_order_activation set state = 'undo', next_look_at = $2 where order_id = $1 and state = 'open'`,
    [orderId, now.toString()],
  );
}

/** What the network is to be asked now, the longest due first. */
export function loadDueActivations(
  sql: SqlRunner,
  now: Temporal.Instant,
  limit: number,
): Promise<readonly ActivationRow[]> {
  return sql.query<ActivationRow>(
    `select ${ACTIVATION} from product_order_activation
     where state in ('open', 'undo', 'ending') and next_look_at <= $1 order by next_look_at, order_id limit $2`,
    [now.toString(), limit],
  );
}

type Round = Pick<ActivationRow, 'orderId' | 'round'>;

/** One round, after its order was locked. */
export async function loadActivation(sql: SqlRunner, { orderId, round }: Round): Promise<ActivationRow | null> {
  const rows = await sql.query<ActivationRow>(
    `select ${ACTIVATION} from product_order_activation where order_id = $1 and round = $2`,
    [orderId, round],
  );
  return rows[0] ?? null;
}

/** The latest round of an order. */
export async function loadLatestActivation(sql: SqlRunner, orderId: string): Promise<ActivationRow | null> {
  const rows = await sql.query<ActivationRow>(
    `select ${ACTIVATION} from product_order_activation where order_id = $1 order by round desc limit 1`,
    [orderId],
  );
  return rows[0] ?? null;
}

export async function lookLater(
  sql: SqlRunner,
  { orderId, round }: Round,
  later: { attempt: number; nextLookAt: Temporal.Instant; failure: string | null },
): Promise<void> {
  await sql.query(
    `update product_order_activation set attempt = $3, next_look_at = $4, failure = $5
     where order_id = $1 and round = $2`,
    [orderId, round, later.attempt, later.nextLookAt.toString(), later.failure],
  );
}

export async function settleActivation(
  sql: SqlRunner,
  { orderId, round }: Round,
  settled: { state: 'failed' | 'undone' | 'stuck'; failure: string | null },
): Promise<void> {
  await sql.query(
    `update product_order_activation set state = $3, failure = coalesce($4, failure) where order_id = $1 and round = $2`,
    [orderId, round, settled.state, settled.failure],
  );
}

/** It works. Fails where the number works for another order already. */
export async function finishActivation(
  sql: SqlRunner,
  { orderId, round }: Round,
  done: { msisdn: string; iccid: string; esimCipher: Buffer | null },
): Promise<void> {
  await sql.query(
    `update product_order_activation set state = 'done', msisdn = $3, iccid = $4, esim_cipher = $5
     where order_id = $1 and round = $2`,
    [orderId, round, done.msisdn, done.iccid, done.esimCipher],
  );
}

/** It works and is to be ended, or tried anew after somebody has seen to it: the network is asked at once. */
export async function beginEnd(
  sql: SqlRunner,
  now: Temporal.Instant,
  { orderId, round }: Round,
  { endAttempt, failure }: { endAttempt: number; failure: string | null },
): Promise<void> {
  await sql.query(
    `update product_order_activation set state = 'ending', end_attempt = $3, next_look_at = $4, failure = $5
     where order_id = $1 and round = $2`,
    [orderId, round, endAttempt, now.toString(), failure],
  );
}

/** Begins the end of every SIM whose subscription has ended; answers how many. */
export async function beginEndsDue(sql: SqlRunner, now: Temporal.Instant): Promise<number> {
  const rows = await sql.query(
    `update product_order_activation a set state = 'ending', next_look_at = $1::timestamptz, failure = null
     from product_order o join subscription s using (subscription_id)
     where a.order_id = o.order_id and a.state = 'done' and s.ended_at <= $1::timestamptz returning 1`,
    [now.toString()],
  );
  return rows.length;
}

export async function lookAtEndLater(
  sql: SqlRunner,
  { orderId, round }: Round,
  later: { endAttempt: number; nextLookAt: Temporal.Instant; failure: string | null },
): Promise<void> {
  await sql.query(
    `update product_order_activation set end_attempt = $3, next_look_at = $4, failure = $5
     where order_id = $1 and round = $2`,
    [orderId, round, later.endAttempt, later.nextLookAt.toString(), later.failure],
  );
}

/** The SIM works no more. */
export async function finishEnd(sql: SqlRunner, { orderId, round }: Round, endedAt: Temporal.Instant): Promise<void> {
  await sql.query(
    `update product_order_activation set state = 'ended', ended_at = $3, failure = null, esim_cipher = null
     where order_id = $1 and round = $2`,
    [orderId, round, endedAt.toString()],
  );
}

/** SIMs that are being ended, and those that the network cannot end. */
export async function countEnds(sql: SqlRunner): Promise<{ ending: number; stuck: number }> {
  const [row] = await sql.query<{ ending: number; stuck: number }>(
    `select count(*) filter (where state = 'ending')::integer as ending,
       count(*) filter (where state = 'stuck')::integer as stuck
     from product_order_activation where state in ('ending', 'stuck')`,
  );
  return row ?? { ending: 0, stuck: 0 };
}

export async function insertWelcome(sql: SqlRunner, orderId: string, passwordCipher: Buffer | null): Promise<void> {
  await sql.query('insert into product_order_welcome (order_id, password_cipher) values ($1, $2)', [
    orderId,
    passwordCipher,
  ]);
}

export interface Welcome {
  readonly passwordCipher: Buffer | null;
  readonly linkedAt: Temporal.Instant | null;
}

export async function loadWelcome(sql: SqlRunner, orderId: string): Promise<Welcome | null> {
  const rows = await sql.query<Welcome>(
    `select password_cipher as "passwordCipher", linked_at as "linkedAt" from product_order_welcome where order_id = $1`,
    [orderId],
  );
  return rows[0] ?? null;
}

/** The first password, to whoever comes first; from then on it is nowhere. */
export async function takePassword(sql: SqlRunner, now: Temporal.Instant, orderId: string): Promise<Buffer | null> {
  const rows = await sql.query<{ passwordCipher: Buffer }>(
    `update product_order_welcome w set password_cipher = null, shown_at = $2
     from (select order_id, password_cipher from product_order_welcome where order_id = $1 for update) before
     where w.order_id = before.order_id and before.password_cipher is not null
     returning before.password_cipher as "passwordCipher"`,
    [orderId, now.toString()],
  );
  return rows[0]?.passwordCipher ?? null;
}

export async function markLinked(sql: SqlRunner, now: Temporal.Instant, orderId: string): Promise<void> {
  await sql.query('update product_order_welcome set linked_at = coalesce(linked_at, $2) where order_id = $1', [
    orderId,
    now.toString(),
  ]);
}
