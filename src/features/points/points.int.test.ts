import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { testDatabase } from '../../../tests/support/database.ts';
import { createPointWorld, type PointWorld } from '../../../tests/support/point-world.ts';
import { newId } from '../../base/ids.ts';
import { type Database, inTransaction } from '../../infra/db/index.ts';
import { grantMonths } from './grant-months.ts';
import { contractorsOf, givenLately, linkedAccounts } from './view-store.ts';

let database: Database;
let world: PointWorld;

beforeAll(async () => {
  database = await testDatabase();
  world = createPointWorld(database, '2026-11-05T12:00:00+09:00');
});
afterEach(async () => expect(await world.faults()).toEqual([]));
afterAll(async () => {
  await world.close();
  await database.close();
});

const answerOf = (submitted: Awaited<ReturnType<PointWorld['give']>>) => (submitted.ok ? submitted.answer : submitted);

describe('the grant of a month', () => {
  test('comes on the 10th, to those linked at midnight on the 1st, once', async () => {
    const from = '2026-10-05T12:00:00+09:00';
    const [linked, punctual, late, undone, gone, unlinked] = [
      await world.contractor(),
      await world.contractor(),
      await world.contractor(),
      await world.contractor(),
      await world.contractor(),
      await world.contractor(),
    ];
    for (const id of [linked, punctual, late, undone, gone, unlinked]) await world.subscription(id);
    await world.subscription(linked, { planCode: 'p6' });
    await world.link(linked, { from });
    await world.link(punctual, { from: '2026-11-01T00:00:00+09:00' });
    await world.link(late, { from: '2026-11-01T00:00:01+09:00' });
    await world.link(undone, { from, until: '2026-11-01T00:00:01+09:00' });
    await world.link(gone, { from, until: '2026-11-01T00:00:00+09:00' });

    world.clock.freeze('2026-11-09T23:59:59+09:00');
    await world.grant();
    expect(await world.balance(linked)).toBe(0);

    world.clock.freeze('2026-11-10T00:00:00+09:00');
    await world.grant();
    await world.grant();
    // 1 % of 980 + 1,700, floored once.
    expect(await world.balance(linked)).toBe(26);
    expect(await Promise.all([punctual, late, undone, gone, unlinked].map(world.balance))).toEqual([9, 0, 9, 0, 0]);
    expect(await world.history(linked)).toEqual(['granted 26']);
  });

  test('counts a subscription that ended in the month, and none that ended before or opened after', async () => {
    const contractorId = await world.contractor();
    await world.link(contractorId);
    await world.subscription(contractorId, { planCode: 'p3', endedAt: '2026-11-01T00:00:01+09:00' });
    await world.subscription(contractorId, { planCode: 'p6', endedAt: '2026-11-01T00:00:00+09:00' });
    await world.subscription(contractorId, { planCode: 'p12', opensAt: '2026-12-01T00:00:00+09:00' });
    world.clock.freeze('2026-12-10T00:00:00+09:00');
    await world.grant();
    expect(await world.balance(contractorId)).toBe(9);
  });

  test('is made up for when the program stood still, in order', async () => {
    const { contractorId } = await world.person();
    world.clock.freeze('2027-03-15T12:00:00+09:00');
    await world.grant();
    const rows = await world.sql.query<{ about: string }>(
      `select about from point_event where contractor_id = $1 order by event_id`,
      [contractorId],
    );
    expect(rows.map(({ about }) => about)).toEqual(['2026-12', '2027-01', '2027-02']);
  });

  test('goes on where it was stopped: whoever is killed between portions grants nobody twice and nobody never', async () => {
    const people = await Promise.all(Array.from({ length: 600 }, () => world.person()));
    world.clock.freeze('2027-04-10T00:00:00+09:00');
    const { sql, ledger, family, operator } = world;
    let marks = 0;
    const dying = {
      async query<Row>(text: string, values?: readonly unknown[]) {
        // The first time nothing of the portion is noted, the second time everything is and the run dies after it.
        if (text.includes('update point_grant_run set through') && ++marks === 1) throw new Error('killed');
        const rows = await sql.query<Row>(text, values);
        if (text.includes('update point_grant_run set through') && marks === 2) throw new Error('killed');
        return rows;
      },
    };
    const run = grantMonths({ sql: dying, ledger, family, operator });
    await expect(run.run(world.clock.now())).rejects.toThrow('killed');
    await expect(run.run(world.clock.now())).rejects.toThrow('killed');
    const [half] = await sql.query<{ contractors: number }>(
      `select contractors from point_grant_run where month = '2027-03' and done_at is null`,
    );
    expect(half?.contractors).toBe(256);
    await run.run(world.clock.now());
    const granted = await sql.query<{ points: number; entries: number }>(
      `select sum(points)::int as points, count(*)::int as entries from point_event
       where about = '2027-03' and contractor_id = any($1::uuid[])`,
      [people.map(({ contractorId }) => contractorId)],
    );
    expect(granted).toEqual([{ points: 600 * 9, entries: 600 }]);
    expect(await run.run(world.clock.now())).toBe(0);
  });

  test('two processes at once grant once', async () => {
    const { contractorId } = await world.person();
    world.clock.freeze('2027-05-10T00:00:00+09:00');
    const { sql, family, operator } = world;
    const run = (ledger = world.ledger) => grantMonths({ sql, ledger, family, operator }).run(world.clock.now());
    await Promise.all([run(), run(world.otherLedger()), run(world.otherLedger())]);
    expect(await world.balance(contractorId)).toBe(9);
  });

  test('goes by the plan that counted in the month, whenever a change was written down', async () => {
    const contractorId = await world.contractor();
    await world.link(contractorId);
    const id = await world.subscription(contractorId, { planCode: 'p3' });
    // From June on p12; the job that writes it into the subscription has run by July.
    await world.sql.query(
      `insert into plan_change (plan_change_id, subscription_id, takes_effect_in, from_plan_code, from_option_codes,
         to_plan_code, to_option_codes, asked_at, asked_by, state)
       values ($1, $2, '2027-06', 'p3', '{}', 'p12', '{}', $3, 'contractor', 'waiting')`,
      [newId(), id, world.clock.now().toString()],
    );
    world.clock.freeze('2027-06-10T00:00:00+09:00');
    await world.grant();
    await world.sql.query(`update plan_change set state = 'applied', settled_at = $1 where subscription_id = $2`, [
      world.clock.now().toString(),
      id,
    ]);
    await world.sql.query(`update subscription set plan_code = 'p12' where subscription_id = $1`, [id]);
    world.clock.freeze('2027-07-10T00:00:00+09:00');
    await world.grant();
    expect(await world.history(contractorId)).toEqual(['granted 9', 'granted 27']);
  });
});

