import { Temporal } from 'temporal-polyfill';
import type { Month } from '../../base/operator-month.ts';
import { textArray } from '../../infra/db/array-text.ts';
import { bigintArray, dateArray } from '../../infra/db/number-array.ts';
import type { SqlRunner } from '../../infra/db/runner.ts';
import { uuidArray } from '../../infra/db/uuid-array.ts';
import type { DatedChange } from '../contractors/index.ts';
import { type DataCommand, subscriptionsOf, type Use } from './commands.ts';
import { saveCorrections } from './correction-store.ts';
import { type CounterRow, type DataFacts, newFacts, type SubscriptionFacts } from './facts.ts';
import { saveShares } from './notice-store.ts';
import { loadOnLoan, loadReservations, saveReservations } from './reservation-store.ts';
import { liftThrottles, setThrottles } from './throttle-store.ts';
import { countedUses, saveCountedUses } from './usage-record-store.ts';

/** What a batch needs: the subscriptions with the last month they were turned into, what was counted and read before. */
export async function loadDataFacts(
  sql: SqlRunner,
  commands: readonly DataCommand[],
  month: Month,
): Promise<DataFacts> {
  const ids = [...new Set(commands.flatMap(subscriptionsOf))];
  const uses = commands.flatMap((command) => (command.kind === 'use' ? command.uses : []));
  // Asked together: a batch's statements travel in one round trip.
  const [subscriptions, counted, counters, reservations, onLoan] = await Promise.all([
    loadSubscriptions(sql, ids, month),
    countedUses(sql, uses),
    loadCounters(sql, uses),
    loadReservations(sql, commands),
    loadOnLoan(sql, ids),
  ]);
  return newFacts({ subscriptions, counted, counters, reservations, onLoan });
}

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
  ids: readonly string[],
  likely: Month,
): Promise<readonly SubscriptionFacts[]> {
  const asked = uuidArray(ids);
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
    return new LoadedSubscription(row, changes.get(subscriptionId) ?? [], lastTurned);
  });
}

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

async function loadCounters(sql: SqlRunner, uses: readonly Use[]): Promise<readonly CounterRow[]> {
  const read = uses.flatMap(({ subscriptionId, amount }) =>
    amount.mode === 'delta' ? [] : [{ subscriptionId, source: amount.source, session: amount.session }],
  );
  if (read.length === 0) return [];
  return sql.query<CounterRow>(
    `select subscription_id as "subscriptionId", source, session, read_bytes as "readBytes", over_bytes as "overBytes"
     from usage_counter
     where (subscription_id, source, session) in
           (select * from unnest($1::uuid[], $2::text[], $3::text[]))`,
    [
      uuidArray(read.map((counter) => counter.subscriptionId)),
      textArray(read.map((counter) => counter.source)),
      textArray(read.map((counter) => counter.session)),
    ],
  );
}

/** Writes what the batch decided: days, months turned, counters, and what follows for those it left dry or filled. */
export async function saveDataFacts(
  sql: SqlRunner,
  facts: DataFacts,
  at: { now: Temporal.Instant; monthEnd: Temporal.Instant; tellsEmpty: boolean },
): Promise<void> {
  const { now } = at;
  const { dried, filled, shares } = facts.changes;
  await Promise.all([
    saveCountedUses(sql, facts.changes.counted, now),
    saveDays(sql, facts),
    saveMonths(sql, facts, now),
    saveReadings(sql, facts, now),
    saveReservations(sql, facts),
    // Lifted first: what the old month left behind goes before the new one can slow.
    liftThrottles(sql, filled, now),
    setThrottles(sql, dried, { now, until: at.monthEnd, isNoticed: at.tellsEmpty }),
    saveShares(sql, shares, now),
    saveCorrections(sql, facts.changes.corrections, now),
  ]);
}

async function saveDays(sql: SqlRunner, { changes }: DataFacts): Promise<void> {
  const days = [...changes.days.values()].flat();
  if (days.length === 0) return;
  await sql.query(
    `insert into data_usage_daily as day (subscription_id, used_on, used_bytes, zero_rated_bytes, over_bytes)
     select unnest($1::uuid[]), unnest($2::date[]), unnest($3::bigint[]), unnest($4::bigint[]), unnest($5::bigint[])
     on conflict (subscription_id, used_on) do update
     set used_bytes = day.used_bytes + excluded.used_bytes,
         zero_rated_bytes = day.zero_rated_bytes + excluded.zero_rated_bytes,
         over_bytes = day.over_bytes + excluded.over_bytes`,
    [
      uuidArray(days.map((day) => day.subscriptionId)),
      dateArray(days.map((day) => day.usedOn)),
      bigintArray(days.map((day) => day.usedBytes)),
      bigintArray(days.map((day) => day.zeroRatedBytes)),
      bigintArray(days.map((day) => day.overBytes)),
    ],
  );
}

async function saveMonths(sql: SqlRunner, { changes }: DataFacts, now: Temporal.Instant): Promise<void> {
  for (const [month, turned] of Map.groupBy(changes.months, (each) => each.month)) {
    const ids = turned.map((each) => each.subscriptionId);
    await saveMonth(sql, ids, month, now);
  }
}

/** Says of these subscriptions that they have been turned into the month. */
export async function saveMonth(
  sql: SqlRunner,
  subscriptionIds: readonly string[],
  month: Month,
  now: Temporal.Instant,
): Promise<void> {
  await sql.query(
    'insert into data_month (subscription_id, month, turned_at) select id, $2, $3 from unnest($1::uuid[]) as turned (id)',
    [uuidArray(subscriptionIds), month, now.toString()],
  );
}

async function saveReadings(sql: SqlRunner, { changes, counters }: DataFacts, now: Temporal.Instant): Promise<void> {
  const rows = [...changes.readings].flatMap((key) => counters.get(key) ?? []);
  if (rows.length === 0) return;
  await sql.query(
    `insert into usage_counter (subscription_id, source, session, read_bytes, over_bytes, read_at)
     select *, $6::timestamptz from unnest($1::uuid[], $2::text[], $3::text[], $4::bigint[], $5::bigint[])
     on conflict (subscription_id, source, session) do update
     set read_bytes = excluded.read_bytes, over_bytes = excluded.over_bytes, read_at = excluded.read_at`,
    [
      uuidArray(rows.map((row) => row.subscriptionId)),
      textArray(rows.map((row) => row.source)),
      textArray(rows.map((row) => row.session)),
      bigintArray(rows.map((row) => row.readBytes)),
      bigintArray(rows.map((row) => row.overBytes)),
      now.toString(),
    ],
  );
}
