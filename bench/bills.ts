import { Temporal } from 'temporal-polyfill';
import { closeBills } from '../src/features/billing/closing.ts';
import { createChangeFeed } from '../src/features/contractors/change-feed.ts';
import { loadSubscriptionsOfAll } from '../src/features/contractors/subscription-store.ts';
import { createTermsBook } from '../src/features/contractors/terms.ts';
import { measureMeanwhile, othersLine, whole } from './meanwhile.ts';
import { benchOperator } from './operator.ts';
import type { Question } from './question.ts';
import type { World } from './world.ts';

const CALLS_YEN = 110;

/**
 * How long does it take to close a month's bills for everybody, each with a base fee, the universal service fee and a
 * month's calls, and what do others notice of it? Moves the clock.
 */
export const bills: Question = async (world, tally, { seconds }) => {
  const { sql, calendar, clock, bench } = world;
  const contractors = await chargeEverybody(world);
  const changes = createChangeFeed(bench.database.db, null);
  const terms = createTermsBook({ clock, operator: benchOperator, changes });
  const job = closeBills({
    pointsFor: async () => new Map(),
    db: bench.database.db,
    operator: benchOperator,
    calendar,
    contractors: { subscriptionsOfAll: loadSubscriptionsOfAll, terms },
  });
  const closing = await measureMeanwhile(world, tally, {
    seconds,
    expected: contractors,
    prepare: () => clock.shift(Temporal.Instant.from('2026-05-10T12:00:00+09:00').epochMilliseconds - Date.now()),
    job: () => job.run(clock.now()),
  });
  await verifyBills(world, contractors);
  await sql.query('truncate bill, bill_line, bill_charge, bill_closing cascade');
  const count = contractors.toLocaleString('en');
  return [
    { path: `bills closed, ${count} contractors (p50, p99: the whole)`, measured: whole(contractors, closing.tookMs) },
    othersLine(closing),
  ];
};

/** Calls of April for every contractor; March is closed. */
async function chargeEverybody({ sql }: World): Promise<number> {
  await sql.query('truncate bill, bill_line, bill_charge, bill_closing cascade');
  await sql.query(`insert into bill_closing (month, finished_at) values ('2026-03', '2026-04-01T00:10:00Z')`);
  await sql.query(
    `insert into bill_charge (charge_id, contractor_id, subscription_id, kind, month, label, amount_yen, is_taxed, source,
       source_id, caused_at, recorded_at)
     select gen_random_uuid(), contractor_id, subscription_id, 'calls', '2026-04', '{"ja": "通話料", "en": "Calls"}',
       ${CALLS_YEN}, true, 'bench', subscription_id::text, '2026-04-05T00:00:00Z', '2026-04-05T00:00:00Z'
     from subscription`,
  );
  await sql.query('vacuum analyze bill_charge');
  const [row] = await sql.query<{ count: number }>('select count(*)::int as count from contractor');
  return row?.count ?? 0;
}

/** Every contractor has one bill, every call is on one, and the bills are what their lines are. */
async function verifyBills({ sql }: World, contractors: number): Promise<void> {
  const [found] = await sql.query<{ bills: number; open: number; wrong: number }>(
    `select (select count(distinct contractor_id)::int from bill where month = '2026-04') as bills,
       (select count(*)::int from bill_charge where bill_id is null) as open,
       (select count(*)::int from bill b where total_yen <>
         (select coalesce(sum(amount_yen), 0) from bill_line l where l.bill_id = b.bill_id)) as wrong`,
  );
  if (found?.bills !== contractors || found.open !== 0 || found.wrong !== 0) {
    throw new Error(`${JSON.stringify(found)} of ${contractors} contractors`);
  }
}
