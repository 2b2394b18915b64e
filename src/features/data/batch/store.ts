import type { Temporal } from 'temporal-polyfill';
import type { Month } from '../../../base/operator-month.ts';
import { plainArray, textArray } from '../../../infra/db/array-text.ts';
import { bigintArray, dateArray } from '../../../infra/db/number-array.ts';
import type { SqlRunner } from '../../../infra/db/runner.ts';
import { uuidArray } from '../../../infra/db/uuid-array.ts';
import type { Opened } from '../../../ledger/family.ts';
import { MOST_BYTES } from '../rules/usage-record.ts';
import { liftGivenBack, liftThrottles, setThrottles } from '../slowing/throttle-store.ts';
import { type DataCommand, subscriptionsOf, type Use } from './commands.ts';
import { saveCorrections } from './correction-store.ts';
import { countedUses, saveCountedUses } from './counted-use-store.ts';
import { type CounterRow, type DataFacts, newFacts, type SubscriptionFacts } from './facts.ts';
import { saveShares } from './share-store.ts';
import { loadOnLoan, loadReservations, saveReservations } from './slice-store.ts';
import { loadSubscriptions, loadUsed } from './subscription-store.ts';

/** What a batch needs: its subscriptions with the last month they were turned into, what was counted and read before. */
export async function loadDataFacts(
  sql: SqlRunner,
  commands: readonly DataCommand[],
  { month, opened }: { month: Month; opened: Opened },
): Promise<DataFacts> {
  const ids = [...new Set(commands.flatMap(subscriptionsOf))];
  const uses = commands.flatMap((command) => (command.kind === 'use' ? command.uses : []));
  const asked = uuidArray(ids);
  const isOnlyUse = commands.every(({ kind }) => kind === 'use');
  // Asked together: a batch's statements travel in one round trip.
  const [subscriptions, counted, counters, reservations, onLoan] = await Promise.all([
    isOnlyUse ? loadUsed(sql, ids, { month, opened }) : loadSubscriptions(sql, asked, month).then(whole),
    countedUses(sql, uses),
    loadCounters(sql, uses),
    loadReservations(sql, commands),
    loadOnLoan(sql, asked),
  ]);
  return newFacts({ ...subscriptions, counted, counters, reservations, onLoan });
}

const whole = (subscriptions: readonly SubscriptionFacts[]) => ({ subscriptions });

async function loadCounters(sql: SqlRunner, uses: readonly Use[]): Promise<readonly CounterRow[]> {
  const read = uses.flatMap(({ subscriptionId, amount }) =>
    amount.mode === 'delta' ? [] : [{ subscriptionId, source: amount.source, session: amount.session }],
  );
  if (read.length === 0) return [];
  return sql.query<CounterRow>(
    `select subscription_id as "subscriptionId", source, session, read_bytes as "readBytes", over_bytes as "overBytes",
            ended_ms as "endedMs"
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
  const { dried, filled, givenBack, shares } = facts.changes;
  await Promise.all([
    saveCountedUses(sql, facts.changes.counted, now),
    saveDays(sql, facts),
    saveMonths(sql, facts, now),
    saveReadings(sql, facts, now),
    saveReservations(sql, facts),
    // Lifted first: what the old month left behind goes before the new one can slow.
    liftThrottles(sql, filled, now),
    liftGivenBack(sql, givenBack, now),
    setThrottles(sql, dried, { now, until: at.monthEnd, isNoticed: at.tellsEmpty }),
    saveShares(sql, shares, now),
    saveCorrections(sql, facts.changes.corrections, now),
  ]);
}

/** Days that are not the newest of their subscription (any more), which stands in its owner's row. */
async function saveDays(sql: SqlRunner, { changes }: DataFacts): Promise<void> {
  const days = [...changes.days.values()].flat();
  if (days.length === 0) return;
  await sql.query(
    `insert into data_usage_earlier as day (subscription_id, used_on, used_bytes, zero_rated_bytes, over_bytes)
     select unnest($1::uuid[]), unnest($2::date[]), unnest($3::bigint[]), unnest($4::bigint[]), unnest($5::bigint[])
     on conflict (subscription_id, used_on) do update
     set used_bytes = least(day.used_bytes + excluded.used_bytes, ${MOST_BYTES}),
         zero_rated_bytes = least(day.zero_rated_bytes + excluded.zero_rated_bytes, ${MOST_BYTES}),
         over_bytes = least(day.over_bytes + excluded.over_bytes, ${MOST_BYTES})`,
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
  for (const turned of Map.groupBy(changes.months, ({ month, planCode }) => `${month} ${planCode}`).values()) {
    const [first] = turned;
    const ids = turned.map((each) => each.subscriptionId);
    if (first !== undefined) await saveMonth(sql, ids, { ...first, now });
  }
}

/** Says of these subscriptions that they have been turned into the month, in which this plan counts for them. */
export async function saveMonth(
  sql: SqlRunner,
  subscriptionIds: readonly string[],
  { month, planCode, now }: { month: Month; planCode: string; now: Temporal.Instant },
): Promise<void> {
  await sql.query(
    `insert into data_month (subscription_id, month, turned_at, plan_code)
     select id, $2, $3, $4 from unnest($1::uuid[]) as turned (id)`,
    [uuidArray(subscriptionIds), month, now.toString(), planCode],
  );
}

async function saveReadings(sql: SqlRunner, { changes, counters }: DataFacts, now: Temporal.Instant): Promise<void> {
  const rows = [...changes.readings].flatMap((key) => counters.get(key) ?? []);
  if (rows.length === 0) return;
  await sql.query(
    `insert into usage_counter (subscription_id, source, session, read_bytes, over_bytes, ended_ms, read_at)
     select *, $7::timestamptz from unnest($1::uuid[], $2::text[], $3::text[], $4::bigint[], $5::bigint[], $6::bigint[])
     on conflict (subscription_id, source, session) do update
     set read_bytes = excluded.read_bytes, over_bytes = excluded.over_bytes, ended_ms = excluded.ended_ms,
         read_at = excluded.read_at`,
    [
      uuidArray(rows.map((row) => row.subscriptionId)),
      textArray(rows.map((row) => row.source)),
      textArray(rows.map((row) => row.session)),
      bigintArray(rows.map((row) => row.readBytes)),
      bigintArray(rows.map((row) => row.overBytes)),
      plainArray(rows.map((row) => row.endedMs)),
      now.toString(),
    ],
  );
}