describe('how long points live', () => {
  test('180 days from the last time any were earned, the last day whole; then they end, once', async () => {
    world.clock.freeze('2027-06-01T12:00:00+09:00');
    const contractorId = await world.contractor();
    await world.give(contractorId, 100);
    expect((await world.end(contractorId))?.toString()).toBe('2027-11-28T15:00:00Z');
    world.clock.freeze('2027-07-01T12:00:00+09:00');
    await world.give(contractorId, 5);
    const end = await world.end(contractorId);
    expect(end?.toString()).toBe('2027-12-28T15:00:00Z');
    world.clock.freeze('2027-12-28T23:59:59+09:00');
    expect(await world.balance(contractorId)).toBe(105);
    await world.expire();
    expect(await world.balance(contractorId)).toBe(105);
    world.clock.freeze('2027-12-29T00:00:00+09:00');
    expect(await world.balance(contractorId)).toBe(0);
    await world.expire();
    await world.expire();
    expect(await world.history(contractorId)).toEqual(['goodwill 100', 'goodwill 5', 'expired -105']);
  });

  test('what has ended is not prolonged by what comes before the job has seen it', async () => {
    const contractorId = await world.contractor();
    await world.give(contractorId, 100);
    world.clock.freeze('2028-12-01T12:00:00+09:00');
    await world.give(contractorId, 7);
    expect(await world.balance(contractorId)).toBe(7);
    expect(await world.history(contractorId)).toEqual(['goodwill 100', 'expired -100', 'goodwill 7']);
  });
});

