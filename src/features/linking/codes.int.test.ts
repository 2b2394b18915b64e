import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type LinkingWorld, linkingWorld } from '../../../tests/support/linking.ts';
import type { Session } from '../../infra/http/session.ts';

let world: LinkingWorld;
beforeAll(async () => {
  world = await linkingWorld();
});
afterAll(() => world.close());

let names = 0;
async function family() {
  names += 1;
  const { contractorId } = await world.contractor(`family${names}`, '山田 花');
  return world.subscription(contractorId);
}

function sessionOf(contractorId: string, provenAgo = 'PT0S'): Session {
  const provenAt = world.clock.now().subtract(provenAgo);
  return {
    sessionId: `s-${contractorId}-${provenAgo}`,
    contractorId,
    lineUserId: null,
    method: 'password',
    authenticatedAt: provenAt,
    createdAt: provenAt,
    provenAt,
    provenFor: null,
    isRested: false,
  };
}

describe('showing a code', () => {
  test('masked: the last four digits', async () => {
    const { subscriptionId, code } = await family();
    expect(await world.linking.linkCodes.shownMasked(subscriptionId)).toMatchObject({ lastFour: code().slice(-4) });
    expect(await world.linking.linkCodes.shownMasked('no id')).toBeNull();
  });

  test('whole: to its contractor within five minutes of a second proof; recorded each time, told once a sign-in', async () => {
    const { contractorId, subscriptionId, code } = await family();
    const person = await world.person('利用者');
    await world.linkUser(person, code());
    const session = sessionOf(contractorId);
    const reveal = () => world.linking.linkCodes.reveal({ contractorId, subscriptionId, session });
    expect(await reveal()).toMatchObject({ ok: true, value: { code: code() } });
    expect(await reveal()).toMatchObject({ ok: true });
    expect(
      await world.count('audit_log', `action = 'linking.code-revealed' and subscription_id = '${subscriptionId}'`),
    ).toBe(2);
    expect(await world.told(person)).toEqual([expect.stringContaining('利用コードが、マイページで表示されました')]);
  });

  test.each([
    ['PT5M', true],
    ['PT5M0.001S', false],
  ])('with a second proof %s ago: %s', async (ago, isShown) => {
    const { contractorId, subscriptionId } = await family();
    const session = sessionOf(contractorId, ago);
    const answer = await world.linking.linkCodes.reveal({ contractorId, subscriptionId, session });
    expect(answer.ok ? true : answer.code).toBe(isShown || 'second-proof-missing');
  });

  test('never with a password alone, however fresh', async () => {
    const { contractorId, subscriptionId } = await family();
    const session = { ...sessionOf(contractorId), provenAt: null };
    expect(await world.linking.linkCodes.reveal({ contractorId, subscriptionId, session })).toEqual({
      ok: false,
      code: 'second-proof-missing',
    });
  });

  test("another contractor's subscription is not there, nor with another's session", async () => {
    const [own, foreign] = [await family(), await family()];
    const { subscriptionId } = foreign;
    const reveal = (contractorId: string, session: Session) =>
      world.linking.linkCodes.reveal({ contractorId, subscriptionId, session });
    expect(await reveal(own.contractorId, sessionOf(own.contractorId))).toEqual({ ok: false, code: 'not-found' });
    expect(await reveal(foreign.contractorId, sessionOf(own.contractorId))).toEqual({ ok: false, code: 'not-found' });
  });
});

test('the talk tells the live codes of one’s own contracts alone, by their last four digits', async () => {
  const lineUserId = await world.person('契約者');
  const context = { db: world.database.db, now: world.clock.now(), eventId: 'e', lineUserId, displayName: null };
  const lastFour = async () =>
    (await world.linking.tellCodes({ ...context, language: 'ja' })).map((line) => /•••• (\d{4})/.exec(line)?.[1]);
  const { contractorId, subscriptionId } = await family();
  await family();
  const reissue = () =>
    world.linking.linkCodes.reissue({ contractorId, subscriptionId, undoLink: false, reason: null });
  await reissue();
  const present = await reissue();
  expect(await lastFour()).toEqual([]);
  await world.linkContractor(lineUserId, `family${names - 1}`);
  expect(await lastFour()).toEqual([present.ok && present.value.lastFour]);
  await world.linking.unlinkContractor({ contractorId, lineUserId, from: 'my-page' });
  expect(await lastFour()).toEqual([]);
});

