import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { whileHeld } from '../../../tests/support/held.ts';
import { type StaffWorld, staffWorld } from '../../../tests/support/staff.ts';
import { newId } from '../../base/ids.ts';
import { accept, refuse } from '../../base/refusal.ts';
import { runnerOf } from '../../infra/db/index.ts';
import type { FourEyesKind } from './index.ts';

/** Something a feature might let one ask for and another approve: it leaves a mark, and can refuse after it did. */
const marking: FourEyesKind = {
  kind: 'test.mark',
  describe: (request) => ({ title: `印をつける ${request.payload.mark}`, rows: [{ term: '印', value: 'ひとつ' }] }),
  async apply(tx, request) {
    await runnerOf(tx).query(`insert into try_block values ('mark', $1, now())`, [`${request.payload.mark}`]);
    if (request.payload.breaks) throw new Error('a mark that breaks');
    return request.payload.fails ? refuse('cannot-mark') : accept(null);
  },
  refused: (code) => `できません（${code}）`,
};

let world: StaffWorld;
beforeAll(async () => {
  world = await staffWorld({ kinds: [marking] });
});
afterAll(() => world.close());

async function marks(mark: string): Promise<number> {
  const { rows } = await world.database.pool.query<{ count: number }>(
    `select count(*)::integer as count from try_block where limit_name = 'mark' and subject = $1`,
    [mark],
  );
  return rows[0]?.count ?? 0;
}

async function asked(
  by: 'agent' | 'supervisor' | 'admin',
  payload: Record<string, string | boolean>,
  about: { contractorId?: string; subscriptionId?: string } = {},
) {
  const requestId = newId();
  const request = { requestId, kind: 'test.mark', payload, reason: 'お客さまの申し出', by: world.member(by), ...about };
  expect((await world.staff.ask(request)).ok).toBe(true);
  return { requestId, path: `/console/requests/${requestId}` };
}

