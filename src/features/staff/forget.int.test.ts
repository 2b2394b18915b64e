import { afterAll, beforeAll, expect, test } from 'vitest';
import { type StaffWorld, staffWorld } from '../../../tests/support/staff.ts';

let world: StaffWorld;
beforeAll(async () => {
  world = await staffWorld();
});
afterAll(() => world.close());

const HALF_A_YEAR = { hours: 180 * 24 };

test('sessions of staff, ended or not, and looks are forgotten half a year after their last use; the record stays', async () => {
  const browser = await world.signIn('agent');
  expect((await browser.get('/console')).status).toBe(200);
  const { contractorId } = await world.contractor('looked-at-once');
  await world.staff.recordLook({ staff: world.member('agent'), contractorId, reason: '料金のお問い合わせ' });
  await world.sql.query('update staff_session set ended_at = seen_at');
  const [job] = world.staff.jobs;
  const after = world.clock.now().add(HALF_A_YEAR);
  const counts = async () => [await world.count('staff_session', 'true'), await world.count('staff_look', 'true')];
  expect(await job?.run(after.subtract({ minutes: 5 }))).toBe(0);
  expect(await counts()).toEqual([1, 1]);
  expect(await job?.run(after.add({ minutes: 5 }))).toBe(2);
  expect(await counts()).toEqual([0, 0]);
  expect(await world.count('audit_log', `action = 'staff.looked' and contractor_id = '${contractorId}'`)).toBe(1);
  expect(await world.count('audit_log', `action = 'staff.signed-in'`)).toBe(1);
});
