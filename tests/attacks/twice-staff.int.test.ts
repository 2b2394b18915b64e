import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { StaffRole } from './people.ts';
import { objectIn } from './routes.ts';
import { type AttackWorld, attackWorld } from './world.ts';

let world: AttackWorld;
let objects: Readonly<Record<string, string>>;
beforeAll(async () => {
  world = await attackWorld();
  const ids = Object.fromEntries(
    (await world.run('select login_id, staff_id from staff')).map((row) => [
      String(row.login_id),
      String(row.staff_id),
    ]),
  );
  for (const role of ['agent', 'supervisor', 'admin'] as const) {
    const look = { form: { reason: 'お客さまからのお電話', page: 'links' } };
    await world.ask('POST', `/console/customers/${world.family.contractorId}/look`, world.askers[role], look);
  }
  objects = { ...world.objects, ...(await staffsThings(ids.agent ?? '')), staffMember: ids.auditor ?? '' };
});
afterAll(() => world.close());

const AT_ONCE = 8;
const REASON = 'お客さまのご希望';

/** What a member of staff has of their own, and what waits for staff: one of each. */
async function staffsThings(staffId: string): Promise<Record<string, string>> {
  const now = world.clock.now().toString();
  const { contractorId } = world.family;
  const [staffPasskey = '', spare = ''] = [0, 1].map(() => randomBytes(32).toString('base64url'));
  for (const credentialId of [staffPasskey, spare]) {
    await world.run(
      `insert into passkey (credential_id, owner_kind, owner_id, public_key, counter, transports, created_at)
       values ($1, 'staff', $2, '', 0, '{}', $3)`,
      [credentialId, staffId, now],
    );
  }
  const [staffSession, request, lost, over, conflict, event] = Array.from({ length: 6 }, () => randomUUID());
  await world.run(
    `insert into staff_session (session_id, secret_hash, staff_id, created_at, seen_at) values ($1, $2, $3, $4, $4)`,
    [staffSession, randomBytes(32), staffId, now],
  );
  const asked = { form: { requestId: request ?? '', points: '5000', reason: REASON } };
  await world.ask('POST', `/console/customers/${contractorId}/points`, world.askers.agent, asked);
  for (const [id, error] of [
    [lost, '400 bad'],
    [over, '429 monthly limit'],
  ]) {
    await world.run(
      `insert into outbox (outbox_id, line_user_id, kind, body, state, last_error, created_at, next_attempt_at)
       values ($1, 'U-canary-owner', 'message', '[]', 'failed', $2, $3, $3)`,
      [id, error, now],
    );
  }
  await world.run(
    `insert into usage_conflict (usage_conflict_id, source, event_id, subscription_id, received_at, record)
     values ($1, 'test', 'one', $2, $3, '{}')`,
    [conflict, world.objects.own, now],
  );
  await world.run(
    `insert into line_event (webhook_event_id, line_user_id, event_type, occurred_at, received_at, next_attempt_at, payload, parked_at)
     values ($1, 'U-canary-owner', 'message', $2, $2, $2, '{}', $2)`,
    [event, now],
  );
  const found = { staffPasskey, staffSession, request, lost, conflict, event };
  return Object.fromEntries(Object.entries(found).map(([name, id]) => [name, String(id)]));
}

/** As in `twice.int.test.ts`: who of the staff sends the form, where, what is typed, and the rows that it makes. */
const FORMS: readonly [role: StaffRole, path: string, form: Record<string, string>, effect: string][] = [
  ['agent', '/console/account/passkeys/remove', { credentialId: '@staffPasskey' }, deeds('staff.passkey-removed')],
  ['agent', '/console/account/sign-out', { sessionId: '@staffSession' }, deeds('staff.others-signed-out')],
  ['agent', '/console/account', { publicName: '井上' }, `staff where public_name = '井上'`],
  ['agent', '/console/customers/@contractor/links/@link', { reason: REASON }, deeds('linking.user-unlinked')],
  ['agent', '/console/subscriptions/@own/link-code', { reason: REASON }, deeds('linking.code-reissued')],
  ['agent', '/console/customers/@contractor/points', { points: '100', reason: REASON }, deeds('points.goodwill%')],
  ['agent', '/console/customers/@contractor/points', { points: '4000', reason: REASON }, deeds('staff.request-asked')],
  ['agent', '/console/feed/conflicts/@conflict', { reason: REASON }, deeds('data.usage-conflict-removed')],
  ['agent', '/console/inbox/@conversation', { act: 'take' }, `conversation where staff_id is not null`],
  ['supervisor', '/console/requests/@request', { decision: 'approve', note: '' }, deeds('staff.request-approved')],
  ['supervisor', '/console/messages/@lost', { reason: REASON }, deeds('official-account.message-sent-again')],
  ['supervisor', '/console/messages/events/@event', { reason: REASON }, deeds('official-account.event-retried')],
  [
    'supervisor',
    '/console/messages/over-allowance/again',
    { reason: REASON },
    deeds('official-account.messages-sent-again'),
  ],
  [
    'supervisor',
    '/console/entry-codes/new',
    { purpose: '春のキャンペーン', count: '3', lastDay: '2026-12-31' },
    'entry_code_batch',
  ],
  ['agent', '/console/orders/@application', { event: 'take', version: '1' }, deeds('orders.take%')],
  ['admin', '/console/staff/@staffMember/role', { role: 'agent' }, deeds('staff.role-changed')],
  ['admin', '/console/staff/@staffMember/close', {}, deeds('staff.account-closed')],
  ['admin', '/console/partners/demo-shop/suspend', {}, `partner where suspended_at is not null`],
];

function deeds(action: string): string {
  return `audit_log where action like '${action}'`;
}

test.each(FORMS)(
  'of %s: %s, sent eight times at once and once more, is done once and answered alike',
  async (role, path, form, effect) => {
    const fill = (text: string) => text.replaceAll(/(?<!\w)@\w+/g, (name) => objectIn(name, objects));
    const count = async () => Number((await world.run(`select count(*) as count from ${effect}`))[0]?.count);
    const filled = Object.fromEntries(Object.entries(form).map(([name, value]) => [name, fill(value)]));
    const sent = { form: { requestId: randomUUID(), ...filled } };
    const before = await count();
    const tap = () => world.ask('POST', fill(path), world.askers[role], sent);
    const answers = await Promise.all(Array.from({ length: AT_ONCE }, tap));
    // One that was on its way for long: it arrives when all is done.
    answers.push(await tap());
    const seen = new Set(answers.map(({ status, location }) => `${status} ${location}`));
    expect({ done: (await count()) - before, seen: [...seen] }).toEqual({
      done: 1,
      seen: [expect.stringMatching(/^303 \/console\/(?!sign-in|confirm|customers\/[\w-]+\/look)/)],
    });
  },
);
