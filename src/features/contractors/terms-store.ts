import type { Temporal } from 'temporal-polyfill';
import { newId } from '../../base/ids.ts';
import { type Month, monthOf } from '../../base/operator-month.ts';
import { plainArray, textArray } from '../../infra/db/array-text.ts';
import type { SqlRunner } from '../../infra/db/index.ts';
import type { DatedChange, Terms } from './rules/terms.ts';

/** A change of plan and options as it is kept. */
export interface PlanChange extends Omit<DatedChange, 'state'> {
  readonly planChangeId: string;
  readonly subscriptionId: string;
  readonly state: 'waiting' | 'taken-back' | 'applied';
  readonly askedAt: Temporal.Instant;
}

interface Row extends Omit<PlanChange, 'from' | 'to'> {
  readonly fromPlanCode: string;
  readonly fromOptionCodes: readonly string[];
  readonly toPlanCode: string;
  readonly toOptionCodes: readonly string[];
}

const COLUMNS = `plan_change_id as "planChangeId", subscription_id as "subscriptionId",
  takes_effect_in as "takesEffectIn", state, asked_at as "askedAt", from_plan_code as "fromPlanCode",
  from_option_codes as "fromOptionCodes", to_plan_code as "toPlanCode", to_option_codes as "toOptionCodes"`;

function changeOf({ fromPlanCode, fromOptionCodes, toPlanCode, toOptionCodes, ...row }: Row): PlanChange {
  return {
    ...row,
    from: { planCode: fromPlanCode, optionCodes: fromOptionCodes },
    to: { planCode: toPlanCode, optionCodes: toOptionCodes },
  };
}

/** Every change of these subscriptions, also those taken back, in the order in which they took effect. */
export async function loadPlanChanges(
  sql: SqlRunner,
  subscriptionIds: readonly string[],
): Promise<readonly PlanChange[]> {
  const rows = await sql.query<Row>(
    `select ${COLUMNS} from plan_change where subscription_id = any($1::uuid[])
     order by takes_effect_in, settled_at nulls last, plan_change_id`,
    [plainArray(subscriptionIds)],
  );
  return rows.map(changeOf);
}

/** The change that a request of this subscription has made. */
export async function findByRequest(
  sql: SqlRunner,
  { subscriptionId, requestId }: { subscriptionId: string; requestId: string },
): Promise<PlanChange | null> {
  const rows = await sql.query<Row>(
    `select ${COLUMNS} from plan_change where subscription_id = $1 and request_id = $2`,
    [subscriptionId, requestId],
  );
  return rows[0] ? changeOf(rows[0]) : null;
}

/** Writes a change that waits, in the place of the one that waited. The subscription is locked. */
export async function insertWaiting(
  sql: SqlRunner,
  now: Temporal.Instant,
  change: { subscriptionId: string; takesEffectIn: Month; from: Terms; to: Terms; requestId: string },
): Promise<PlanChange> {
  await takeBack(sql, now, change.subscriptionId);
  const rows = await sql.query<Row>(
    `insert into plan_change (plan_change_id, subscription_id, takes_effect_in, from_plan_code, from_option_codes,
       to_plan_code, to_option_codes, asked_at, asked_by, request_id, state)
     values ($1, $2, $3, $4, $5, $6, $7, $8, 'contractor', $9, 'waiting')
     returning ${COLUMNS}`,
    [
      newId(),
      change.subscriptionId,
      change.takesEffectIn,
      change.from.planCode,
      plainArray(change.from.optionCodes),
      change.to.planCode,
      plainArray(change.to.optionCodes),
      now.toString(),
      change.requestId,
    ],
  );
  if (rows[0] === undefined) throw new Error('a change just written is not there');
  return changeOf(rows[0]);
}

/** Takes back what waits; null when nothing did. */
export async function takeBack(
  sql: SqlRunner,
  now: Temporal.Instant,
  subscriptionId: string,
): Promise<PlanChange | null> {
  const rows = await sql.query<Row>(
    `update plan_change set state = 'taken-back', settled_at = $2 where subscription_id = $1 and state = 'waiting'
     returning ${COLUMNS}`,
    [subscriptionId, now.toString()],
  );
  return rows[0] ? changeOf(rows[0]) : null;
}

