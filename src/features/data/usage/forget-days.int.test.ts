import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { testDatabase } from '../../../../tests/support/database.ts';
import { createGiftWorld, type GiftWorld } from '../../../../tests/support/gift-world.ts';
import { testOperator } from '../../../../tests/support/operator.ts';
import type { Database } from '../../../infra/db/index.ts';
import { forgetDays } from './forget-days.ts';

let database: Database;
let world: GiftWorld;
let [one, other] = ['', ''];
beforeAll(async () => {
  database = await testDatabase();
  world = createGiftWorld(database, '2028-07-01T00:00:00+09:00', testOperator);
});
afterAll(async () => {
  await world.close();
  await database.close();
});

beforeEach(async () => {
  [one = '', other = ''] = [
    (await world.subscription()).subscriptionId,
    (await world.subscription()).subscriptionId,
  ].sort();
  await world.sql.query('truncate data_usage_earlier, data_month, data_days_forgotten');
  for (const id of [one, other]) {
    await world.sql.query(
      `insert into data_usage_earlier (subscription_id, used_on, used_bytes)
       select $1, day::date, 1 from unnest('{2025-01-01,2026-06-30,2026-07-01,2028-06-30}'::text[]) as day`,
      [id],
    );
  }
  const turned = 'insert into data_month (subscription_id, month, plan_code, turned_at) values ($1, $2, $3, now())';
  for (const month of ['2026-05', '2026-06', '2026-07']) await world.sql.query(turned, [one, month, 'p']);
  for (const month of ['2025-03', '2025-04']) await world.sql.query(turned, [other, month, 'p']);
});

const run = (at: string, daysKeptMonths = 24) => {
  world.clock.freeze(at);
  const operator = { timeZone: testOperator.timeZone, usage: { ...testOperator.usage, daysKeptMonths } };
  return forgetDays({ db: database.db, operator }).run(world.clock.now());
};
const daysOf = async (id: string) => {
  const text = 'select used_on::text as day from data_usage_earlier where subscription_id = $1 order by 1';
  return (await world.sql.query<{ day: string }>(text, [id])).map(({ day }) => day);
};
const monthsOf = async (id: string) => {
  const text = 'select month from data_month where subscription_id = $1 order by 1';
  return (await world.sql.query<{ month: string }>(text, [id])).map(({ month }) => month);
};

test('days and turns are known for the present month and the operator’s months before it; the last turn stays', async () => {
  // In Tokyo it is July only now.
  await run('2028-06-30T23:59:59+09:00');
  expect(await daysOf(one)).toEqual(['2026-06-30', '2026-07-01', '2028-06-30']);
  await run('2028-07-01T00:00:00+09:00');
  expect(await daysOf(one)).toEqual(['2026-07-01', '2028-06-30']);
  expect(await daysOf(other)).toEqual(['2026-07-01', '2028-06-30']);
  expect(await monthsOf(one)).toEqual(['2026-07']);
  // Behind it the next turn goes on, however long it has been.
  expect(await monthsOf(other)).toEqual(['2025-04']);
  await run('2028-07-01T00:00:00+09:00', 13);
  expect(await daysOf(one)).toEqual(['2028-06-30']);
});

test('a run that was cut short is gone on with; one that is done looks at nobody until the next month', async () => {
  await world.sql.query(`insert into data_days_forgotten (month, through) values ('2026-07', $1)`, [one]);
  expect(await run('2028-07-02T00:00:00+09:00')).toBeGreaterThan(0);
  expect(await daysOf(one)).toHaveLength(4);
  expect(await daysOf(other)).toHaveLength(2);
  expect(await run('2028-07-31T23:59:59+09:00')).toBe(0);
  expect(await run('2028-08-01T00:00:00+09:00')).toBeGreaterThan(0);
  expect(await daysOf(one)).toEqual(['2028-06-30']);
});
