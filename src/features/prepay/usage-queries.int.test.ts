import { afterAll, describe, expect, test } from 'vitest';
import { prepayWorld, topUpOf } from '../../../tests/support/prepay-world.ts';
import { newId } from '../../base/ids.ts';

const { world, ask } = await prepayWorld();
afterAll(() => world.close());

describe('a query for what was used (TMF677)', () => {
  const QUERY = '/tmf-api/usageConsumption/v4/queryUsageConsumption';
  const criteria = (searchCriteria: object) => ({ searchCriteria });

  test('is answered at once with counters and what is left, once for its key, and kept as it was', async () => {
    const user = await world.subscription();
    await world.app.data.recordUse({
      requestId: newId(),
      subscriptionId: user.subscriptionId,
      endedAt: world.clock.now().toString(),
      amount: { mode: 'delta', bytes: 700_000_000 },
      isZeroRated: false,
    });
    const key = { 'idempotency-key': newId() };
    const named = criteria({ logicalResource: [{ id: user.phoneNumber }] });
    const answers = await Promise.all(Array.from({ length: 3 }, () => ask('POST', QUERY, named, key)));
    expect(new Set(answers.map(({ status, json }) => `${status} ${json.id}`)).size).toBe(1);
    const query = answers[0]?.json;
    const [report] = query.usageConsumption;
    expect(query).toMatchObject({
      href: `${world.url}${QUERY}/${query.id}`,
      searchCriteria: { product: [{ id: user.subscriptionId }] },
      '@type': 'QueryUsageConsumption',
    });
    expect(report).toMatchObject({ id: user.subscriptionId, state: 'done', partyAccount: [{ id: user.contractorId }] });
    const [whole, ...kinds] = report.bucketRefOrValue;
    expect(whole).toMatchObject({
      id: user.subscriptionId,
      name: 'data',
      remainingValue: { amount: 2_300, units: 'MB' },
    });
    expect(
      whole.bucketCounter.map(({ counterType, level, value }: Record<string, unknown>) => [counterType, level, value]),
    ).toEqual(Array(2).fill(['used', 'global', { amount: 700, units: 'MB' }]));
    expect(kinds.map(({ name }: { name: string }) => name)).toEqual(['carry-over', 'gift', 'base', 'top-up']);
    expect(JSON.stringify(query)).not.toContain(user.phoneNumber.slice(1));
    await ask('POST', '/topupBalance', topUpOf(user));
    expect((await ask('GET', `${QUERY}/${query.id}`)).json).toEqual(query);
    expect((await ask('GET', `${QUERY}?limit=1&fields=id`)).json).toMatchObject([{ id: query.id }]);
    const another = (await ask('POST', QUERY, criteria({ product: [{ id: user.subscriptionId }] }))).json;
    const other = await ask('POST', QUERY, criteria({ product: [{ id: user.subscriptionId }] }), key);
    expect([other.status, other.json.code]).toEqual([409, 'conflict']);
    expect((await ask('DELETE', `${QUERY}/${query.id}`)).status).toBe(204);
    expect((await ask('GET', `${QUERY}/${query.id}`)).status).toBe(404);
    expect((await ask('GET', `${QUERY}/${another.id}`)).status).toBe(200);
  });

  test('is forgotten after a day; of nobody, or of two who do not belong together, there is none', async () => {
    const [user, stranger] = [await world.subscription(), await world.subscription()];
    const { json } = await ask('POST', QUERY, criteria({ product: [{ id: user.subscriptionId }] }));
    world.clock.advance('PT24H');
    const young = (await ask('POST', QUERY, criteria({ product: [{ id: user.subscriptionId }] }))).json;
    for (const { name, run } of world.app.prepay.jobs)
      if (name === 'prepay.forget-queries') await run(world.clock.now().add({ seconds: 1 }));
    expect((await ask('GET', `${QUERY}/${young.id}`)).status).toBe(200);
    expect((await ask('GET', `${QUERY}/${json.id}`)).status).toBe(404);
    for (const [search, status] of [
      [{}, 400],
      [{ product: [{ id: newId() }] }, 404],
      [{ product: [{ id: user.subscriptionId }], partyAccount: [{ id: stranger.contractorId }] }, 404],
      [{ service: [{ id: '1' }] }, 400],
    ] as const) {
      expect((await ask('POST', QUERY, criteria(search))).status).toBe(status);
    }
  });
});
