import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { testDatabase } from '../../../tests/support/database.ts';
import { createGiftWorld, type GiftWorld } from '../../../tests/support/gift-world.ts';
import { testOperator } from '../../../tests/support/operator.ts';
import { GB, MB } from '../../base/bytes.ts';
import { newId } from '../../base/ids.ts';
import type { Database } from '../../infra/db/index.ts';
import { createLedger } from '../../ledger/index.ts';
import { createBalanceReader } from './balance/balance-reader.ts';
import { loadUsableLots } from './balance/balance-store.ts';
import { createDataFamily } from './batch/family.ts';
import { createCalendar } from './rules/calendar.ts';
import { countUses } from './usage/count-uses.ts';
import { keyed } from './usage/request-key.ts';

let database: Database;
let world: GiftWorld;

beforeAll(async () => {
  database = await testDatabase();
  world = createGiftWorld(database, '2026-04-10T12:00:00+09:00');
});
afterEach(async () => expect(await world.faults()).toEqual([]));
afterAll(async () => {
  await world.close();
  await database.close();
});

const tokyo = (local: string) => `${local}+09:00`;

function use(subscriptionId: string, bytes: number, endedAt: string, requestId = newId()) {
  const amount = { mode: 'delta' as const, bytes };
  return world.data.recordUse({ requestId, subscriptionId, endedAt, isZeroRated: false, amount });
}

describe('use', () => {
  test('draws, is shown on its day, and the same record counts once however often it comes at once', async () => {
    const { subscriptionId } = await world.subscription();
    const requestId = newId();
    const record = () => use(subscriptionId, 100 * MB, tokyo('2026-04-09T23:59:59'), requestId);
    const results = await Promise.all(Array.from({ length: 20 }, record));
    expect(results.filter((result) => result.ok && !result.isReplay)).toHaveLength(1);
    for (const result of results) expect(result).toEqual({ ...results[0], isReplay: result.ok && result.isReplay });
    const balance = await world.balance(subscriptionId);
    expect(balance.totalBytes).toBe(2_900 * MB);
    expect(balance.todayBytes).toBe(0);
    expect(balance.monthBytes).toBe(100 * MB);
    expect(balance.days.at(-2)).toEqual({ on: '2026-04-09', usedBytes: 100 * MB });
    expect(balance.days).toHaveLength(30);
  });

  test('beyond what is there is over, not below zero, and a top-up is there at once', async () => {
    const { subscriptionId } = await world.subscription({ planCode: 'p500m' });
    const answer = await use(subscriptionId, 600 * MB, tokyo('2026-04-10T11:00:00'));
    expect(answer).toMatchObject({ answer: { drawnBytes: 500 * MB, overBytes: 100 * MB } });
    await world.data.topUp({ requestId: newId(), subscriptionId, amountBytes: GB });
    expect(await world.left(subscriptionId)).toEqual({ 'top-up': GB });
  });

  test('lots that can be used are one’s own, hold something and have not ended', async () => {
    const { subscriptionId } = await world.subscription();
    await world.subscription();
    await use(subscriptionId, 3 * GB, tokyo('2026-04-10T11:00:00'));
    await world.data.topUp({ requestId: newId(), subscriptionId, amountBytes: GB });
    const [lot, ...others] = await loadUsableLots(world.sql, subscriptionId, world.clock.now());
    expect([lot?.kind, lot?.remaining, others]).toEqual(['top-up', GB, []]);
    const end = lot?.expiresAt ?? world.clock.now();
    expect(await loadUsableLots(world.sql, subscriptionId, end.subtract({ milliseconds: 1 }))).toHaveLength(1);
    expect(await loadUsableLots(world.sql, subscriptionId, end)).toEqual([]);
  });

  test('zero-rated use is counted and draws nothing', async () => {
    const { subscriptionId } = await world.subscription();
    const amount = { mode: 'delta' as const, bytes: GB };
    const at = { requestId: newId(), subscriptionId, endedAt: tokyo('2026-04-10T10:00:00') };
    await world.data.recordUse({ ...at, isZeroRated: true, amount });
    const balance = await world.balance(subscriptionId);
    expect(balance.totalBytes).toBe(3 * GB);
    expect(balance.todayBytes).toBe(GB);
  });

  test('fifty records at once draw exactly what there is', async () => {
    const { subscriptionId } = await world.subscription();
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => use(subscriptionId, 100 * MB, tokyo('2026-04-10T10:00:00'))),
    );
    const sum = (key: 'drawnBytes' | 'overBytes') =>
      answers.reduce((bytes, { ok, ...rest }) => {
        const answer = ok && 'answer' in rest ? rest.answer : undefined;
        return bytes + (answer?.result === 'used' ? answer[key] : 0);
      }, 0);
    expect([sum('drawnBytes'), sum('overBytes')]).toEqual([3 * GB, 2 * GB]);
    expect(await world.left(subscriptionId)).toEqual({});
  });
});