describe('goodwill', () => {
  test('is given once, with its reason and a record', async () => {
    const { contractorId } = await world.person();
    const asked = { requestId: newId(), contractorId, points: 30, reason: 'お待たせしたお詫び', staff: 'suzuki' };
    expect(answerOf(await world.actions.giveGoodwill(asked))).toEqual({ result: 'done', points: 30, balance: 30 });
    expect(await world.actions.giveGoodwill(asked)).toMatchObject({ isReplay: true });
    expect(await world.actions.giveGoodwill({ ...asked, points: 31 })).toEqual({
      ok: false,
      code: 'request-id-reused',
    });
    const records = await world.sql.query(
      `select actor_id, detail from audit_log where action = 'points.goodwill-given' and contractor_id = $1`,
      [contractorId],
    );
    expect(records).toEqual([{ actor_id: 'suzuki', detail: { points: 30 } }]);
  });

  test.each([0, -1, 1.5, 1_000_001])('%s points are refused', async (points) => {
    const { contractorId } = await world.person();
    expect(answerOf(await world.give(contractorId, points))).toEqual({ result: 'refused', code: 'not-an-amount' });
  });

  test('counts against what staff may give alone for thirty days; what was earned does not', async () => {
    const { contractorId } = await world.person({ points: 100 });
    const given = () => givenLately(world.sql, { contractorId, now: world.clock.now(), except: newId() });
    const invited = { kind: 'invitation', requestId: newId(), contractorId, points: 7, part: 'invited' } as const;
    await world.ledger.submit(world.family, invited);
    world.clock.advance('PT719H59M');
    expect(await given()).toBe(100);
    world.clock.advance('PT1M');
    expect(await given()).toBe(0);
  });

  test('nobody unknown is given anything', async () => {
    expect(answerOf(await world.give(newId(), 10))).toEqual({ result: 'refused', code: 'unknown-contractor' });
  });
});

test('whoever is linked no more sees no points and gets no stickers', async () => {
  const { contractorId } = await world.person({ points: 50 });
  const former = await world.link(contractorId, { until: world.clock.now().toString() });
  expect(await contractorsOf(world.sql, former)).toEqual([]);
  expect((await linkedAccounts(world.sql, contractorId)).map(({ lineUserId }) => lineUserId)).not.toContain(former);
});

describe('a month’s bill', () => {
  const month = '2028-11';
  const use = (bills: { contractorId: string; spendableYen: number }[], in_ = month) =>
    inTransaction(database.db, async (tx) => [...(await world.actions.useOnBills(tx, in_, bills)).values()]);

  test('takes what each contractor set, in one go, once', async () => {
    const people = await Promise.all([1, 2, 3, 4].map(() => world.person({ points: 500 })));
    const [none, all, fixed, little] = people.map(({ contractorId }) => contractorId);
    if (!none || !all || !fixed || !little) throw new Error('four people');
    await world.actions.changeBillSetting(all, { use: 'all' });
    await world.actions.changeBillSetting(fixed, { use: 'fixed', points: 120 });
    await world.actions.changeBillSetting(little, { use: 'all' });
    const bills = [none, all, fixed, little].map((contractorId, index) => ({
      contractorId,
      spendableYen: index === 3 ? 83 : 983,
    }));
    expect(await use(bills)).toEqual([0, 500, 120, 83]);
    expect(await use(bills)).toEqual([0, 500, 120, 83]);
    expect(await Promise.all([none, all, fixed, little].map(world.balance))).toEqual([500, 0, 380, 417]);
    await expect(use([{ contractorId: all, spendableYen: 10 }])).rejects.toThrow('request-id-reused');
  });

  test('and its points stand or fall together', async () => {
    const { contractorId } = await world.person({ points: 50 });
    await world.actions.changeBillSetting(contractorId, { use: 'all' });
    const closing = inTransaction(database.db, async (tx) => {
      await world.actions.useOnBills(tx, month, [{ contractorId, spendableYen: 900 }]);
      throw new Error('the bill could not be made');
    });
    await expect(closing).rejects.toThrow('could not be made');
    expect(await world.balance(contractorId)).toBe(50);
    expect(await use([{ contractorId, spendableYen: 900 }])).toEqual([50]);
  });

  test('gives back what it took too much, never more, never twice', async () => {
    const { contractorId } = await world.person({ points: 50 });
    await world.actions.changeBillSetting(contractorId, { use: 'all' });
    await use([{ contractorId, spendableYen: 40 }]);
    const back = (points: number, requestId = newId()) =>
      world.actions.returnFromBill({ requestId, contractorId, month, points });
    expect(answerOf(await back(41))).toEqual({ result: 'refused', code: 'more-than-was-used' });
    const requestId = newId();
    expect(answerOf(await back(30, requestId))).toEqual({ result: 'done', points: 30, balance: 40 });
    expect(await back(30, requestId)).toMatchObject({ isReplay: true });
    expect(answerOf(await back(11))).toEqual({ result: 'refused', code: 'more-than-was-used' });
    expect(answerOf(await back(10))).toMatchObject({ result: 'done', balance: 50 });
  });

  test('what comes back lives as long as what is there, and else thirty days', async () => {
    world.clock.freeze('2029-01-10T12:00:00+09:00');
    const { contractorId } = await world.person({ points: 50 });
    await world.actions.changeBillSetting(contractorId, { use: 'all' });
    await use([{ contractorId, spendableYen: 50 }], '2028-12');
    world.clock.freeze('2029-08-01T12:00:00+09:00');
    await world.actions.returnFromBill({ requestId: newId(), contractorId, month: '2028-12', points: 20 });
    expect((await world.end(contractorId))?.toString()).toBe('2029-08-31T15:00:00Z');
  });
});

