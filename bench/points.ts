import { Temporal } from 'temporal-polyfill';
import { createPointActions } from '../src/features/points/actions.ts';
import { createPointFamily } from '../src/features/points/family.ts';
import { grantMonths } from '../src/features/points/grant-months.ts';
import { pointsForMonth } from '../src/features/points/rules/month-grant.ts';
import { inTransaction } from '../src/infra/db/index.ts';
import { measureMeanwhile, othersLine, whole } from './meanwhile.ts';
import { benchOperator } from './operator.ts';
import type { Question } from './question.ts';
import type { World } from './world.ts';

const PORTION = 200;
/** With a fee that brings points. */
const operator = { ...benchOperator, plans: benchOperator.plans.map((plan) => ({ ...plan, monthlyFeeYen: 980 })) };

/**
 * How long does the grant of a month take when everybody is linked, what do others notice of it (they buy a byte each,
 * again and again), and how fast are points used on bills?
 */
export const points: Question = async (world, tally, { seconds }) => {
  const { sql, ledger, clock } = world;
  const contractorIds = await linkEverybody(world);
  const family = createPointFamily({ operator, publicUrl: 'https://my.example.jp' });
  const job = grantMonths({ sql, ledger, family, operator });
  const granting = await measureMeanwhile(world, tally, {
    seconds,
    expected: contractorIds.length,
    prepare: () => clock.shift(Temporal.Instant.from('2026-05-10T12:00:00+09:00').epochMilliseconds - Date.now()),
    job: () => job.run(clock.now()),
  });
  const earned = await expectedPoints(world);
  tally.bytes += earned;

  const actions = createPointActions({ db: world.bench.database.db, ledger, family, now: () => clock.now() });
  const billing = performance.now();
  for (let from = 0; from < contractorIds.length; from += PORTION) {
    const bills = contractorIds
      .slice(from, from + PORTION)
      .map((contractorId) => ({ contractorId, spendableYen: 983 }));
    await inTransaction(world.bench.database.db, (tx) => actions.useOnBills(tx, '2026-04', bills));
  }
  const billedMs = performance.now() - billing;
  tally.answered += contractorIds.length;
  tally.bytes -= earned;

  const many = contractorIds.length;
  const count = many.toLocaleString('en');
  return [
    {
      path: `points of a month granted, ${count} contractors (p50, p99: the whole)`,
      measured: whole(many, granting.tookMs),
    },
    othersLine(granting),
    {
      path: `points used on bills, ${PORTION} in a transaction (p50, p99: the whole)`,
      measured: whole(many, billedMs),
    },
  ];
};

/** Everybody linked since March, all points for the bill. Answers the contractors in id order. */
async function linkEverybody({ sql }: World): Promise<readonly string[]> {
  await sql.query(
    `insert into contractor_link (contractor_link_id, contractor_id, line_user_id, linked_at)
     select gen_random_uuid(), contractor_id, 'U' || md5(contractor_id::text), '2026-03-01T00:00:00Z' from contractor`,
  );
  await sql.query(
    `insert into point_setting (contractor_id, bill_use, changed_at)
     select contractor_id, 'all', '2026-03-01T00:00:00Z' from contractor`,
  );
  await sql.query('vacuum analyze contractor_link');
  await sql.query('vacuum analyze point_setting');
  const rows = await sql.query<{ id: string }>('select contractor_id as id from contractor order by 1');
  return rows.map(({ id }) => id);
}

/** What the rules say that April brings, reckoned without the ledger. */
async function expectedPoints({ sql }: World): Promise<bigint> {
  const rows = await sql.query<{ planCode: string; count: number }>(
    `select plan_code as "planCode", count(*)::int as count from subscription group by plan_code`,
  );
  return rows.reduce((sum, { planCode, count }) => {
    const feeYen = operator.plans.find(({ code }) => code === planCode)?.monthlyFeeYen ?? 0;
    const each = pointsForMonth([{ feeYen, openedOn: '2026-04-01', closedFrom: null }], operator.points.percent);
    return sum + BigInt(each * count);
  }, 0n);
}