describe('look-ups asked for at once', () => {
  const readerOn = (query: typeof world.sql.query) =>
    createBalanceReader({
      sql: { query },
      calendar: createCalendar(testOperator.timeZone),
      now: () => world.clock.now(),
    });

  test('go in three statements, and each is answered with its own', async () => {
    const [one, other] = [await world.subscription(), await world.subscription({ planCode: 'p12' })];
    let statements = 0;
    const read = readerOn((text, values) => {
      statements += 1;
      return world.sql.query(text, values);
    });
    const asked = [one, other, one].map(({ subscriptionId }) => subscriptionId);
    const balances = await Promise.all(asked.map(read));
    expect(balances.map(({ subscriptionId, totalBytes }) => [subscriptionId, totalBytes])).toEqual([
      [one.subscriptionId, 3 * GB],
      [other.subscriptionId, 12 * GB],
      [one.subscriptionId, 3 * GB],
    ]);
    expect(statements).toBe(3);
    const strangers = await Promise.all(Array.from({ length: 300 }, () => read(newId())));
    expect(new Set(strangers.map(({ totalBytes }) => totalBytes))).toEqual(new Set([0]));
    expect(statements).toBe(9);
  });

  test('all fail with the database, and the next are asked anew', async () => {
    let isGone = true;
    const gone = () => Promise.reject(new Error('the database is gone'));
    const read = readerOn((text, values) => (isGone ? gone() : world.sql.query(text, values)));
    const failed = await Promise.allSettled([read(newId()), read(newId())]);
    expect(failed.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    isGone = false;
    expect((await read(newId())).totalBytes).toBe(0);
  });
});

describe('records that are counted together', () => {
  test('of which a rule cannot take one are counted without it, and are duplicates when they come again', async () => {
    const { subscriptionId } = await world.subscription();
    const family = createDataFamily(testOperator);
    const decide: typeof family.decide = (command, ...on) => {
      if (command.kind === 'use' && command.uses.some(({ requestId }) => requestId === 'use 5'))
        throw new Error('a bug');
      return family.decide(command, ...on);
    };
    const uses = Array.from({ length: 9 }, (_, i) =>
      keyed({
        requestId: `use ${i}`,
        subscriptionId,
        endedAt: tokyo('2026-04-10T10:00:00'),
        isZeroRated: false,
        amount: { mode: 'delta', bytes: MB },
      }),
    );
    const ledger = createLedger({ pool: database.pool, clock: world.clock });
    await expect(countUses<never>({ ledger, family: { ...family, decide } }, uses)).rejects.toThrow('a bug');
    await ledger.stop();
    expect((await world.balance(subscriptionId)).monthBytes).toBe(8 * MB);
    const again = await world.data.recordUses<never>(uses);
    expect(again.map(({ status }) => status)).toEqual(uses.map((_, i) => (i === 5 ? 'accepted' : 'duplicate')));
  });
});

describe('the turn of the month, at the second', () => {
  test('late and early records land in the right month whatever the order of arrival', async () => {
    world.clock.freeze(tokyo('2026-04-30T23:59:58'));
    const { subscriptionId } = await world.subscription();
    const other = await world.subscription();
    world.clock.freeze(tokyo('2026-05-01T00:00:05'));

    // Arrives after midnight, before the job: draws April's base as April had it.
    const april = await use(subscriptionId, GB, tokyo('2026-04-30T23:59:59'));
    expect(april).toMatchObject({ answer: { usedOn: '2026-04-30', isLate: false, overBytes: 0 } });
    // The first of May turns the month by itself and draws the carry-over.
    await use(subscriptionId, GB, tokyo('2026-05-01T00:00:00'));
    expect(await world.left(subscriptionId)).toEqual({ 'carry-over': GB, base: 3 * GB });
    // And now April is closed: counted in April, drawn from now, marked late.
    const late = await use(subscriptionId, 100 * MB, tokyo('2026-04-30T23:59:59'));
    expect(late).toMatchObject({ answer: { usedOn: '2026-04-30', isLate: true } });

    await world.run();
    await world.run();
    expect(await world.left(subscriptionId)).toEqual({ 'carry-over': 900 * MB, base: 3 * GB });
    expect(await world.left(other.subscriptionId)).toEqual({ 'carry-over': 3 * GB, base: 3 * GB });
    const { monthBytes, days } = await world.balance(subscriptionId);
    expect(monthBytes).toBe(GB);
    expect(days.slice(-2).map((day) => day.usedBytes)).toEqual([1_100 * MB, GB]);
  });

  test('a program that stood still makes up for every month, once, also when two jobs run at once', async () => {
    world.clock.freeze(tokyo('2026-05-10T12:00:00'));
    const { subscriptionId } = await world.subscription();
    world.clock.freeze(tokyo('2026-08-02T00:00:00'));
    await Promise.all([world.run(), world.run(), world.run()]);
    expect(await world.left(subscriptionId)).toEqual({ 'carry-over': 3 * GB, base: 3 * GB });
    const grants = await world.sql.query<{ count: number }>(
      `select count(*) from ledger_entry where to_owner_id = $1 and reason = 'plan-grant'`,
      [subscriptionId],
    );
    expect(grants[0]?.count).toBe(4);
  });

  test('together with many others each becomes what it becomes by itself', async () => {
    world.clock.freeze(tokyo('2027-01-10T12:00:00'));
    const kinds = ['quiet', 'using', 'dry', 'topped up', 'given to', 'changing', 'leaving', 'of no plan', 'opening'];
    const cast = async () => {
      const ids: string[] = [];
      for (const kind of kinds) {
        const planCode = kind === 'of no plan' ? 'a plan of former days' : 'p3';
        const opensAt = tokyo(kind === 'opening' ? '2027-03-01T00:00:30' : '2027-01-10T12:00:00');
        ids.push((await world.subscription({ planCode, opensAt })).subscriptionId);
      }
      return ids;
    };
    const [together, alone] = [await cast(), await cast()];
    world.clock.freeze(tokyo('2027-02-10T12:00:00'));
    await world.run();
    for (const [quiet = '', using = '', dry = '', toppedUp = '', givenTo = '', changing, leaving] of [
      together,
      alone,
    ]) {
      await use(using, 1_100 * MB, tokyo('2027-02-10T11:00:00'));
      await use(dry, 50 * GB, tokyo('2027-02-10T11:00:00'));
      await world.data.topUp({ requestId: newId(), subscriptionId: toppedUp, amountBytes: GB });
      await world.gifts.giveDirectly({
        requestId: newId(),
        senderSubscriptionId: quiet,
        receiverSubscriptionId: givenTo,
        amountBytes: 500 * MB,
      });
      await world.sql.query(
        `insert into plan_change (plan_change_id, subscription_id, takes_effect_in, from_plan_code, from_option_codes,
           to_plan_code, to_option_codes, asked_at, asked_by, state)
         values ($1, $2, '2027-03', 'p3', '{}', 'p12', '{}', now(), 'staff', 'waiting')`,
        [newId(), changing],
      );
      const end = tokyo('2027-03-01T00:00:00');
      await world.sql.query('update subscription set ended_at = $2 where subscription_id = $1', [leaving, end]);
    }

    world.clock.freeze(tokyo('2027-03-01T00:01:00'));
    const [other, family] = [world.otherLedger(), createDataFamily(testOperator)];
    for (const subscriptionId of alone) {
      await other.submit(family, {
        kind: 'turn',
        requestId: `turn:${subscriptionId}`,
        subscriptionId,
        month: '2027-03',
      });
    }
    await world.run();
    for (const [i, kind] of kinds.entries()) {
      expect([kind, await booksOf(together[i] ?? '')]).toEqual([kind, await booksOf(alone[i] ?? '')]);
    }
    expect(await world.left(together[5] ?? '')).toEqual({ 'carry-over': 3 * GB, base: 12 * GB });
  });

  test('a subscription that opens later has its data from the opening on', async () => {
    world.clock.freeze(tokyo('2026-08-10T12:00:00'));
    const { subscriptionId } = await world.subscription({ opensAt: tokyo('2026-09-01T00:00:00') });
    expect(await world.left(subscriptionId)).toEqual({});
    world.clock.freeze(tokyo('2026-08-31T23:59:59'));
    await world.run();
    expect(await world.left(subscriptionId)).toEqual({});
    world.clock.freeze(tokyo('2026-09-01T00:00:00'));
    await world.run();
    expect(await world.left(subscriptionId)).toEqual({ base: 3 * GB });
  });

  test('over a leap day', async () => {
    world.clock.freeze(tokyo('2028-02-29T23:59:59'));
    const { subscriptionId } = await world.subscription();
    await world.run();
    world.clock.freeze(tokyo('2028-03-01T00:00:00'));
    await world.run();
    const { buckets } = await world.balance(subscriptionId);
    expect(buckets.map((bucket) => [bucket.kind, bucket.expiresAt?.toString()])).toEqual([
      ['carry-over', '2028-03-31T15:00:00Z'],
      ['gift', undefined],
      ['base', '2028-04-30T15:00:00Z'],
      ['top-up', undefined],
    ]);
  });
});

/** All that is written of a subscription, without ids. */
async function booksOf(subscriptionId: string): Promise<unknown> {
  const [books] = await world.sql.query<{ books: unknown }>(
    `select json_build_object(
       'lots', (select json_agg(json_build_array(unit, kind, remaining, granted_at, expires_at) order by lot_id)
                from ledger_lot where owner_id = $1),
       'entries', (select json_agg(json_build_array(at, request_scope, reason, unit, amount, from_lot_after, to_lot_after)
                                   order by entry_id)
                   from ledger_entry where $1 in (from_owner_id, to_owner_id)),
       'months', (select json_agg(json_build_array(month, turned_at, plan_code) order by month)
                  from data_month where subscription_id = $1),
       'slowed', (select count(*) from data_throttle where subscription_id = $1),
       'told', (select json_agg(type order by position) from network_event where subscription_id = $1)) as books`,
    [subscriptionId],
  );
  return books;
}
