import { afterAll, describe, expect, test } from 'vitest';
import { type Person, prepayWorld } from '../../../tests/support/prepay-world.ts';
import { newId } from '../../base/ids.ts';

const { world, ask, left } = await prepayWorld();
afterAll(() => world.close());

describe('an adjustment', () => {
  const end = { endDateTime: '2026-12-31T15:00:00Z' };
  const adjustOf = (one: Person, change: object = {}) => ({
    amount: { amount: 200, units: 'MB' },
    usageType: 'data',
    bucket: { id: `${one.subscriptionId}.gift` },
    validFor: end,
    reason: 'A mast was down for a day',
    ...change,
  });
  const takeOf = (one: Person, amount: number) =>
    adjustOf(one, { amount: { amount, units: 'MB' }, bucket: { id: one.subscriptionId }, validFor: undefined });

  test('only asks: nothing moves before one of the staff approves, and it can be withdrawn until then', async () => {
    const one = await world.subscription();
    const key = { 'idempotency-key': newId() };
    const asks = await Promise.all(Array.from({ length: 4 }, () => ask('POST', '/adjustBalance', adjustOf(one), key)));
    expect(new Set(asks.map(({ status, json }) => `${status} ${json.id}`)).size).toBe(1);
    const [first] = asks;
    expect(first?.json).toMatchObject({
      status: 'created',
      adjustType: 'oneTime',
      amount: { amount: 200, units: 'MB' },
    });
    expect(await left(one)).toEqual({ amount: 3_000, units: 'MB' });
    const waiting = () =>
      world.database.pool.query<{ state: string; asked_by: string | null }>(
        'select state, asked_by from four_eyes_request where subscription_id = $1',
        [one.subscriptionId],
      );
    expect((await waiting()).rows).toEqual([{ state: 'waiting', asked_by: null }]);
    const cancel = () => ask('PATCH', `/adjustBalance/${first?.json.id}`, { status: 'cancelled', reason: 'A slip' });
    for (const { status, json } of [await cancel(), await cancel()]) {
      expect([status, json.status, json.note]).toEqual([200, 'cancelled', 'A slip']);
    }
    expect((await waiting()).rows).toEqual([{ state: 'withdrawn', asked_by: null }]);
    expect(await left(one)).toEqual({ amount: 3_000, units: 'MB' });
  });

  test('takes away in the order of use, so from the subscription and not from one of its buckets', async () => {
    const one = await world.subscription();
    const asked = await ask('POST', '/adjustBalance', takeOf(one, -3_000));
    expect(asked.json).toMatchObject({
      status: 'created',
      amount: { amount: -3_000, units: 'MB' },
      bucket: { id: one.subscriptionId, href: expect.stringContaining('/accumulatedBalance/') },
    });
  });

  test.each<[string, (one: Person) => object, number, string]>([
    ['of nothing', (one) => takeOf(one, 0), 400, 'amountInvalid'],
    ['for no reason', (one) => adjustOf(one, { reason: 'why' }), 400, 'invalidRequest'],
    ['that adds without an end', (one) => adjustOf(one, { validFor: undefined }), 400, 'kind-and-end-missing'],
    [
      'that has ended',
      (one) => adjustOf(one, { validFor: { endDateTime: '2026-11-18T05:00:00Z' } }),
      400,
      'already-ended',
    ],
    [
      'that hardly ends',
      (one) => adjustOf(one, { validFor: { endDateTime: '2030-01-01T00:00:00Z' } }),
      400,
      'too-far-away',
    ],
    ['that takes more than there is', (one) => takeOf(one, -3_001), 409, 'not-enough-data'],
    [
      'that takes from one bucket',
      (one) => ({ ...takeOf(one, -1), bucket: { id: `${one.subscriptionId}.base` } }),
      400,
      'bucketNotForAdjust',
    ],
    ['that adds to none', (one) => adjustOf(one, { bucket: { id: one.subscriptionId } }), 400, 'bucketNotForAdjust'],
    [
      'of a number that is another’s',
      (one) => adjustOf(one, { logicalResource: [{ id: '+819099999999' }] }),
      404,
      'notFound',
    ],
  ])('%s is refused, and nobody is asked', async (_, asked, status, code) => {
    const one = await world.subscription();
    const refused = await ask('POST', '/adjustBalance', asked(one));
    expect([refused.status, refused.json.code]).toEqual([status, code]);
    const { rows } = await world.database.pool.query('select 1 from four_eyes_request where subscription_id = $1', [
      one.subscriptionId,
    ]);
    expect(rows).toEqual([]);
  });
});
