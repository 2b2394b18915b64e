import type { Temporal } from 'temporal-polyfill';
import type { Filtering } from '../../base/filtering.ts';
import { plainArray, textArray } from '../../infra/db/array-text.ts';
import type { SqlRunner } from '../../infra/db/index.ts';

export interface Subscription {
  readonly subscriptionId: string;
  readonly contractorId: string;
  readonly msisdn: string;
  readonly planCode: string;
  /** Added to the plan, in no order. */
  readonly optionCodes: readonly string[];
  readonly opensAt: Temporal.Instant;
  readonly endedAt: Temporal.Instant | null;
  /** The registered user, or the contractor where nobody else is registered. */
  readonly userName: string;
  readonly userBirthDate: string | null;
  /** Whether somebody else than the contractor is registered as the user. */
  readonly hasRegisteredUser: boolean;
  /** What keeps harmful sites away; null when it is not known. */
  readonly filtering: Filtering | null;
}

const SUBSCRIPTION = `s.subscription_id as "subscriptionId", s.contractor_id as "contractorId", s.msisdn,
  s.plan_code as "planCode", s.option_codes as "optionCodes", s.opens_at as "opensAt", s.ended_at as "endedAt",
  coalesce(s.user_name, c.name) as "userName",
  case when s.user_name is null then coalesce(s.user_birth_date, c.birth_date) else s.user_birth_date end as "userBirthDate",
  s.user_name is not null as "hasRegisteredUser", s.filtering`;

export function loadSubscriptionsOf(sql: SqlRunner, contractorId: string): Promise<readonly Subscription[]> {
  return sql.query<Subscription>(
    `select ${SUBSCRIPTION} from subscription s join contractor c using (contractor_id)
     where s.contractor_id = $1 order by s.created_at, s.subscription_id`,
    [contractorId],
  );
}

export function loadSubscriptions(
  sql: SqlRunner,
  subscriptionIds: readonly string[],
): Promise<readonly Subscription[]> {
  return sql.query<Subscription>(
    `select ${SUBSCRIPTION} from subscription s join contractor c using (contractor_id)
     where s.subscription_id = any ($1::uuid[]) order by s.subscription_id`,
    [subscriptionIds],
  );
}

/** Those behind an id, in id order: all of them, a page after the other. */
export function loadSubscriptionsAfter(
  sql: SqlRunner,
  { after, limit }: { after: string; limit: number },
): Promise<readonly Subscription[]> {
  return sql.query<Subscription>(
    `select ${SUBSCRIPTION} from subscription s join contractor c using (contractor_id)
     where s.subscription_id > $1 order by s.subscription_id limit $2`,
    [after, limit],
  );
}

/** The subscription whose this number is at a moment, by the rule of `base/number-holder.ts`, whatever its state. */
export async function loadSubscriptionOfMsisdn(
  sql: SqlRunner,
  at: Temporal.Instant,
  msisdn: string,
): Promise<Subscription | null> {
  const rows = await sql.query<Subscription>(
    `select ${SUBSCRIPTION} from subscription s join contractor c using (contractor_id) where s.msisdn = $1
     order by s.opens_at <= $2 desc, case when s.opens_at <= $2 then s.opens_at end desc, s.opens_at limit 1`,
    [msisdn, at.toString()],
  );
  return rows[0] ?? null;
}

/** Whether a number is somebody's from a moment on, or will be. */
export async function hasHolder(sql: SqlRunner, from: Temporal.Instant, msisdn: string): Promise<boolean> {
  const rows = await sql.query(
    'select 1 from subscription where msisdn = $1 and (ended_at is null or ended_at > $2) limit 1',
    [msisdn, from.toString()],
  );
  return rows.length > 0;
}

