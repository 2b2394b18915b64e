import { afterAll, beforeAll, expect, test } from 'vitest';
import { type LinkingWorld, linkingWorld, PASSWORD } from '../../../tests/support/linking.ts';
import { newId } from '../../base/ids.ts';
import type { OutgoingEvent } from '../../infra/outside/standard-webhook.ts';
import { insertChanges } from './change-feed-store.ts';

let world: LinkingWorld;
let told: OutgoingEvent[] = [];
let isAway = false;
let isRefused = '';

beforeAll(async () => {
  world = await linkingWorld({
    async tellChange(event) {
      if (isAway) throw new Error('away');
      if (Reflect.get(event.data, 'contractorId') === isRefused) throw new Error('not this one');
      told.push(event);
    },
  });
});
afterAll(() => world.close());

async function run(name = 'contractors.tell-changes') {
  const job = world.contractors.jobs.find((each) => each.name === name);
  if (!job) throw new Error(`no job ${name}`);
  return job.run(world.clock.now());
}

/** What has been told since it was last asked, and of what. */
async function heard() {
  await run();
  const events = told.map(({ type, data }) => ({ type, ...data }));
  told = [];
  return events;
}

test('every change is told in order, with what is different and nothing of what it is now', async () => {
  const { contractors, clock, database } = world;
  const { contractorId } = await world.contractor('kato');
  const { subscriptionId } = await world.subscription(contractorId);
  expect(await heard()).toEqual([
    { type: 'contractor.created', contractorId },
    { type: 'subscription.created', contractorId, subscriptionId },
  ]);

  await contractors.changeContractor(contractorId, { name: '加藤', isIdentityVerified: true });
  await contractors.changeSubscription(subscriptionId, { userName: '加藤 花', userBirthDate: '2015-05-05' });
  await database.db.transaction().execute(async (tx) => {
    const { terms } = contractors;
    await contractors.registerUser(tx, { contractorId, subscriptionId, user: null });
    const subscription = await terms.lock(tx, { contractorId, subscriptionId });
    if (!subscription) throw new Error('it is not there');
    const to = { planCode: 'p6', optionCodes: [] };
    await terms.schedule(tx, clock.now(), { subscription, takesEffectIn: '2026-11', to, requestId: newId() });
    await terms.setEnd(tx, subscriptionId, clock.now().add({ hours: 24 }));
  });
  await run('contractors.apply-plan-changes');
  const of = { type: 'subscription.changed', contractorId, subscriptionId };
  expect(await heard()).toEqual([
    { type: 'contractor.changed', contractorId, fields: ['identityVerified', 'name'] },
    { ...of, fields: ['userBirthDate', 'userName'] },
    { ...of, fields: ['userName', 'userBirthDate'] },
    { ...of, fields: ['endedAt'] },
    { ...of, fields: ['planCode', 'optionCodes'] },
  ]);

  let code = '';
  const asked = { contractorId, email: 'new@example.jp', requestId: newId() };
  await contractors.askForEmail(asked, async (_, mail) => {
    code = mail.code;
  });
  expect(await heard()).toEqual([]);
  await contractors.confirmEmail({ contractorId, typed: code }, async () => undefined);
  expect(await heard()).toEqual([{ type: 'contractor.changed', contractorId, fields: ['email'] }]);
});

test('what is not taken waits and is counted; what fell with its transaction is not told', async () => {
  const { contractors, database } = world;
  isAway = true;
  const { contractorId } = await world.contractor('kudo');
  await expect(run()).rejects.toThrow('away');
  expect(await contractors.changes.waiting(world.sql)).toBe(1);
  const fallen = database.db.transaction().execute(async (tx) => {
    const made = { loginId: 'kubo', password: PASSWORD, name: '久保', email: 'kubo@example.jp' };
    await contractors.createContractor(made, tx);
    throw new Error('fallen');
  });
  await expect(fallen).rejects.toThrow('fallen');
  isAway = false;
  expect(await heard()).toEqual([]);
  world.clock.freeze(world.clock.now().add({ seconds: 3 }).toString());
  await run('contractors.tell-changes-again');
  expect(await heard()).toEqual([{ type: 'contractor.created', contractorId }]);
  expect(await contractors.changes.waiting(world.sql)).toBe(0);
});

test('a contractor of whom nothing is ever taken holds up nobody else, however much there is of them', async () => {
  const { contractors, clock } = world;
  const { contractorId: stuck } = await world.contractor('stuck');
  const { contractorId: other } = await world.contractor('other');
  await heard();
  const change = { type: 'contractor.changed' as const, subscriptionId: null, fields: ['name'] };
  const of = (contractorId: string, times: number) =>
    insertChanges(
      world.sql,
      clock.now(),
      Array.from({ length: times }, () => ({ ...change, contractorId })),
    );
  await of(stuck, 1_200);
  await of(other, 1);
  isRefused = stuck;
  await expect(run()).rejects.toThrow(`${stuck} (not this one)`);
  expect(told.map(({ data }) => data)).toEqual([{ contractorId: other, fields: ['name'] }]);
  told = [];
  expect(await contractors.changes.waiting(world.sql)).toBe(1_200);

  isRefused = '';
  clock.freeze(clock.now().add({ seconds: 3 }).toString());
  await run('contractors.tell-changes-again');
  await run();
  expect(told.length).toBe(1_200);
});

test('that a contractor is forgotten is told, and of nobody else', async () => {
  const { contractors, clock } = world;
  const [gone, stays] = [await world.contractor('gone'), await world.contractor('stays')];
  for (const { contractorId } of [gone, stays]) await world.subscription(contractorId);
  const [phone] = await contractors.subscriptionsOf(world.sql, gone.contractorId);
  await contractors.changeSubscription(phone?.subscriptionId ?? '', { endedAt: clock.now() });
  await heard();
  clock.freeze(
    clock
      .now()
      .add({ hours: 24 * 3 * 366 })
      .toString(),
  );
  await run('contractors.forget');
  expect(await heard()).toContainEqual({ type: 'contractor.forgotten', contractorId: gone.contractorId });
  expect((await contractors.contractor(world.sql, stays.contractorId))?.loginId).toBe('stays');
});
