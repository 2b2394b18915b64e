import { afterAll, beforeAll, expect, test } from 'vitest';
import { testDatabase } from '../../../../tests/support/database.ts';
import { createGiftWorld, type GiftWorld } from '../../../../tests/support/gift-world.ts';
import { testOperator } from '../../../../tests/support/operator.ts';
import { GB } from '../../../base/bytes.ts';
import { type Database, openDatabase } from '../../../infra/db/index.ts';
import { createJobs } from '../../../infra/jobs/jobs.ts';
import type { Ledger } from '../../../ledger/family.ts';
import { baseBytesIn, createDataFamily } from '../batch/family.ts';
import { createCalendar } from '../rules/calendar.ts';
import { findMonthTurn } from './progress-store.ts';
import { turnOfTheMonth } from './turn-of-the-month.ts';

const MANY = 800;

let database: Database;
let locks: Database;
let world: GiftWorld;

beforeAll(async () => {
  database = await testDatabase();
  locks = openDatabase({ url: database.url, poolSize: 2 });
  world = createGiftWorld(database, '2026-04-10T12:00:00+09:00');
});
afterAll(async () => {
  await world.close();
  await locks.close();
  await database.close();
});

function jobsOn(ledger: Ledger) {
  const faults: unknown[] = [];
  const turn = turnOfTheMonth({
    sql: world.sql,
    ledger,
    family: createDataFamily(testOperator),
    calendar: createCalendar(testOperator.timeZone),
    baseBytesOf: baseBytesIn(testOperator),
  });
  const onError = (_: string, fault: unknown) => void faults.push(fault);
  return { faults, jobs: createJobs({ locks: locks.db, clock: world.clock, jobs: [turn], onError }) };
}

test('a turn over many portions ends between two when the program stops, and the next start goes on to once for each', async () => {
  await world.sql.query(
    `insert into subscription (subscription_id, contractor_id, msisdn, plan_code, opens_at, created_at)
     select gen_random_uuid(), $1, '8190' || lpad(n::text, 8, '0'), 'p3', $2, $2 from generate_series(1, $3) as n`,
    [await world.contractor(), world.clock.now().toString(), MANY],
  );
  await world.run();
  world.clock.freeze('2026-05-01T00:00:10+09:00');

  let portions = 0;
  let stopped: Promise<void> | undefined;
  const first = jobsOn({
    ...world.ledger,
    async inBulk(work) {
      const answer = await world.ledger.inBulk(work);
      portions += 1;
      stopped ??= first.jobs.stop();
      return answer;
    },
  });
  await first.jobs.runDue();
  await stopped;
  expect(first.faults).toEqual([]);
  const cut = await findMonthTurn(world.sql, '2026-05');
  expect(cut).toMatchObject({ total: MANY, finishedAt: null });
  // What was under way was ended and noted; nothing was begun after it.
  expect([portions <= 2, (cut?.done ?? 0) > 0, (cut?.done ?? 0) < MANY]).toEqual([true, true, true]);
  expect(await turned()).toEqual([{ times: 1, subscriptions: cut?.done }]);

  const next = jobsOn(world.otherLedger());
  await next.jobs.runDue();
  await next.jobs.stop();
  expect(next.faults).toEqual([]);
  expect(await findMonthTurn(world.sql, '2026-05')).toMatchObject({ total: MANY, done: MANY });
  expect(await turned()).toEqual([{ times: 1, subscriptions: MANY }]);
  expect(await world.faults()).toEqual([]);
});

/** How many subscriptions have how many lots of this month's data. */
function turned() {
  return world.sql.query(
    `select times, count(*)::integer as subscriptions from (
       select owner_id, count(*)::integer as times from ledger_lot
       where unit = 'byte' and kind = 'base' and granted_at >= '2026-05-01T00:00:00+09:00' and remaining = $1
       group by owner_id) as lots
     group by times`,
    [3 * GB],
  );
}
