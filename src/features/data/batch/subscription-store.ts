import { Temporal } from 'temporal-polyfill';
import type { Month } from '../../../base/operator-month.ts';
import type { SqlRunner } from '../../../infra/db/runner.ts';
import { uuidArray } from '../../../infra/db/uuid-array.ts';
import type { Opened } from '../../../ledger/family.ts';
import type { DatedChange } from '../../contractors/index.ts';
import type { Loaded, SubscriptionFacts, UsedSubscription } from './facts.ts';
import { planNoted } from './use-notes.ts';

interface SubscriptionRow {
  subscriptionId: string;
  planCode: string;
  opensMs: number;
  createdMs: number;
  endedMs: number | null;
}

/**
 * What the rules need of these subscriptions, each named once. Moments as milliseconds: reading them from text is what a large
 * batch would spend most of its time on.
 *
 * @param likely the month that most were last turned into.
 */
export async function loadSubscriptions(
  sql: SqlRunner,
  asked: Buffer,
  likely: Month,
): Promise<readonly SubscriptionFacts[]> {
  const rowsAsked = sql.query<SubscriptionRow>(
    `select s.subscription_id as "subscriptionId", s.plan_code as "planCode",
            date_part('epoch', s.opens_at) * 1000 as "opensMs", date_part('epoch', s.created_at) * 1000 as "createdMs",
            date_part('epoch', s.ended_at) * 1000 as "endedMs"
     from subscription s
     where s.subscription_id = any($1::uuid[])`,
    [asked],
  );
  // Asked together: a batch's statements travel in one round trip.
  const [rows, turnedElse, changes] = await Promise.all([
    rowsAsked,
    loadTurnedElse(sql, asked, likely),
    loadPlanChanges(sql, asked),
  ]);
  return rows.map((row) => {
    const { subscriptionId } = row;
    const lastTurned = turnedElse.has(subscriptionId) ? (turnedElse.get(subscriptionId) ?? null) : likely;
    return new LoadedSubscription(row, changes.get(subscriptionId) ?? NO_CHANGES, lastTurned);
  });
}

/**
 * The same for subscriptions that are only used. What is noted with nearly all of them says that they were turned into the month, and
 * by which plan, which is all that a use needs. Of the others the month's row says the same; who has none is loaded whole.
 */
export async function loadUsed(
  sql: SqlRunner,
  subscriptionIds: readonly string[],
  { month, opened }: { month: Month; opened: Opened },
): Promise<Pick<Loaded, 'subscriptions' | 'turned' | 'unnoted'>> {
  const { book } = await opened;
  const turned = new Map<string, UsedSubscription>();
  const others: string[] = [];
  for (const subscriptionId of subscriptionIds) {
    const planCode = planNoted(book, subscriptionId, month);
    if (planCode === undefined) others.push(subscriptionId);
    else turned.set(subscriptionId, usedIn(month, subscriptionId, planCode));
  }
  const unnoted = new Set<string>();
  if (others.length === 0) return { subscriptions: [], turned, unnoted };
  const found = await loadUnnoted(sql, uuidArray(others), month);
  for (const each of found.turned) {
    turned.set(each.subscriptionId, each);
    unnoted.add(each.subscriptionId);
  }
  return { subscriptions: found.subscriptions, turned, unnoted };
}

function usedIn(month: Month, subscriptionId: string, planCode: string): UsedSubscription {
  return { subscriptionId, planCode, planChanges: NO_CHANGES, lastTurned: month };
}

