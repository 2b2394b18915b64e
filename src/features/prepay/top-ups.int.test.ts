import { afterAll, describe, expect, test } from 'vitest';
import { type Person, prepayWorld, topUpOf } from '../../../tests/support/prepay-world.ts';
import { newId } from '../../base/ids.ts';

const { world, ask, left } = await prepayWorld();
afterAll(() => world.close());

describe('a top-up', () => {
  test('counts once for its key, however often and from how many sides at once; another under it is a conflict', async () => {
    const one = await world.subscription();
    const key = { 'idempotency-key': `key-${newId()}` };
    const answers = await Promise.all(Array.from({ length: 6 }, () => ask('POST', '/topupBalance', topUpOf(one), key)));
    expect(new Set(answers.map(({ status, json }) => `${status} ${json.id}`)).size).toBe(1);
    const [first] = answers;
    expect(first?.json).toMatchObject({
      status: 'completed',
      amount: { amount: 1_500, units: 'MB' },
      channel: { id: 'shop-7' },
    });
    expect(first?.headers.get('location')).toBe(first?.json.href);
    expect(await left(one)).toEqual({ amount: 4_500, units: 'MB' });
    const other = await ask('POST', '/topupBalance', topUpOf(one, { amount: 1, units: 'GB' }), key);
    expect([other.status, other.json.code]).toEqual([409, 'conflict']);
    expect((await ask('GET', `/topupBalance/${first?.json.id}`)).json).toEqual(first?.json);
    const list = await ask('GET', `/topupBalance?product.id=${one.subscriptionId}`);
    expect([list.json.length, list.headers.get('x-total-count')]).toEqual([1, '1']);
    const { rows } = await world.database.pool.query(
      `select (select count(*)::int from bill_charge where subscription_id = $1) as charges,
         (select count(*)::int from audit_log where action = 'data.topped-up' and subscription_id = $1) as records`,
      [one.subscriptionId],
    );
    expect(rows).toEqual([{ charges: 0, records: 1 }]);
  });

  test.each<[string, (one: Person) => object, number, string]>([
    ['no whole number of bytes', (one) => topUpOf(one, { amount: 0.5, units: 'B' }), 400, 'amountInvalid'],
    ['nothing', (one) => topUpOf(one, { amount: 0, units: 'MB' }), 400, 'amountInvalid'],
    [
      'a bucket of another kind',
      (one) => ({ ...topUpOf(one), bucket: { id: `${one.subscriptionId}.base` } }),
      400,
      'bucketNotForTopup',
    ],
    ['a bucket of nobody', (one) => ({ ...topUpOf(one), bucket: { id: `${newId()}.top-up` } }), 404, 'notFound'],
    ['another contractor', (one) => ({ ...topUpOf(one), partyAccount: { id: newId() } }), 404, 'notFound'],
    ['an attribute that is not heard', (one) => ({ ...topUpOf(one), isAutoTopup: true }), 400, 'invalidRequest'],
  ])('of %s is refused', async (_, asked, status, code) => {
    const one = await world.subscription();
    const refused = await ask('POST', '/topupBalance', asked(one));
    expect([refused.status, refused.json.code, refused.json['@type']]).toEqual([status, code, 'Error']);
    expect(await left(one)).toEqual({ amount: 3_000, units: 'MB' });
  });

  test('of what has ended is refused, and nothing of it is left', async () => {
    const over = await world.subscription({ endedAt: '-PT1H' });
    const refused = await ask('POST', '/topupBalance', topUpOf(over));
    expect([refused.status, refused.json.code]).toEqual([409, 'notInService']);
    expect(await left(over)).toEqual({ amount: 0, units: 'MB' });
  });
});
