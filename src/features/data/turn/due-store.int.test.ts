import { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testDatabase } from '../../../../tests/support/database.ts';
import { createGiftWorld, type GiftWorld } from '../../../../tests/support/gift-world.ts';
import { FIRST_ID } from '../../../base/ids.ts';
import type { Database } from '../../../infra/db/index.ts';
import type { SqlRunner } from '../../../infra/db/runner.ts';
import { dueForTurn } from './due-store.ts';

let database: Database;
let world: GiftWorld;
beforeAll(async () => {
  database = await testDatabase();
  world = createGiftWorld(database, '2028-10-10T12:00:00+09:00');
  const { contractorId } = await world.subscription();
  await world.sql.query(
    `insert into subscription (subscription_id, contractor_id, msisdn, plan_code, opens_at, created_at)
     select gen_random_uuid(), $1, '8170' || lpad(n::text, 8, '0'), 'p3', $2, $2 from generate_series(1, 2000) as n`,
    [contractorId, world.clock.now().toString()],
  );
  await turned('2028-10');
});
afterAll(async () => {
  await world.close();
  await database.close();
});

async function turned(month: string): Promise<void> {
  await world.sql.query(
    `insert into data_month (subscription_id, month, turned_at) select subscription_id, $1, now() from subscription
     on conflict do nothing`,
    [month],
  );
  await world.sql.query('analyze subscription, data_month');
}

interface Plan {
  readonly 'Node Type': string;
  readonly 'Index Name'?: string;
  readonly 'Plan Rows': number;
  readonly Plans?: readonly Plan[];
}

/** How PostgreSQL goes about a portion: how many it expects, and its steps, each followed by those it is made of. */
async function planOf(size: number): Promise<{ rows: number | undefined; steps: string[] }> {
  const plans: Plan[] = [];
  const note = (plan: Plan): void => {
    plans.push(plan);
    plan.Plans?.forEach(note);
  };
  const explaining: SqlRunner = {
    async query(text: string, values?: readonly unknown[]) {
      const [row] = await world.sql.query<{ 'QUERY PLAN': readonly [{ Plan: Plan }] }>(
        `explain (format json) ${text}`,
        values,
      );
      if (row) note(row['QUERY PLAN'][0].Plan);
      return [];
    },
  };
  const monthStart = Temporal.Instant.from('2028-11-01T00:00:00+09:00');
  await dueForTurn(explaining, {
    month: '2028-11',
    monthStart,
    now: monthStart,
    newSince: null,
    after: FIRST_ID,
    size,
  });
  const steps = plans.map((plan) => [plan['Node Type'], plan['Index Name']].filter(Boolean).join(' by '));
  return { rows: plans[0]?.['Plan Rows'], steps };
}

// As soon as PostgreSQL expects that a portion is not filled it may as well read and sort all subscriptions for each: with
// other words for the same condition it does.
test('whoever waits for the turn is found along the ids until the portion is full, while all wait and when nobody does', async () => {
  const steps = ['Limit', 'Index Scan by subscription_pkey', 'Limit', 'Index Only Scan by data_month_pkey'];
  for (const size of [64, 256]) expect(await planOf(size)).toEqual({ rows: size, steps });
  await turned('2028-11');
  for (const size of [64, 256]) expect(await planOf(size)).toEqual({ rows: size, steps });
});
