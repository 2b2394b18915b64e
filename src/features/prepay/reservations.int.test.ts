import { afterAll, describe, expect, test } from 'vitest';
import { type Person, prepayWorld } from '../../../tests/support/prepay-world.ts';
import { newId } from '../../base/ids.ts';

const { world, ask, left } = await prepayWorld();
afterAll(() => world.close());

describe('a reservation', () => {
  const reserveOf = (one: Person, change: object = {}) => ({
    amount: { amount: 500, units: 'MB' },
    usageType: 'data',
    bucket: { id: one.subscriptionId },
    partyAccount: { id: one.contractorId },
    ...change,
  });
  const end = (id: string, body: object) => ask('PATCH', `/reserveBalance/${id}`, body);

  test('lends a slice once for its key; what was used ends it, and the rest comes back', async () => {
    const one = await world.subscription();
    const key = { 'idempotency-key': newId() };
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => ask('POST', '/reserveBalance', reserveOf(one), key)),
    );
    expect(new Set(answers.map(({ status, json }) => `${status} ${json.id}`)).size).toBe(1);
    const slice = answers[0]?.json;
    expect(slice).toMatchObject({
      status: 'created',
      amount: { amount: 500, units: 'MB' },
      bucket: { id: one.subscriptionId },
      partyAccount: { id: one.contractorId },
      validFor: { endDateTime: '2026-11-18T06:00:00Z' },
    });
    expect(await left(one)).toEqual({ amount: 2_500, units: 'MB' });
    const used = { status: 'completed', amount: { amount: 120, units: 'MB' } };
    for (const { status, json } of [await end(slice.id, used), await end(slice.id, used)]) {
      expect([status, json.status, json.usedValue]).toEqual([200, 'completed', { amount: 120, units: 'MB' }]);
    }
    expect(await left(one)).toEqual({ amount: 2_880, units: 'MB' });
    for (const other of [{ ...used, amount: { amount: 1, units: 'MB' } }, { status: 'cancelled' }]) {
      const { status, json } = await end(slice.id, other);
      expect([status, json.code]).toEqual([409, 'alreadyEnded']);
    }
    const { json: history } = await ask(
      'GET',
      `/balanceActionHistory?product.id=${one.subscriptionId}&reason=reserved`,
    );
    expect(history).toMatchObject([{ balanceAction: { id: slice.id }, amount: { amount: -500, units: 'MB' } }]);
  });

  test('comes back whole when it is cancelled; of less than was asked for, what there is is lent', async () => {
    const one = await world.subscription();
    const { json } = await ask('POST', '/reserveBalance', reserveOf(one, { amount: { amount: 9, units: 'GB' } }));
    expect(json.amount).toEqual({ amount: 3_000, units: 'MB' });
    const none = await ask('POST', '/reserveBalance', reserveOf(one));
    expect([none.status, none.json.code]).toEqual([409, 'nothing-left']);
    expect((await end(json.id, { status: 'cancelled', reason: 'No session' })).json.status).toBe('cancelled');
    expect(await left(one)).toEqual({ amount: 3_000, units: 'MB' });
  });

  test.each<[string, (one: Person) => object, number, string]>([
    [
      'from one bucket',
      (one) => reserveOf(one, { bucket: { id: `${one.subscriptionId}.base` } }),
      400,
      'bucketNotForReserve',
    ],
    [
      'for more than a day',
      (one) => reserveOf(one, { validFor: { endDateTime: '2026-11-19T05:00:01Z' } }),
      400,
      'validForInvalid',
    ],
    [
      'for a time that is over',
      (one) => reserveOf(one, { validFor: { endDateTime: '2026-11-18T05:00:00Z' } }),
      400,
      'validForInvalid',
    ],
    ['for another contractor', (one) => reserveOf(one, { partyAccount: { id: newId() } }), 404, 'notFound'],
    ['of nothing', (one) => reserveOf(one, { amount: { amount: 0, units: 'MB' } }), 400, 'amountInvalid'],
  ])('%s is refused', async (_, asked, status, code) => {
    const one = await world.subscription();
    const refused = await ask('POST', '/reserveBalance', asked(one));
    expect([refused.status, refused.json.code]).toEqual([status, code]);
    expect(await left(one)).toEqual({ amount: 3_000, units: 'MB' });
  });

  test('is ended with what was used, or with nothing: never with both', async () => {
    for (const body of [
      { status: 'completed' },
      { status: 'cancelled', amount: { amount: 1, units: 'MB' } },
      { status: 'completed', amount: { amount: -1, units: 'MB' } },
    ]) {
      expect((await end(newId(), body)).json.code).toBe('amountInvalid');
    }
    expect((await end(newId(), { status: 'cancelled' })).status).toBe(404);
  });
});