async function loadUnnoted(
  sql: SqlRunner,
  asked: Buffer,
  month: Month,
): Promise<{ subscriptions: readonly SubscriptionFacts[]; turned: readonly UsedSubscription[] }> {
  const rowsAsked = sql.query<{ id: string; planCode: string; rest: string | null }>(
    `with present as materialized (
       select subscription_id as id, month, plan_code from data_month
       where subscription_id = any($1::uuid[]) and month >= $2
     ), usual as materialized (
       select id, plan_code from present
       where month = $2 and plan_code is not null and not (select coalesce(bool_or(month > $2), false) from present)
     )
     select id, plan_code as "planCode", null as rest from usual
     union all
     select s.subscription_id, s.plan_code,
            json_build_array(date_part('epoch', s.opens_at) * 1000, date_part('epoch', s.created_at) * 1000,
                             date_part('epoch', s.ended_at) * 1000,
                             (select max(m.month) from data_month m where m.subscription_id = s.subscription_id))::text
     from subscription s
     where (select count(*) from usual) < cardinality($1::uuid[])
       and s.subscription_id = any($1::uuid[]) and s.subscription_id not in (select id from usual)`,
    [asked, month],
  );
  const [rows, changes] = await Promise.all([rowsAsked, loadPlanChanges(sql, asked)]);
  const turned: UsedSubscription[] = [];
  const subscriptions: SubscriptionFacts[] = [];
  for (const { id: subscriptionId, planCode, rest } of rows) {
    if (rest === null) {
      turned.push(usedIn(month, subscriptionId, planCode));
      continue;
    }
    const [opensMs, createdMs, endedMs, lastTurned]: [number, number, number | null, Month | null] = JSON.parse(rest);
    const row = { subscriptionId, planCode, opensMs, createdMs, endedMs };
    subscriptions.push(new LoadedSubscription(row, changes.get(subscriptionId) ?? NO_CHANGES, lastTurned));
  }
  return { subscriptions, turned };
}

/** Of a month's own plan there is nothing to change. */
const NO_CHANGES: readonly DatedChange<string>[] = [];

/** Its instants are made when they are asked for: a use asks only where a month is to be turned. */
class LoadedSubscription implements SubscriptionFacts {
  readonly subscriptionId: string;
  readonly planCode: string;
  readonly planChanges: SubscriptionFacts['planChanges'];
  lastTurned: Month | null;
  readonly #row: SubscriptionRow;

  constructor(row: SubscriptionRow, planChanges: SubscriptionFacts['planChanges'], lastTurned: Month | null) {
    this.subscriptionId = row.subscriptionId;
    this.planCode = row.planCode;
    this.planChanges = planChanges;
    this.lastTurned = lastTurned;
    this.#row = row;
  }

  get opensAt(): Temporal.Instant {
    return instantAt(this.#row.opensMs);
  }

  get createdAt(): Temporal.Instant {
    return instantAt(this.#row.createdMs);
  }

  get endedAt(): Temporal.Instant | null {
    return this.#row.endedMs === null ? null : instantAt(this.#row.endedMs);
  }
}

function instantAt(ms: number): Temporal.Instant {
  return Temporal.Instant.fromEpochMilliseconds(Math.round(ms));
}

/**
 * Those that were last turned into another month than nearly all, or never (null). One look along the index says that there are
 * none; only where there are is each asked for its last.
 */
async function loadTurnedElse(
  sql: SqlRunner,
  subscriptionIds: Buffer,
  likely: Month,
): Promise<ReadonlyMap<string, Month | null>> {
  const rows = await sql.query<{ id: string; lastTurned: Month | null }>(
    `with usual as (
       select count(*) filter (where month = $2) = cardinality($1::uuid[]) and count(*) filter (where month > $2) = 0 as is_all
       from data_month where subscription_id = any($1::uuid[]) and month >= $2
     ), last as (
       select asked.id, (select max(month) from data_month where subscription_id = asked.id) as month
       from unnest($1::uuid[]) as asked (id)
       where not (select is_all from usual)
     )
     select id, month as "lastTurned" from last where month is distinct from $2`,
    [subscriptionIds, likely],
  );
  return new Map(rows.map(({ id, lastTurned }) => [id, lastTurned]));
}

/** Few have any: asked by themselves, they cost the others nothing. */
async function loadPlanChanges(
  sql: SqlRunner,
  subscriptionIds: Buffer,
): Promise<ReadonlyMap<string, readonly DatedChange<string>[]>> {
  const rows = await sql.query<DatedChange<string> & { subscriptionId: string }>(
    `select subscription_id as "subscriptionId", takes_effect_in as "takesEffectIn", state, from_plan_code as "from",
            to_plan_code as "to"
     from plan_change
     where subscription_id = any($1::uuid[]) and state <> 'taken-back'
     order by takes_effect_in, settled_at nulls last, plan_change_id`,
    [subscriptionIds],
  );
  return Map.groupBy(rows, (row) => row.subscriptionId);
}
