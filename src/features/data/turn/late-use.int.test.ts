import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { testDatabase } from '../../../../tests/support/database.ts';
import { createGiftWorld, type GiftWorld } from '../../../../tests/support/gift-world.ts';
import { testOperator } from '../../../../tests/support/operator.ts';
import { createUnreliableWire } from '../../../../tests/support/unreliable-wire.ts';
import { GB, MB } from '../../../base/bytes.ts';
import { newId } from '../../../base/ids.ts';
import { type Database, openDatabase } from '../../../infra/db/index.ts';
import { createLedger } from '../../../ledger/index.ts';
import { baseBytesIn, createDataFamily } from '../batch/family.ts';
import { createCalendar } from '../rules/calendar.ts';
import { takeRecords } from '../usage/feed.ts';
import { forgetSingleUses } from '../usage/forget-single-uses.ts';
import { findMonthTurn } from './progress-store.ts';
import { turnOfTheMonth } from './turn-of-the-month.ts';

let database: Database;
let world: GiftWorld;
afterEach(async () => expect(await world.faults()).toEqual([]));
afterAll(async () => {
  await world.close();
  await database.close();
});

/** Sends records of one feed and answers how each was taken. */
async function feed(zone: string, records: readonly { subject: string; time: string; [field: string]: unknown }[]) {
  const deps = {
    sql: world.sql,
    actions: world.data,
    calendar: createCalendar(zone),
    now: () => world.clock.now(),
    keptDays: 40,
  };
  const outcomes = await takeRecords(
    deps,
    records.map(({ subject, time, id = newId(), source = '/feed', ...data }) => {
      const used = { uplinkBytes: 0, downlinkBytes: MB, ...data };
      return { specversion: '1.0', type: 'usage', source, id, subject, time, data: used };
    }),
  );
  return outcomes.map((outcome) => {
    if (outcome.status === 'refused') return outcome.code;
    if (outcome.status === 'conflict') return 'conflict';
    const { usedOn, isLate, drawnBytes } = outcome.used;
    return `${outcome.status} ${usedOn}${isLate ? ' late' : ''} ${drawnBytes / MB}`;
  });
}

describe('in São Paulo, where summer time began and ended at midnight', () => {
  const zone = 'America/Sao_Paulo';
  beforeAll(async () => {
    database = await testDatabase();
    world = createGiftWorld(database, '2018-11-04T12:00:00-02:00', { ...testOperator, timeZone: zone });
  });

  test('use is shown on its own day where a day begins at one, and where an hour is there twice', async () => {
    const { subscriptionId: subject } = await world.subscription();
    expect(
      await feed(zone, [
        { subject, time: '2018-11-04T01:00:00-02:00' },
        { subject, time: '2018-11-03T23:59:59-03:00' },
      ]),
    ).toEqual(['accepted 2018-11-04 1', 'accepted 2018-11-03 1']);
    world.clock.freeze('2019-02-17T12:00:00-03:00');
    await world.run();
    expect(
      await feed(zone, [
        { subject, time: '2019-02-16T23:30:00-02:00' },
        { subject, time: '2019-02-16T23:30:00-03:00' },
        { subject, time: '2019-02-17T00:00:00-03:00' },
      ]),
    ).toEqual(['accepted 2019-02-16 1', 'accepted 2019-02-16 1', 'accepted 2019-02-17 1']);
    const { days } = await world.balance(subject);
    expect(days.slice(-2)).toEqual([
      { on: '2019-02-16', usedBytes: 2 * MB },
      { on: '2019-02-17', usedBytes: MB },
    ]);
  });
});