/** Changes that wait for a month that a subscription does not reach never come. Nobody is told: its end says more. */
export async function dropUnreached(
  sql: SqlRunner,
  now: Temporal.Instant,
  ends: readonly { readonly subscriptionId: string; readonly lastMonth: Month }[],
): Promise<void> {
  if (ends.length === 0) return;
  await sql.query(
    `update plan_change c set state = 'taken-back', settled_at = $3
     from unnest($1::uuid[], $2::text[]) as ending (id, last_month)
     where c.subscription_id = ending.id and c.state = 'waiting' and c.takes_effect_in > ending.last_month`,
    [
      plainArray(ends.map(({ subscriptionId }) => subscriptionId)),
      plainArray(ends.map(({ lastMonth }) => lastMonth)),
      now.toString(),
    ],
  );
}

/** Notes changes that the back office made at once: they count from this month on. Where the terms are the same nothing is noted. */
export async function noteChangesAtOnce(
  sql: SqlRunner,
  changes: readonly { readonly from: Terms & { subscriptionId: string }; readonly to: Terms }[],
  { now, zone }: { now: Temporal.Instant; zone: string },
): Promise<void> {
  const sorted = (terms: Terms) => JSON.stringify([terms.planCode, [...terms.optionCodes].sort()]);
  const noted = changes.filter(({ from, to }) => sorted(from) !== sorted(to));
  if (noted.length === 0) return;
  await sql.query(
    `insert into plan_change (plan_change_id, subscription_id, takes_effect_in, from_plan_code, from_option_codes,
       to_plan_code, to_option_codes, asked_at, asked_by, state, settled_at, told_at)
     select id, subscription_id, $3, from_plan, from_options::text[], to_plan, to_options::text[], $8::timestamptz,
       'provisioning', 'applied', $8::timestamptz, $8::timestamptz
     from unnest($1::uuid[], $2::uuid[], $4::text[], $5::text[], $6::text[], $7::text[])
       as noted (id, subscription_id, from_plan, from_options, to_plan, to_options)`,
    [
      plainArray(noted.map(() => newId())),
      plainArray(noted.map(({ from }) => from.subscriptionId)),
      monthOf(now, zone),
      textArray(noted.map(({ from }) => from.planCode)),
      textArray(noted.map(({ from }) => textArray(from.optionCodes))),
      textArray(noted.map(({ to }) => to.planCode)),
      textArray(noted.map(({ to }) => textArray(to.optionCodes))),
      now.toString(),
    ],
  );
}

/** Whose plan or options are others now. */
export interface AppliedChange {
  readonly contractorId: string;
  readonly subscriptionId: string;
}

/** Writes what takes effect by a month into at most so many subscriptions; each once, whoever else is at it. */
export async function applyDue(
  sql: SqlRunner,
  due: { now: Temporal.Instant; month: Month; size: number },
): Promise<readonly AppliedChange[]> {
  return sql.query<AppliedChange>(
    `with due as (
       select c.plan_change_id, s.contractor_id, c.subscription_id, c.to_plan_code, c.to_option_codes, s.plan_code, s.option_codes
       from plan_change c join subscription s using (subscription_id)
       where c.state = 'waiting' and c.takes_effect_in <= $1
       order by c.takes_effect_in, c.plan_change_id
       limit $2
       for update of c, s skip locked
     ), changed as (
       update subscription s set plan_code = due.to_plan_code, option_codes = due.to_option_codes
       from due where s.subscription_id = due.subscription_id
     )
     update plan_change c
     set state = 'applied', settled_at = $3, from_plan_code = due.plan_code, from_option_codes = due.option_codes
     from due where c.plan_change_id = due.plan_change_id
     returning due.contractor_id as "contractorId", c.subscription_id as "subscriptionId"`,
    [due.month, due.size, due.now.toString()],
  );
}