describe('what needs two people', () => {
  test('a reason is asked for', async () => {
    const request = { requestId: newId(), kind: 'test.mark', payload: {}, reason: ' だめ ', by: world.member('agent') };
    expect(await world.staff.ask(request)).toEqual(refuse('reason-missing'));
  });

  test('is seen, approved by another and done; the page says who', async () => {
    const { contractorId } = await world.contractor('asked-about');
    const { subscriptionId } = await world.subscription(contractorId);
    const { path, requestId } = await asked('agent', { mark: 'one' }, { contractorId, subscriptionId });
    const supervisor = await world.signIn('supervisor');
    expect((await supervisor.get('/console')).text).toContain('1件待っています');
    const page = await supervisor.get(path);
    expect(page.text).toContain('<h1>印をつける one</h1>');
    expect(page.text).toContain('お客さまの申し出');
    const answer = await supervisor.post(path, { decision: 'approve', note: '確認しました' });
    expect([answer.status, answer.location]).toEqual([303, `${path}?done=approved`]);
    expect(await marks('one')).toBe(1);
    expect((await supervisor.get(path)).text).toContain('上田 責任');
    expect((await supervisor.get('/console')).text).not.toContain('件待っています');
    const { rows } = await world.database.pool.query(
      `select action, actor_id as by, contractor_id as contractor, subscription_id as subscription
       from audit_log where detail ->> 'requestId' = $1 order by audit_id`,
      [requestId],
    );
    const about = { contractor: contractorId, subscription: subscriptionId };
    expect(rows).toEqual([
      { action: 'staff.request-asked', by: world.member('agent').staffId, ...about },
      { action: 'staff.request-approved', by: world.member('supervisor').staffId, ...about },
    ]);
  });

  test('not by whoever asked, not by an agent or auditor, and not twice', async () => {
    const own = await asked('supervisor', { mark: 'own' });
    const supervisor = await world.signIn('supervisor');
    const page = await supervisor.get(own.path);
    expect(page.text).toContain('承認をお願いしました。別の責任者か管理者が決めます。');
    expect((await supervisor.post(own.path, { decision: 'approve', note: '' })).status).toBe(409);
    for (const other of ['agent', 'auditor'] as const) {
      const browser = await world.signIn(other);
      expect((await browser.get(own.path)).text).not.toContain('value="approve"');
      expect((await browser.post(own.path, { decision: 'approve', note: '' })).status).toBe(404);
    }
    expect(await marks('own')).toBe(0);
    const admin = await world.signIn('admin');
    expect((await admin.post(own.path, { decision: 'approve', note: '' })).status).toBe(303);
    // Tapped twice it is answered as once; what was decided stays, whoever else comes and whatever else is wished.
    expect((await admin.post(own.path, { decision: 'approve', note: '' })).location).toContain('done=approved');
    expect((await admin.post(own.path, { decision: 'refuse', note: '' })).status).toBe(409);
    expect(await marks('own')).toBe(1);
  });

  test('of two yes at once, one counts', async () => {
    const { requestId, path } = await asked('agent', { mark: 'race' });
    const browsers = [await world.signIn('supervisor'), await world.signIn('admin')];
    const hold = {
      text: 'select from four_eyes_request where request_id = $1 for update',
      values: [requestId],
      waiting: 2,
    };
    const answers = await whileHeld(world.database.pool, hold, () =>
      Promise.all(browsers.map((browser) => browser.post(path, { decision: 'approve', note: '' }))),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 409]);
    expect(await marks('race')).toBe(1);
  });

  test.each([newId(), 'nonsense'])('there is nothing to decide at %s', async (id) => {
    const supervisor = await world.signIn('supervisor');
    expect((await supervisor.post(`/console/requests/${id}`, { decision: 'approve', note: '' })).status).toBe(404);
  });

  test('what breaks is no refusal: it leaves nothing behind and goes on waiting', async () => {
    const { path } = await asked('agent', { mark: 'broken', breaks: true });
    const supervisor = await world.signIn('supervisor');
    const said = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    expect((await supervisor.post(path, { decision: 'approve', note: '' })).status).toBe(500);
    said.mockRestore();
    expect(await marks('broken')).toBe(0);
    expect((await supervisor.post(path, { decision: 'refuse', note: '' })).status).toBe(303);
  });

  test('what cannot be done leaves nothing behind, says why, and goes on waiting', async () => {
    const { path } = await asked('agent', { mark: 'half', fails: true });
    const supervisor = await world.signIn('supervisor');
    const answer = await supervisor.post(path, { decision: 'approve', note: '' });
    expect([answer.status, answer.text]).toEqual([409, expect.stringContaining('できません（cannot-mark）')]);
    expect(await marks('half')).toBe(0);
    expect((await supervisor.post(path, { decision: 'refuse', note: 'やめます' })).status).toBe(303);
    expect((await supervisor.get(path)).text).toContain('やめます');
  });

  test('the same request id asked again is the same request', async () => {
    const requestId = newId();
    const request = {
      requestId,
      kind: 'test.mark',
      payload: { mark: 'same' },
      reason: '二度押し',
      by: world.member('agent'),
    };
    await Promise.all([1, 2, 3].map(() => world.staff.ask({ ...request, reason: '二度押しです' })));
    expect(await world.count('audit_log', `detail ->> 'requestId' = '${requestId}'`)).toBe(1);
  });

  test('the database itself refuses one person in both places', async () => {
    const { requestId } = await asked('admin', { mark: 'db' });
    const both = `update four_eyes_request set state = 'approved', decided_by = asked_by, decided_at = now() where request_id = '${requestId}'`;
    await expect(world.database.pool.query(both)).rejects.toHaveProperty('code', '23514');
  });
});

describe('a look at a customer', () => {
  test('needs a reason, is on record, and stays open for half an hour', async () => {
    const { contractorId } = await world.contractor('looked-at');
    const staff = world.member('agent');
    expect(await world.staff.recordLook({ staff, contractorId, reason: ' ' })).toEqual(refuse('reason-missing'));
    expect(await world.staff.isLookOpen(staff, { contractorId })).toBe(false);
    expect(await world.staff.recordLook({ staff, contractorId, reason: '料金のお問い合わせ' })).toEqual(accept(null));
    expect(await world.staff.isLookOpen(staff, { contractorId })).toBe(true);
    expect(await world.staff.isLookOpen(world.member('admin'), { contractorId })).toBe(false);
    const another = await world.contractor('not-looked-at');
    expect(await world.staff.isLookOpen(staff, { contractorId: another.contractorId })).toBe(false);
    expect(
      await world.count(
        'audit_log',
        `action = 'staff.looked' and contractor_id = '${contractorId}' and actor_kind = 'staff'`,
      ),
    ).toBe(1);
    world.clock.advance('PT30M');
    expect(await world.staff.isLookOpen(staff, { contractorId })).toBe(false);
  });

  test('an open conversation is reason enough', async () => {
    const { contractorId } = await world.contractor('talks');
    const { subscriptionId } = await world.subscription(contractorId);
    const look = { staff: world.member('agent'), subscriptionId, conversationId: newId() };
    expect(await world.staff.recordLook(look)).toEqual(accept(null));
    expect(await world.staff.isLookOpen(look.staff, { subscriptionId })).toBe(true);
  });
});
