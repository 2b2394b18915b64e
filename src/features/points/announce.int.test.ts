import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testDatabase } from '../../../tests/support/database.ts';
import { createPointWorld, type PointWorld } from '../../../tests/support/point-world.ts';
import type { Database } from '../../infra/db/index.ts';

let database: Database;
let world: PointWorld;
beforeAll(async () => {
  database = await testDatabase();
  world = createPointWorld(database, '2026-11-10T00:00:00+09:00');
});
afterAll(async () => {
  await world.close();
  await database.close();
});

async function told(lineUserId: string): Promise<string[]> {
  await world.announce();
  await world.announce();
  return world.told(lineUserId);
}

describe('what is told', () => {
  test('a grant in the morning, to everybody linked, in their language, once', async () => {
    const { contractorId, lineUserId } = await world.person();
    const partner = await world.link(contractorId, { language: 'en' });
    const former = await world.link(contractorId, { until: '2026-11-09T00:00:00+09:00' });
    await world.grant();
    expect(await told(lineUserId)).toEqual([]);
    world.clock.freeze('2026-11-10T10:00:00+09:00');
    const granted = ['ポイント 10月分の9ポイントが付きました。\n残高は9ポイントです（2027年5月9日まで）。'];
    expect(await told(lineUserId)).toEqual(granted);
    expect(await told(partner)).toEqual(['Points 9 points for October.\nYou have 9 points now, until 9 May 2027.']);
    expect(await told(former)).toEqual([]);
  });

  test('goodwill with its reason', async () => {
    const { lineUserId } = await world.person({ points: 100 });
    expect((await told(lineUserId))[0]).toContain('100ポイントを差し上げました（お詫び）。');
  });

  test('an end thirty and three days before its last day, in the morning, and afterwards', async () => {
    world.clock.freeze('2027-01-10T12:00:00+09:00');
    const { contractorId, lineUserId } = await world.person();
    await world.give(contractorId, 40);
    // 180 days from 10 January: 9 July.
    world.clock.freeze('2027-06-09T09:59:00+09:00');
    const before = await told(lineUserId);
    world.clock.freeze('2027-06-09T10:00:00+09:00');
    const ending = 'ポイント 40ポイントの有効期限は2027年7月9日です。お支払いやスタンプに使えます。';
    expect((await told(lineUserId)).slice(before.length)).toEqual([ending]);
    world.clock.freeze('2027-07-06T10:00:00+09:00');
    expect((await told(lineUserId)).slice(before.length)).toEqual([ending, ending]);
    world.clock.freeze('2027-07-10T00:00:00+09:00');
    await world.expire();
    world.clock.freeze('2027-07-10T10:00:00+09:00');
    expect((await told(lineUserId)).at(-1)).toBe('ポイント 40ポイントが、2027年7月9日で有効期限をむかえました。');
  });

  test('whoever hears of an end late hears of it once', async () => {
    world.clock.freeze('2027-08-01T12:00:00+09:00');
    const contractorId = await world.contractor();
    await world.give(contractorId, 40);
    // Nobody is linked: it is not noted as told.
    world.clock.freeze('2028-01-02T12:00:00+09:00');
    await world.announce();
    const early = await world.link(contractorId);
    expect((await told(early)).filter((said) => said.includes('有効期限は'))).toHaveLength(1);
    world.clock.freeze('2028-01-27T12:00:00+09:00');
    const lineUserId = await world.link(contractorId);
    expect((await told(lineUserId)).filter((said) => said.includes('有効期限は'))).toHaveLength(1);
  });

  test('nothing of a kind that was switched off', async () => {
    world.clock.freeze('2028-02-01T12:00:00+09:00');
    const { contractorId, lineUserId } = await world.person();
    await world.sql.query(
      `insert into notice_off (line_user_id, kind, off_since) values ($1, 'points-granted', now())`,
      [lineUserId],
    );
    await world.give(contractorId, 40);
    expect(await told(lineUserId)).toEqual([]);
  });
});
