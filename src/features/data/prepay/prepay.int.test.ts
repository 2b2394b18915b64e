import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type PartnerWorld, partnerWorld } from '../../../../tests/support/partner-world.ts';
import { newId } from '../../../base/ids.ts';

const BASE = '/tmf-api/prepayBalanceManagement/v4';
let world: PartnerWorld;
beforeAll(async () => {
  world = await partnerWorld();
});
afterAll(() => world.close());

async function ask(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
  const response = await fetch(world.url + BASE + path, {
    method,
    headers: {
      authorization: `Bearer ${world.app.config.apiKey}`,
      'content-type': 'application/json',
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, headers: response.headers, json: await response.json() };
}

type Person = Awaited<ReturnType<PartnerWorld['subscription']>>;
const topUpOf = ({ subscriptionId, contractorId }: Person, amount = { amount: 1.5, units: 'GB' }) => ({
  amount,
  usageType: 'data',
  bucket: { id: `${subscriptionId}.top-up` },
  partyAccount: { id: contractorId },
  channel: { id: 'shop-7' },
});
const left = async ({ subscriptionId }: Person) => {
  const { json } = await ask('GET', `/accumulatedBalance/${subscriptionId}`);
  return json.totalBalance;
};

describe('what is left', () => {
  test('is told by kind in the order of use, by subscription, number or contractor, and in all', async () => {
    const one = await world.subscription();
    const { json, headers } = await ask('GET', `/bucket?product.id=${one.subscriptionId}`);
    expect(json.map(({ name, consumptionOrder }: Record<string, unknown>) => [consumptionOrder, name])).toEqual([
      [1, 'carry-over'],
      [2, 'gift'],
      [3, 'base'],
      [4, 'top-up'],
    ]);
    expect([headers.get('x-total-count'), headers.get('content-type')]).toEqual([
      '4',
      'application/json;charset=utf-8',
    ]);
    const [base] = (await ask('GET', `/bucket?logicalResource.id=${encodeURIComponent(one.phoneNumber)}&name=base`))
      .json;
    expect(base).toEqual({
      id: `${one.subscriptionId}.base`,
      href: `${world.url}${BASE}/bucket/${one.subscriptionId}.base`,
      name: 'base',
      usageType: 'data',
      status: 'active',
      remainingValue: { amount: 3_000, units: 'MB' },
      remainingValueName: 'Remaining data',
      validFor: { endDateTime: '2026-12-31T15:00:00Z' },
      consumptionOrder: 3,
      product: [{ id: one.subscriptionId, '@referredType': 'Product' }],
      partyAccount: { id: one.contractorId, '@referredType': 'PartyAccount' },
      '@type': 'Bucket',
    });
    expect((await ask('GET', `/bucket/${base.id}?fields=remainingValue`)).json).toEqual({
      id: base.id,
      href: base.href,
      remainingValue: base.remainingValue,
      '@type': 'Bucket',
    });
    const [all] = (await ask('GET', `/accumulatedBalance?partyAccount.id=${one.contractorId}`)).json;
    expect(all).toMatchObject({ id: one.subscriptionId, totalBalance: { amount: 3_000, units: 'MB' } });
    expect(JSON.stringify(all)).not.toContain(one.phoneNumber.slice(1));
  });

  test('of somebody else is not there, and of nobody in particular is not told', async () => {
    const [one, other] = [await world.subscription(), await world.subscription()];
    const mixed = `product.id=${one.subscriptionId}&partyAccount.id=${other.contractorId}`;
    expect((await ask('GET', `/bucket?${mixed}`)).json).toEqual([]);
    for (const path of ['/bucket', '/accumulatedBalance']) {
      const refused = await ask('GET', path);
      expect([refused.status, refused.json.code, refused.json['@type']]).toEqual([400, 'filterRequired', 'Error']);
    }
    for (const path of [`/bucket/${newId()}.base`, `/bucket/${one.subscriptionId}.gold`, `/accumulatedBalance/x`]) {
      expect((await ask('GET', path)).status).toBe(404);
    }
    expect((await ask('GET', '/bucket', undefined, { authorization: 'Bearer wrong' })).status).toBe(401);
    const patched = await ask('PATCH', `/topupBalance/${newId()}`, {});
    expect([patched.status, patched.headers.get('allow')]).toEqual([405, 'GET']);
  });
});

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
