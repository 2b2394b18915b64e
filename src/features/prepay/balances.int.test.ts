import { afterAll, describe, expect, test } from 'vitest';
import { PREPAY, prepayWorld, topUpOf } from '../../../tests/support/prepay-world.ts';
import { newId } from '../../base/ids.ts';

const { world, ask } = await prepayWorld();
afterAll(() => world.close());

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
      href: `${world.url}${PREPAY}/bucket/${one.subscriptionId}.base`,
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

describe('the history', () => {
  test('is the journal, newest first, by pages or on from the last one seen, and narrowed by reason', async () => {
    const one = await world.subscription();
    for (let n = 1; n <= 3; n += 1) await ask('POST', '/topupBalance', topUpOf(one, { amount: n, units: 'GB' }));
    const read = async (query: string) => {
      const { json, headers } = await ask('GET', `/balanceActionHistory?product.id=${one.subscriptionId}${query}`);
      return {
        amounts: json.map(({ amount }: { amount: unknown }) => amount),
        json,
        total: headers.get('x-total-count'),
      };
    };
    const MB = (...amounts: number[]) => amounts.map((amount) => ({ amount, units: 'MB' }));
    const all = await read('');
    expect([all.amounts, all.total]).toEqual([MB(3_000, 2_000, 1_000, 3_000), '4']);
    expect((await read('&offset=1&limit=2')).amounts).toEqual(MB(2_000, 1_000));
    expect(await read('&offset=4')).toMatchObject({ amounts: [], total: '4' });
    expect((await read(`&before=${all.json[2].id}`)).amounts).toEqual(MB(3_000));
    expect(await read('&reason=purchase&offset=2')).toMatchObject({ amounts: MB(1_000), total: '3' });
    expect(await read('&reason=usage')).toMatchObject({ amounts: [], total: '0' });
    const [newest] = all.json;
    expect(newest).toMatchObject({
      status: 'completed',
      reason: 'purchase',
      bucket: { id: `${one.subscriptionId}.top-up` },
      receiverLogicalResource: { id: one.subscriptionId },
      totalBalance: { amount: 9_000, units: 'MB' },
    });
    expect((await ask('GET', `/balanceActionHistory/${newest.id}`)).json).toEqual(newest);

    const other = await world.subscription();
    const [subscriptionId, entryId] = newest.id.split('.');
    for (const id of [`${other.subscriptionId}.${entryId}`, `${subscriptionId}.${newId()}`, subscriptionId, 'x']) {
      expect((await ask('GET', `/balanceActionHistory/${id}`)).status).toBe(404);
    }
    const elsewhere = await ask('GET', `/balanceActionHistory?product.id=${other.subscriptionId}&before=${newest.id}`);
    expect([elsewhere.status, elsewhere.json.code]).toEqual([400, 'invalidRequest']);
    expect((await ask('GET', '/balanceActionHistory')).json.code).toBe('filterRequired');
  });
});
