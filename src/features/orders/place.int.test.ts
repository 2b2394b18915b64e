import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ordersAlone } from '../../../tests/support/alone.ts';
import { type LinkingWorld, linkingWorld } from '../../../tests/support/linking.ts';
import { testOperator } from '../../../tests/support/operator.ts';
import { application, newContractor } from '../../../tests/support/orders.ts';
import { newId } from '../../base/ids.ts';
import { runnerOf } from '../../infra/db/index.ts';
import { type Application, createOrders, type Orders } from './index.ts';

let world: LinkingWorld;
let orders: Orders;
beforeAll(async () => {
  world = await linkingWorld();
  const { clock, contractors, secrets, database } = world;
  orders = createOrders({
    db: database.db,
    clock,
    operator: testOperator,
    contractors,
    secrets,
    publicUrl: 'https://my.example.jp',
    isSecure: true,
    canMail: true,
    linking: world.linking,
    provisioning: null,
    ...ordersAlone,
  });
});
afterAll(() => world.close());

const sql = () => runnerOf(world.database.db);
let people = 0;
/** Somebody else each time, so that nobody reaches a limit by accident. */
const somebody = () => {
  people += 1;
  return newContractor({ name: { family: '山本', given: `恵${people}` }, mail: `p${people}@example.jp` });
};
const apply = (given: Partial<Application> = {}) =>
  orders.place(application({ requestId: newId(), contractor: somebody(), ...given }));

describe('placing', () => {
  test('keeps what was applied for, sealed, with its history', async () => {
    const placed = await apply();
    if (!placed.ok) throw new Error(placed.code);
    const { orderId, application: kept } = placed.value;
    expect(placed.value).toMatchObject({ state: 'acknowledged', version: 1, contractorId: null });
    expect((await orders.order(sql(), orderId))?.application).toEqual(kept);
    expect((await orders.changesOf(sql(), orderId)).map(({ event, toState }) => [event, toState])).toEqual([
      ['place', 'acknowledged'],
    ]);
    const { rows } = await world.database.pool.query<{ text: string }>(
      `select concat_ws(' ', (select json_agg(o) from product_order o), (select json_agg(c) from product_order_change c),
         (select json_agg(t) from product_order_trait t), (select json_agg(a) from audit_log a)) as text`,
    );
    for (const canary of ['山本', 'ヤマモト', '神宮前', '1111-2222', 'example.jp', '1991-04-12', '4F1A22'])
      expect(rows[0]?.text).not.toContain(canary);
  });

  test('eight times at once is one order, and every answer names it', async () => {
    const asked = application({ requestId: newId(), contractor: somebody() });
    const answers = await Promise.all(Array.from({ length: 8 }, () => orders.place(asked)));
    const ids = new Set(answers.map((answer) => (answer.ok ? answer.value.orderId : answer.code)));
    expect(ids.size).toBe(1);
    const [orderId = ''] = ids;
    expect(await orders.changesOf(sql(), orderId)).toHaveLength(1);
    expect(await orders.place({ ...asked, simKind: 'sim' })).toEqual({ ok: false, code: 'request-id-reused' });
  });

  test('a contractor never has more than five, orders under way counted, also of eight at once', async () => {
    const { contractorId } = await world.contractor('many');
    for (let n = 0; n < 2; n += 1) await world.subscription(contractorId);
    await world.subscription(contractorId, { endedAt: '-PT1H' });
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => apply({ contractor: { kind: 'existing', contractorId }, payment: null })),
    );
    expect(answers.filter(({ ok }) => ok)).toHaveLength(3);
    expect(answers.filter((answer) => !answer.ok && answer.code === 'too-many-subscriptions')).toHaveLength(5);
  });

  test('nor somebody who is no contractor yet, by name and birth date', async () => {
    const contractor = somebody();
    const answers = await Promise.all(Array.from({ length: 8 }, () => apply({ contractor })));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(5);
  });

  test('a number is brought along by one order alone, and not when somebody has it', async () => {
    const number = { kind: 'one-stop', phoneNumber: '09077778888' } as const;
    const answers = await Promise.all(Array.from({ length: 8 }, () => apply({ number })));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    const { contractorId } = await world.contractor('has-it');
    const { subscriptionId } = await world.subscription(contractorId);
    const [held] = (await world.contractors.subscriptions(sql(), [subscriptionId])).values();
    const phoneNumber = `0${held?.msisdn.slice(2)}`;
    expect(await apply({ number: { kind: 'one-stop', phoneNumber } })).toEqual({ ok: false, code: 'number-taken' });
  });

  test.each<[string, Partial<Application>, string]>([
    ['a voice plan without an identity', { identity: null }, 'identity-missing'],
    ['a plan nobody sells', { planCode: 'p99' }, 'plan-not-sold'],
    ['an option of other plans', { planCode: 'p500m', optionCodes: ['kakeho10'] }, 'option-not-for-plan'],
    ['an unknown contractor', { contractor: { kind: 'existing', contractorId: newId() } }, 'contractor-unknown'],
    ['a contractor id that is none', { contractor: { kind: 'existing', contractorId: 'x' } }, 'contractor-unknown'],
    ['not a number', { number: { kind: 'one-stop', phoneNumber: '12' } }, 'number-malformed'],
  ])('%s is refused and leaves nothing', async (_, given, code) => {
    const before = (await orders.search(sql(), { limit: 1 })).total;
    expect(await apply(given)).toEqual({ ok: false, code });
    expect((await orders.search(sql(), { limit: 1 })).total).toBe(before);
  });
});

test('an order is taken back once, and then counts no more', async () => {
  const number = { kind: 'one-stop', phoneNumber: '09066665555' } as const;
  const placed = await apply({ number });
  if (!placed.ok) throw new Error(placed.code);
  const asked = { orderId: placed.value.orderId, actor: { kind: 'applicant' } } as const;
  const answers = await Promise.all(Array.from({ length: 4 }, () => orders.cancel(asked)));
  expect(answers.map((answer) => answer.ok && answer.value.state)).toEqual(Array(4).fill('cancelled'));
  expect((await orders.changesOf(sql(), asked.orderId)).map(({ event }) => event)).toEqual(['place', 'cancel']);
  expect((await apply({ number })).ok).toBe(true);
  expect(await orders.cancel({ ...asked, orderId: newId() })).toEqual({ ok: false, code: 'not-found' });
});
