import type { Temporal } from 'temporal-polyfill';
import type { Filtering } from '../../base/filtering.ts';
import { plainArray } from '../../infra/db/array-text.ts';
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

/** The row for changing it, locked until the transaction ends. */
export async function lockSubscriptionRow(sql: SqlRunner, subscriptionId: string): Promise<SubscriptionRow | null> {
  const rows = await sql.query<SubscriptionRow>(
    `select subscription_id as "subscriptionId", contractor_id as "contractorId", msisdn, plan_code as "planCode",
       option_codes as "optionCodes", opens_at as "opensAt", ended_at as "endedAt", user_name as "userName",
       user_birth_date as "userBirthDate", filtering
     from subscription where subscription_id = $1 for update`,
    [subscriptionId],
  );
  return rows[0] ?? null;
}

/** Who writes a number's periods comes one after the other: what follows sees what the other has written. */
async function lockNumber(sql: SqlRunner, msisdn: string): Promise<void> {
  await sql.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`msisdn:${msisdn}`]);
}

/** Another subscription that has the number in some of the time from `opens` to `ends` (null: for good). */
const othersWith = (msisdn: string, opens: string, ends: string, subscriptionId: string) => `
  select from subscription other where other.msisdn = ${msisdn} and other.subscription_id <> ${subscriptionId}
    and other.opens_at < coalesce(${ends}, 'infinity'::timestamptz)
    and coalesce(other.ended_at, 'infinity'::timestamptz) > ${opens}`;

/** False when another subscription has the number in that time. */
export async function insertSubscription(
  sql: SqlRunner,
  now: Temporal.Instant,
  row: SubscriptionRow,
): Promise<boolean> {
  await lockNumber(sql, row.msisdn);
  const rows = await sql.query(
    `insert into subscription (subscription_id, contractor_id, msisdn, plan_code, opens_at, ended_at, user_name,
       user_birth_date, filtering, option_codes, created_at)
     select $1::uuid, $2, $3, $4, $5::timestamptz, $6::timestamptz, $7, $8, $9, $10, $11
     where not exists (${othersWith('$3', '$5::timestamptz', '$6::timestamptz', '$1::uuid')})
     returning 1`,
    [...columns(row), now.toString()],
  );
  return rows.length > 0;
}

/** False when another subscription has the number in that time. The transaction is then of no more use. */
export async function updateSubscription(sql: SqlRunner, row: SubscriptionRow): Promise<boolean> {
  await lockNumber(sql, row.msisdn);
  const rows = await sql.query(
    `update subscription set contractor_id = $2, msisdn = $3, plan_code = $4, opens_at = $5, ended_at = $6,
       user_name = $7, user_birth_date = $8, filtering = $9, option_codes = $10
     where subscription_id = $1::uuid
       and not exists (${othersWith('$3', '$5::timestamptz', '$6::timestamptz', '$1::uuid')})
     returning 1`,
    columns(row),
  );
  return rows.length > 0;
}

function columns(row: SubscriptionRow): unknown[] {
  return [
    row.subscriptionId,
    row.contractorId,
    row.msisdn,
    row.planCode,
    row.opensAt.toString(),
    row.endedAt?.toString() ?? null,
    row.userName,
    row.userBirthDate,
    row.filtering,
    plainArray(row.optionCodes),
  ];
}

/** Sets or takes away the end of a subscription, and answers whose it is; null when the number is somebody else's in the time that would be added. */
export async function updateEnd(
  sql: SqlRunner,
  subscriptionId: string,
  endedAt: Temporal.Instant | null,
): Promise<string | null> {
  const row = await lockSubscriptionRow(sql, subscriptionId);
  if (row) await lockNumber(sql, row.msisdn);
  const rows = await sql.query<{ contractorId: string }>(
    `update subscription s set ended_at = $2::timestamptz where s.subscription_id = $1::uuid
       and not exists (${othersWith('s.msisdn', 's.opens_at', '$2::timestamptz', '$1::uuid')})
     returning s.contractor_id as "contractorId"`,
    [subscriptionId, endedAt?.toString() ?? null],
  );
  return rows[0]?.contractorId ?? null;
}