describe('in Tokyo', () => {
  const zone = 'Asia/Tokyo';
  beforeAll(async () => {
    await world.close();
    await database.close();
    database = await testDatabase();
    world = createGiftWorld(database, '2028-02-29T12:00:00+09:00');
  });

  test('over a leap day, out of order, in one batch: each in its month, and late only where the month was closed', async () => {
    world.clock.freeze('2028-02-29T12:00:00+09:00');
    const { subscriptionId: subject } = await world.subscription();
    world.clock.freeze('2028-03-01T00:10:00+09:00');
    const session = { mode: 'cumulative', session: 's' };
    expect(
      await feed(zone, [
        { subject, time: '2028-02-29T23:59:59+09:00' },
        { subject, time: '2028-03-01T00:00:00+09:00', ...session, downlinkBytes: 5 * MB },
        { subject, time: '2028-02-29T23:59:59+09:00', ...session, downlinkBytes: 3 * MB },
        { subject, time: '2028-02-29T23:59:58+09:00' },
      ]),
    ).toEqual([
      'accepted 2028-02-29 1',
      'accepted 2028-03-01 5',
      'accepted 2028-02-29 late 0',
      'accepted 2028-02-29 late 1',
    ]);
    expect(await world.left(subject)).toEqual({ 'carry-over': 3 * GB - 7 * MB, base: 3 * GB });
  });

  test('the turn of the month says how far it is, and goes on where it stopped', async () => {
    world.clock.freeze('2028-04-10T12:00:00+09:00');
    const subscriptions = [await world.subscription(), await world.subscription(), await world.subscription()];
    world.clock.freeze('2028-05-01T00:00:00+09:00');
    const family = createDataFamily(testOperator);
    const fail = () => Promise.reject(new Error('the power failed'));
    const stopped = { submit: fail, inBulk: fail, stop: async () => undefined };
    const job = { sql: world.sql, family, calendar: createCalendar(zone), baseBytesOf: baseBytesIn(testOperator) };
    await expect(turnOfTheMonth({ ...job, ledger: stopped }).run(world.clock.now())).rejects.toThrow('power');
    expect(await findMonthTurn(world.sql, '2028-05')).toMatchObject({ done: 0, finishedAt: null });
    await feed(zone, [{ subject: subscriptions[0]?.subscriptionId ?? '', time: '2028-05-01T00:00:00+09:00' }]);
    world.clock.freeze('2028-05-01T00:00:20+09:00');
    await expect(turnOfTheMonth({ ...job, ledger: stopped }).run(world.clock.now())).rejects.toThrow('power');
    expect(await findMonthTurn(world.sql, '2028-05')).toMatchObject({ done: 1, finishedAt: null });
    await turnOfTheMonth({ ...job, ledger: world.otherLedger() }).run(world.clock.now());
    const [{ count } = { count: 0 }] = await world.sql.query<{ count: number }>('select count(*) from subscription');
    const turned = await findMonthTurn(world.sql, '2028-05');
    expect(turned).toMatchObject({ total: count, done: count });
    expect([turned?.startedAt, turned?.finishedAt].map(String)).toEqual([
      '2028-04-30T15:00:00Z',
      '2028-04-30T15:00:20Z',
    ]);
    world.clock.freeze('2028-05-02T00:00:00+09:00');
    await world.run();
    expect(await findMonthTurn(world.sql, '2028-05')).toEqual(turned);
  });

  test('single uses are forgotten after their days, what is counted stays, and nothing is counted twice', async () => {
    const counted = '2028-06-10T12:00:00+09:00';
    world.clock.freeze(counted);
    const { subscriptionId: subject } = await world.subscription();
    const records = [
      { subject, id: 'delta', time: '2028-06-10T11:00:00+09:00' },
      { subject, id: 'reading', time: '2028-06-10T11:00:00+09:00', mode: 'cumulative', session: 's' },
    ];
    await feed(zone, records);
    const slice = await world.data.reserve({
      requestId: newId(),
      subscriptionId: subject,
      bytes: MB,
      validForSeconds: 60,
    });
    const reservationId = slice.ok && slice.answer.result === 'reserved' ? slice.answer.reservationId : '';
    await world.data.settleSlice({ subscriptionId: subject, reservationId, usedBytes: MB, endedAt: null });
    const kept = async () => {
      const [row] = await world.sql.query<
        Record<'counters' | 'slices' | 'records' | 'answers' | 'told' | 'conflicts', number>
      >(
        `select (select count(*) from usage_counter where subscription_id = $1) as counters,
                (select count(*) from data_reservation where subscription_id = $1) as slices,
                (select count(*) from usage_record where counted_at >= $2) as records,
                (select count(*) from ledger_answer where answered_at >= $2 and answer ~ 'reserved|settled') as answers,
                (select count(*) from network_event where subscription_id = $1) as told,
                (select count(*) from usage_conflict where subscription_id = $1) as conflicts`,
        [subject, counted],
      );
      return row;
    };
    // One that the network has heard, and one that it has not.
    for (const state of ['delivered', 'waiting'])
      await world.sql.query(
        `insert into network_event (network_event_id, type, subscription_id, at, payload, state, delivered_at)
         values ($1, 'data.throttle.lifted', $2, $3, '{}', $4, $3)`,
        [newId(), subject, counted, state],
      );
    await world.sql.query(
      `insert into usage_conflict (usage_conflict_id, source, event_id, subscription_id, received_at, record)
       values ($1, 'gw', 'contradicted', $2, $3, '{}')`,
      [newId(), subject, counted],
    );
    const forget = forgetSingleUses({ sql: world.sql, keptDays: testOperator.usage.keptDays });
    world.clock.freeze('2028-07-20T10:00:00+09:00');
    await forget.run(world.clock.now());
    expect(await kept()).toEqual({ counters: 1, slices: 1, records: 2, answers: 2, told: 2, conflicts: 1 });
    expect(await feed(zone, records)).toEqual(['duplicate 2028-06-10 1', 'duplicate 2028-06-10 1']);

    world.clock.freeze('2028-07-21T13:00:00+09:00');
    expect(await forget.run(world.clock.now())).toBeGreaterThan(0);
    expect(await kept()).toEqual({ counters: 0, slices: 0, records: 0, answers: 0, told: 0, conflicts: 0 });
    expect(await feed(zone, records)).toEqual(['too-old', 'too-old']);
    const [day] = await world.sql.query<{ used: number }>(
      'select used_bytes as used from data_usage_daily where subscription_id = $1',
      [subject],
    );
    expect(day?.used).toBe(3 * MB);
    expect(await forget.run(world.clock.now())).toBe(0);
  });

  test('what people were told of their data is forgotten 400 days later, what nobody was told yet is not', async () => {
    const { subscriptionId } = await world.subscription();
    const told = world.clock.now();
    for (const [kind, toldAt] of [
      ['low', told.toString()],
      ['empty', null],
    ])
      await world.sql.query(
        `insert into data_notice (notice_id, subscription_id, kind, about, facts, noticed_at, told_at)
         values ($1, $2, $3, 'a month', '{}', $4, $5)`,
        [newId(), subscriptionId, kind, told.toString(), toldAt],
      );
    const forget = forgetSingleUses({ sql: world.sql, keptDays: testOperator.usage.keptDays });
    const left = async () =>
      (
        await world.sql.query<{ kind: string }>(
          'select kind from data_notice where subscription_id = $1 order by kind desc',
          [subscriptionId],
        )
      ).map(({ kind }) => kind);
    await forget.run(told.add({ hours: 400 * 24 }));
    expect(await left()).toEqual(['low', 'empty']);
    await forget.run(told.add({ hours: 400 * 24, seconds: 1 }));
    expect(await left()).toEqual(['empty']);
  });

  test('behind the turn whoever opens is found at the next look, and whoever comes back at the next look at all', async () => {
    world.clock.freeze('2028-08-10T12:00:00+09:00');
    const { subscriptionId: back } = await world.subscription();
    const setEnd = (end: string | null) =>
      world.sql.query('update subscription set ended_at = $2 where subscription_id = $1', [back, end]);
    await setEnd('2028-08-20T00:00:00+09:00');
    const deps = { sql: world.sql, ledger: world.ledger, family: createDataFamily(testOperator) };
    const baseBytesOf = baseBytesIn(testOperator);
    const job = turnOfTheMonth({ ...deps, calendar: createCalendar(zone), baseBytesOf });
    const at = (time: string) => {
      world.clock.freeze(`2028-09-03T${time}+09:00`);
      return job.run(world.clock.now());
    };
    expect(await at('12:00:00')).toBeGreaterThan(0);
    const opening = async (opensAt: string) => {
      const id = newId();
      await world.sql.query(
        `insert into subscription (subscription_id, contractor_id, msisdn, plan_code, opens_at, created_at)
         select $1, contractor_id, $2, 'p3', $3, '2028-08-01T12:00:00+09:00' from contractor limit 1`,
        [id, `8160${opensAt.slice(11, 19).replaceAll(':', '')}`, opensAt],
      );
      return id;
    };
    const opened = await opening('2028-09-03T12:00:20+09:00');
    await setEnd(null);
    expect(await at('12:00:30')).toBe(1);
    expect(await world.left(opened)).toEqual({ base: 3 * GB });
    expect(await at('12:09:30')).toBe(0);
    expect(await at('12:10:00')).toBe(1);
    expect(await world.left(back)).toEqual({ base: 3 * GB, 'carry-over': 3 * GB });
    const { total, done } = (await findMonthTurn(world.sql, '2028-09')) ?? {};
    expect(done).toBe(total);
  });

  test('a turn of many portions is done once by several processes at once', async () => {
    world.clock.freeze('2028-10-10T12:00:00+09:00');
    const { contractorId } = await world.subscription();
    await world.sql.query(
      `insert into subscription (subscription_id, contractor_id, msisdn, plan_code, opens_at, created_at)
       select gen_random_uuid(), $1, '8170' || lpad(n::text, 8, '0'), 'p3', $2, $2 from generate_series(1, 700) as n`,
      [contractorId, world.clock.now().toString()],
    );
    await world.run();
    world.clock.freeze('2028-11-01T00:00:00+09:00');
    const deps = { sql: world.sql, family: createDataFamily(testOperator), calendar: createCalendar(zone) };
    const processes = Array.from({ length: 3 }, () =>
      turnOfTheMonth({ ...deps, ledger: world.otherLedger(), baseBytesOf: baseBytesIn(testOperator) }),
    );
    await Promise.all(processes.map((job) => job.run(world.clock.now())));
    const { total, done, finishedAt } = (await findMonthTurn(world.sql, '2028-11')) ?? {};
    expect([done, finishedAt?.toString()]).toEqual([total, world.clock.now().toString()]);
    expect(await grantsAt(world.clock.now().toString())).toEqual({ count: total, of: total });
  });

  test.each([
    ['2029-02', 'answer lost'],
    ['2029-03', 'commit late'],
    ['2029-04', 'commit lost'],
  ] as const)(
    'the turn into %s, whose portion meets with “%s”, is done once by the next run',
    async (month, accident) => {
      world.clock.freeze(`2029-0${Number(month.at(-1)) - 1}-20T12:00:00+09:00`);
      await world.run();
      world.clock.freeze(`${month}-01T00:00:00+09:00`);
      const wire = await createUnreliableWire(database.url);
      const broken = openDatabase({ url: wire.url });
      const ledger = createLedger({ pool: broken.pool, clock: world.clock });
      const [family, calendar] = [createDataFamily(testOperator), createCalendar(zone)];
      const job = turnOfTheMonth({ sql: world.sql, ledger, family, calendar, baseBytesOf: baseBytesIn(testOperator) });
      wire.next = accident;
      await expect(job.run(world.clock.now())).rejects.toThrow();
      await job.run(world.clock.now());
      const { total, done } = (await findMonthTurn(world.sql, month)) ?? {};
      const granted = await grantsAt(world.clock.now().toString());
      expect([wire.accidents, done, granted]).toEqual([1, total, { count: total, of: total }]);
      await ledger.stop();
      await broken.close();
      await wire.close();
    },
  );
});

/** How many months were granted at a moment, and to how many. */
async function grantsAt(at: string) {
  const [row] = await world.sql.query<{ count: number; of: number }>(
    `select count(*) as count, count(distinct to_owner_id) as of from ledger_entry
     where at = $1 and reason = 'plan-grant'`,
    [at],
  );
  return row;
}