describe('re-issuing a code', () => {
  /** Who is on record for the codes of a subscription that were re-issued. */
  async function recorded(subscriptionId: string) {
    const { rows } = await world.database.pool.query(
      `select actor_kind as kind, actor_id as id, k.issued_by as issued from audit_log a
       join link_code k on k.subscription_id = a.subscription_id and k.last_four = a.detail ->> 'lastFour'
       where action = 'linking.code-reissued' and a.subscription_id = $1 and k.revoked_at is null`,
      [subscriptionId],
    );
    return rows;
  }

  test('kills the old one at once, keeps the link, tells those concerned', async () => {
    const { contractorId, subscriptionId, code } = await family();
    const person = await world.person('利用者');
    await world.linkUser(person, code());
    const old = code();
    const answer = await world.linking.linkCodes.reissue({
      contractorId,
      subscriptionId,
      undoLink: false,
      reason: null,
    });
    expect(answer.ok && answer.value.code).not.toBe(old);
    await expect(world.linkUser(await world.person('前のコード'), old)).rejects.toThrow('使えません');
    expect(await world.linking.linkStateOf(world.sql, person)).toBe('user');
    expect(await world.told(person)).toEqual([expect.stringContaining('再発行されました')]);
    expect(await recorded(subscriptionId)).toEqual([{ kind: 'contractor', id: contractorId, issued: 'contractor' }]);
  });

  test('undoes the present link when asked to', async () => {
    const { contractorId, subscriptionId, code } = await family();
    const person = await world.person('なくした人');
    await world.linkUser(person, code());
    await world.linking.linkCodes.reissue({ contractorId, subscriptionId, undoLink: true, reason: 'lost' });
    expect(await world.linking.linkStateOf(world.sql, person)).toBe('nobody');
    expect(await world.told(person)).toHaveLength(2);
  });

  test('by staff, with a reason in the record', async () => {
    const { subscriptionId } = await family();
    const answer = await world.linking.linkCodes.reissue({
      staff: 'agent',
      subscriptionId,
      undoLink: false,
      reason: '電話',
    });
    expect(answer.ok).toBe(true);
    expect(await recorded(subscriptionId)).toEqual([{ kind: 'staff', id: 'agent', issued: 'staff' }]);
    expect(
      await world.count(
        'audit_log',
        `action = 'linking.code-reissued' and subscription_id = '${subscriptionId}' and actor_kind = 'staff' and detail ->> 'reason' = '電話'`,
      ),
    ).toBe(1);
  });

  test("another contractor's subscription is not there; one that ended gets none", async () => {
    const [own, foreign] = [await family(), await family()];
    const ask = (subscriptionId: string) =>
      world.linking.linkCodes.reissue({ contractorId: own.contractorId, subscriptionId, undoLink: true, reason: null });
    expect(await ask(foreign.subscriptionId)).toEqual({ ok: false, code: 'not-found' });
    expect(await ask('no id')).toEqual({ ok: false, code: 'not-found' });
    const gone = await world.subscription(own.contractorId, { endedAt: '-PT1H' });
    expect(await ask(gone.subscriptionId)).toEqual({ ok: false, code: 'ended' });
    const ending = await world.subscription(own.contractorId, { endedAt: 'PT1H' });
    expect(await ask(ending.subscriptionId)).toMatchObject({ ok: true });
  });

  test('five times a day, and the next day again; by the back office, too', async () => {
    const { subscriptionId } = await family();
    const ask = () =>
      world.linking.linkCodes.reissue({ isProvisioning: true, subscriptionId, undoLink: false, reason: null });
    for (let nth = 0; nth < 5; nth += 1) expect((await ask()).ok).toBe(true);
    expect(await recorded(subscriptionId)).toEqual([{ kind: 'provisioning', id: null, issued: 'provisioning' }]);
    expect(await ask()).toEqual({ ok: false, code: 'too-many-reissues' });
    world.clock.advance('PT24H');
    expect((await ask()).ok).toBe(true);
  });
});

describe('POST /api/v1/subscriptions/{id}/link-code', () => {
  const ask = (subscriptionId: string, headers: Record<string, string> = {}, body?: object) =>
    world.web.request(`/api/v1/subscriptions/${subscriptionId}/link-code`, {
      method: 'POST',
      headers: { authorization: 'Bearer the-key', ...(body ? { 'content-type': 'application/json' } : {}), ...headers },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
  const withKey = (key: string) => ({ authorization: 'Bearer the-key', 'idempotency-key': key });

  test('answers the new code, which works', async () => {
    const { subscriptionId } = await family();
    const answer = await ask(subscriptionId);
    expect(answer.status).toBe(201);
    const body = (await answer.json()) as { linkCode: string };
    expect(body).toMatchObject({ subscriptionId, linkCode: expect.stringMatching(/^\d{16}$/) });
    expect(await world.linkUser(await world.person('新'), body.linkCode)).not.toBeNull();
  });

  test('the same Idempotency-Key: the same code, issued once; after another re-issue it is gone', async () => {
    const { subscriptionId } = await family();
    const answers = [await ask(subscriptionId, withKey('k1')), await ask(subscriptionId, withKey('k1'))];
    const bodies = await Promise.all(answers.map((answer) => answer.json()));
    expect(bodies[1]).toEqual(bodies[0]);
    expect(await world.count('link_code', `subscription_id = '${subscriptionId}'`)).toBe(2);
    expect((await ask(subscriptionId, withKey('k1'), { undoLink: true })).status).toBe(422);
    await ask(subscriptionId);
    expect((await ask(subscriptionId, withKey('k1'))).status).toBe(409);
  });

  test.each([
    ['no key', { authorization: '' }, 401, 'unauthorized'],
    ['a wrong key', { authorization: 'Bearer the-kex' }, 401, 'unauthorized'],
  ])('%s', async (_what, headers, status, code) => {
    const { subscriptionId } = await family();
    const answer = await ask(subscriptionId, headers);
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(await answer.json()).toMatchObject({ code });
  });

  test('no such subscription; a body that fits no description; more than five a day', async () => {
    expect((await ask('01900000-0000-7000-8000-000000000000')).status).toBe(404);
    expect((await ask('nonsense')).status).toBe(404);
    const { subscriptionId } = await family();
    expect((await ask(subscriptionId, {}, { undoLinks: true })).status).toBe(400);
    for (let nth = 0; nth < 5; nth += 1) expect((await ask(subscriptionId)).status).toBe(201);
    const sixth = await ask(subscriptionId);
    expect(sixth.status).toBe(429);
    expect(await sixth.json()).toMatchObject({ code: 'too-many-reissues' });
  });
});