/** Those of several contractors, each contractor's oldest first. */
export function loadSubscriptionsOfAll(
  sql: SqlRunner,
  contractorIds: readonly string[],
): Promise<readonly Subscription[]> {
  return sql.query<Subscription>(
    `select ${SUBSCRIPTION} from subscription s join contractor c using (contractor_id)
     where s.contractor_id = any ($1::uuid[]) order by s.contractor_id, s.opens_at, s.subscription_id`,
    [plainArray(contractorIds)],
  );
}

/** A subscription's columns as written: the registered user only where there is one. */
export interface SubscriptionRow extends Omit<Subscription, 'userName' | 'userBirthDate' | 'hasRegisteredUser'> {
  readonly userName: string | null;
  readonly userBirthDate: string | null;
}

const ROW = `subscription_id as "subscriptionId", contractor_id as "contractorId", msisdn, plan_code as "planCode",
  option_codes as "optionCodes", opens_at as "opensAt", ended_at as "endedAt", user_name as "userName",
  user_birth_date as "userBirthDate", filtering`;

/** The row for changing it, locked until the transaction ends. */
export async function lockSubscriptionRow(sql: SqlRunner, subscriptionId: string): Promise<SubscriptionRow | null> {
  const [row] = await lockSubscriptionRows(sql, [subscriptionId]);
  return row ?? null;
}

/** The same for many, locked in id order: two that do so never wait for each other. */
export function lockSubscriptionRows(
  sql: SqlRunner,
  subscriptionIds: readonly string[],
): Promise<readonly SubscriptionRow[]> {
  return sql.query<SubscriptionRow>(
    `select ${ROW} from subscription where subscription_id = any ($1::uuid[]) order by subscription_id for update`,
    [plainArray(subscriptionIds)],
  );
}

/** All that have or had one of these numbers, in the order in which they opened. */
export function loadRowsOfNumbers(sql: SqlRunner, msisdns: readonly string[]): Promise<readonly SubscriptionRow[]> {
  return sql.query<SubscriptionRow>(
    `select ${ROW} from subscription where msisdn = any ($1::text[]) order by opens_at, subscription_id`,
    [plainArray(msisdns)],
  );
}

/** The database has room for some thousands of locks in all; of more numbers than this all there are count as one. */
const LOCKED_BY_THEMSELVES = 8;
const ALL_NUMBERS = `hashtextextended('msisdn', 0)`;

/**
 * Who writes a number's periods comes one after the other: what follows sees what the other has written. Lock rows before, never
 * after.
 */
async function lockNumbers(sql: SqlRunner, msisdns: readonly string[]): Promise<void> {
  if (msisdns.length > LOCKED_BY_THEMSELVES) {
    await sql.query(`select pg_advisory_xact_lock(${ALL_NUMBERS})`);
    return;
  }
  await Promise.all([
    sql.query(`select pg_advisory_xact_lock_shared(${ALL_NUMBERS})`),
    sql.query(
      `select pg_advisory_xact_lock(key)
       from (select distinct hashtextextended('msisdn:' || msisdn, 0) as key from unnest($1::text[]) as msisdn
             order by key) as asked`,
      [plainArray(msisdns)],
    ),
  ]);
}

/** Another subscription that has the number in some of the time from `opens` to `ends` (null: for good). */
const othersWith = (msisdn: string, opens: string, ends: string, subscriptionId: string) => `
  select from subscription other where other.msisdn = ${msisdn} and other.subscription_id <> ${subscriptionId}
    and other.opens_at < coalesce(${ends}, 'infinity'::timestamptz)
    and coalesce(other.ended_at, 'infinity'::timestamptz) > ${opens}`;

/** Each as the database reads it from `columns`. */
const TOLD = `unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::timestamptz[], $6::timestamptz[], $7::text[], $8::date[],
    $9::text[], $10::text[])
  as told (id, contractor_id, msisdn, plan_code, opens_at, ended_at, user_name, user_birth_date, filtering, option_codes)`;
const NOBODY_ELSE_HAS_IT = `not exists (${othersWith('told.msisdn', 'told.opens_at', 'told.ended_at', 'told.id')})`;