describe('a month granted to many together', () => {
  const grantAlone = (contractorId: string, month: string) =>
    world.ledger.submit(world.family, {
      kind: 'grant',
      requestId: `grant:${month}:${contractorId}`,
      contractorId,
      month,
    });

  test('each gets what it gets by itself', async () => {
    const noMonthsBefore = `insert into point_grant_run (month, started_at, done_at) values ('2029-11', now(), now())`;
    await world.sql.query(noMonthsBefore);
    const kinds = [
      'new',
      'holding',
      'spent',
      'with goodwill',
      'with both',
      'ended',
      'unlinked',
      'of no plan',
      'of two',
    ];
    async function cast(): Promise<string[]> {
      const ids: string[] = [];
      for (const kind of kinds) {
        const contractorId = await world.contractor();
        await world.subscription(contractorId, kind === 'of no plan' ? { planCode: 'a plan of former days' } : {});
        if (kind === 'of two') await world.subscription(contractorId, { planCode: 'p6' });
        await world.link(contractorId, kind === 'unlinked' ? { until: '2030-01-01T00:00:00+09:00' } : {});
        ids.push(contractorId);
      }
      return ids;
    }
    world.clock.freeze('2029-06-10T12:00:00+09:00');
    const [together, alone] = [await cast(), await cast()];
    for (const [, holding = '', spent = '', goodwill = '', both = '', ended = ''] of [together, alone]) {
      world.clock.freeze('2029-06-10T12:00:00+09:00');
      await world.give(ended, 300);
      world.clock.freeze('2029-11-10T12:00:00+09:00');
      await Promise.all([goodwill, both].map((contractorId) => world.give(contractorId, 50)));
      await Promise.all([holding, spent, both].map((contractorId) => grantAlone(contractorId, '2029-10')));
      await world.actions.changeBillSetting(spent, { use: 'all' });
      await inTransaction(world.db, (tx) =>
        world.actions.useOnBills(tx, '2029-10', [{ contractorId: spent, spendableYen: 900 }]),
      );
    }

    world.clock.freeze('2030-01-10T00:00:00+09:00');
    await Promise.all(alone.map((contractorId) => grantAlone(contractorId, '2029-12')));
    await world.grant();
    for (const [i, kind] of kinds.entries()) {
      expect([kind, await booksOf(together[i] ?? '')]).toEqual([kind, await booksOf(alone[i] ?? '')]);
    }
    expect(await Promise.all(together.map(world.balance))).toEqual([9, 18, 9, 59, 68, 9, 0, 0, 26]);
  });
});

/** All that is written of a contractor's points, without ids. */
async function booksOf(contractorId: string): Promise<unknown> {
  const [books] = await world.sql.query<{ books: unknown }>(
    `select json_build_object(
       'lots', (select json_agg(json_build_array(unit, kind, remaining, granted_at, expires_at) order by lot_id)
                from ledger_lot where owner_id = $1),
       'entries', (select json_agg(json_build_array(at, request_scope, reason, unit, amount, from_lot_after, to_lot_after)
                                   order by entry_id)
                   from ledger_entry where $1 in (from_owner_id, to_owner_id)),
       'events', (select json_agg(json_build_array(at, kind, points, balance_after, about, detail->>'month', tell_at) order by event_id)
                  from point_event where contractor_id = $1 and kind <> 'goodwill')) as books`,
    [contractorId],
  );
  return books;
}