/** Writes them, each with another number. Answers the ids of those written; another has the number of the others in their time. */
export async function insertSubscriptions(
  sql: SqlRunner,
  now: Temporal.Instant,
  rows: readonly SubscriptionRow[],
): Promise<ReadonlySet<string>> {
  if (rows.length === 0) return new Set();
  await lockNumbers(sql, rows.map(msisdnOf));
  return idsOf(
    await sql.query<{ id: string }>(
      `insert into subscription (subscription_id, contractor_id, msisdn, plan_code, opens_at, ended_at, user_name,
         user_birth_date, filtering, option_codes, created_at)
       select id, contractor_id, msisdn, plan_code, opens_at, ended_at, user_name, user_birth_date, filtering,
         option_codes::text[], $11::timestamptz
       from ${TOLD}
       where ${NOBODY_ELSE_HAS_IT}
       returning subscription_id as id`,
      [...columns(rows), now.toString()],
    ),
  );
}

/** False when another subscription has the number in that time. */
export async function updateSubscription(sql: SqlRunner, row: SubscriptionRow): Promise<boolean> {
  return (await updateSubscriptions(sql, [row])).size > 0;
}

/** Writes them as `insertSubscriptions` does. They are locked. */
export async function updateSubscriptions(
  sql: SqlRunner,
  rows: readonly SubscriptionRow[],
): Promise<ReadonlySet<string>> {
  if (rows.length === 0) return new Set();
  await lockNumbers(sql, rows.map(msisdnOf));
  return idsOf(
    await sql.query<{ id: string }>(
      `update subscription s set contractor_id = told.contractor_id, msisdn = told.msisdn, plan_code = told.plan_code,
         opens_at = told.opens_at, ended_at = told.ended_at, user_name = told.user_name,
         user_birth_date = told.user_birth_date, filtering = told.filtering, option_codes = told.option_codes::text[]
       from ${TOLD}
       where s.subscription_id = told.id and ${NOBODY_ELSE_HAS_IT}
       returning s.subscription_id as id`,
      columns(rows),
    ),
  );
}

const msisdnOf = ({ msisdn }: SubscriptionRow) => msisdn;
const idsOf = (rows: readonly { readonly id: string }[]) => new Set(rows.map(({ id }) => id));

function columns(rows: readonly SubscriptionRow[]): unknown[] {
  return [
    plainArray(rows.map((row) => row.subscriptionId)),
    plainArray(rows.map((row) => row.contractorId)),
    plainArray(rows.map((row) => row.msisdn)),
    textArray(rows.map((row) => row.planCode)),
    plainArray(rows.map((row) => row.opensAt.toString())),
    plainArray(rows.map((row) => row.endedAt?.toString() ?? null)),
    textArray(rows.map((row) => row.userName)),
    plainArray(rows.map((row) => row.userBirthDate)),
    textArray(rows.map((row) => row.filtering)),
    textArray(rows.map((row) => textArray(row.optionCodes))),
  ];
}

/** Sets or takes away the end of a subscription, and answers whose it is; null when the number is somebody else's in the time that would be added. */
export async function updateEnd(
  sql: SqlRunner,
  subscriptionId: string,
  endedAt: Temporal.Instant | null,
): Promise<string | null> {
  const row = await lockSubscriptionRow(sql, subscriptionId);
  if (row) await lockNumbers(sql, [row.msisdn]);
  const rows = await sql.query<{ contractorId: string }>(
    `update subscription s set ended_at = $2::timestamptz where s.subscription_id = $1::uuid
       and not exists (${othersWith('s.msisdn', 's.opens_at', '$2::timestamptz', '$1::uuid')})
     returning s.contractor_id as "contractorId"`,
    [subscriptionId, endedAt?.toString() ?? null],
  );
  return rows[0]?.contractorId ?? null;
}
