import { afterAll, describe, expect, test } from 'vitest';
import { type Person, PREPAY, prepayWorld, transferOf } from '../../../tests/support/prepay-world.ts';
import { newId } from '../../base/ids.ts';
import { inTransaction } from '../../infra/db/index.ts';

const { world, ask, left, linked, claim } = await prepayWorld();
afterAll(() => world.close());

describe('a transfer', () => {
  test('is set aside at once, once for its key, and told nothing of until the receiver takes it', async () => {
    const [giver, receiver] = [await linked(), await linked()];
    const key = { 'idempotency-key': newId() };
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => ask('POST', '/transferBalance', transferOf(giver, receiver), key)),
    );
    expect(new Set(answers.map(({ status, json }) => `${status} ${json.id}`)).size).toBe(1);
    const [first] = answers;
    const id: string = first?.json.id;
    expect(first?.json).toEqual({
      id,
      href: `${world.url}${PREPAY}/transferBalance/${id}`,
      status: 'created',
      usageType: 'data',
      amount: { amount: 500, units: 'MB' },
      bucket: expect.objectContaining({ id: `${giver.subscriptionId}.base` }),
      product: [{ id: giver.subscriptionId, '@referredType': 'Product' }],
      logicalResource: [{ id: giver.subscriptionId, '@referredType': 'LogicalResource' }],
      receiverBucket: { id: 'receiver', '@referredType': 'Bucket' },
      receiverBucketUsageType: 'data',
      receiverLogicalResource: { id: 'receiver', '@referredType': 'LogicalResource' },
      channel: { id: 'shop-7' },
      reason: 'Asked for at the counter',
      costOwner: 'originator',
      transferCost: { unit: 'JPY', value: 0 },
      requestedDate: '2026-11-18T05:00:00Z',
      claimBy: '2026-11-21T05:00:00Z',
      '@type': 'TransferBalance',
    });
    expect(await left(giver)).toEqual({ amount: 2_500, units: 'MB' });
    const other = await ask('POST', '/transferBalance', transferOf(giver, await linked()), key);
    expect([other.status, other.json.code]).toEqual([409, 'conflict']);

    expect(await claim(id, giver, receiver)).toMatchObject({ ok: true, answer: { result: 'claimed' } });
    const done = (await ask('GET', `/transferBalance/${id}`)).json;
    expect(done).toMatchObject({
      status: 'completed',
      confirmationDate: '2026-11-18T05:00:00Z',
      receiverBucket: { id: `${receiver.subscriptionId}.gift` },
      receiverProduct: { id: receiver.subscriptionId },
    });
    expect(done).not.toHaveProperty('claimBy');
    expect(await left(receiver)).toEqual({ amount: 3_500, units: 'MB' });
    for (const [query, count] of [
      ['', '1'],
      ['&status=completed', '1'],
      ['&status=created', '0'],
    ]) {
      const list = await ask('GET', `/transferBalance?product.id=${giver.subscriptionId}${query}`);
      expect(list.headers.get('x-total-count')).toBe(count);
    }
    const late = await ask('PATCH', `/transferBalance/${id}`, { status: 'cancelled' });
    expect([late.status, late.json.code]).toEqual([409, 'notCancellable']);
  });

  test('that nobody has taken comes back when it is cancelled, however often and at once', async () => {
    const [giver, receiver] = [await linked(), await linked()];
    const { json } = await ask('POST', '/transferBalance', transferOf(giver, receiver));
    const cancel = () =>
      ask('PATCH', `/transferBalance/${json.id}`, { status: 'cancelled', reason: 'Changed their mind' });
    const answers = await Promise.all([cancel(), cancel(), cancel()]);
    expect(answers.map(({ status, json: body }) => [status, body.status])).toEqual(Array(3).fill([200, 'cancelled']));
    expect(await left(giver)).toEqual({ amount: 3_000, units: 'MB' });
    expect(await claim(json.id, giver, receiver)).toMatchObject({ answer: { code: 'no-longer-offered' } });
    const { rows } = await world.database.pool.query(
      `select action, count(*)::int from audit_log where subscription_id = $1 and action like 'gifts.%' group by 1 order by 1`,
      [giver.subscriptionId],
    );
    expect(rows).toEqual([
      { action: 'gifts.transfer-taken-back', count: 1 },
      { action: 'gifts.transferred', count: 1 },
    ]);
    expect((await ask('PATCH', `/transferBalance/${newId()}`, { status: 'cancelled' })).status).toBe(404);
  });

  test('is kept without its reason when its contractor is forgotten', async () => {
    const giver = await linked();
    const { json } = await ask('POST', '/transferBalance', transferOf(giver, await linked()));
    await inTransaction(world.database.db, (tx) => world.app.prepay.forget(tx, [giver.subscriptionId]));
    const { reason: _, ...rest } = json;
    expect((await ask('GET', `/transferBalance/${json.id}`)).json).toEqual(rest);
  });

  test('to a number that is nobody’s is answered like any other', async () => {
    const giver = await linked();
    const nobody = await ask('POST', '/transferBalance', transferOf(giver, { phoneNumber: '+819099999999' }));
    expect([nobody.status, nobody.json.status, nobody.json.receiverLogicalResource.id]).toEqual([
      201,
      'created',
      'receiver',
    ]);
    expect(await left(giver)).toEqual({ amount: 2_500, units: 'MB' });
  });

  test.each<[string, (giver: Person, receiver: Person) => object, number, string]>([
    ['half a step', (a, b) => transferOf(a, b, { amount: 250, units: 'MB' }), 400, 'not-a-step'],
    ['more than there is', (a, b) => transferOf(a, b, { amount: 3.5, units: 'GB' }), 409, 'over-monthly-limit'],
    ['to the giver', (a) => transferOf(a, a), 400, 'receiver-is-sender'],
    ['to what is no number', (a) => transferOf(a, { phoneNumber: 'upstairs' }), 400, 'numberInvalid'],
    [
      'from somebody else’s bucket',
      (a, b) => ({ ...transferOf(a, b), bucket: { id: `${b.subscriptionId}.base` } }),
      404,
      'notFound',
    ],
    [
      'from a kind that is not given',
      (a, b) => ({ ...transferOf(a, b), bucket: { id: `${a.subscriptionId}.top-up` } }),
      400,
      'bucketNotForTransfer',
    ],
    [
      'into a bucket the giver names',
      (a, b) => ({ ...transferOf(a, b), receiverBucket: { id: `${b.subscriptionId}.gift` } }),
      400,
      'invalidRequest',
    ],
    ['without a reason', (a, b) => ({ ...transferOf(a, b), reason: undefined }), 400, 'invalidRequest'],
  ])('%s is refused, and leaves nothing behind', async (_, asked, status, code) => {
    const [giver, receiver] = [await linked(), await linked()];
    const refused = await ask('POST', '/transferBalance', asked(giver, receiver));
    expect([refused.status, refused.json.code, refused.json['@type']]).toEqual([status, code, 'Error']);
    expect(await left(giver)).toEqual({ amount: 3_000, units: 'MB' });
    const { json } = await ask('GET', `/transferBalance?product.id=${giver.subscriptionId}`);
    expect(json).toEqual([]);
  });

  test('from whom nobody on LINE is linked to is refused, as it is to a person', async () => {
    const refused = await ask('POST', '/transferBalance', transferOf(await world.subscription(), await linked()));
    expect([refused.status, refused.json.code]).toEqual([409, 'sender-not-linked']);
  });

  test('goes to ten numbers a day, and no further', async () => {
    const giver = await linked();
    const send = () => ask('POST', '/transferBalance', transferOf(giver, { phoneNumber: '+819099999999' }));
    const statuses: unknown[] = [];
    for (let n = 0; n < 12; n += 1) {
      const { json } = await send();
      statuses.push(json.status === 'created' ? 'sent' : json.code);
      if (json.id) await ask('PATCH', `/transferBalance/${json.id}`, { status: 'cancelled' });
    }
    expect(statuses).toEqual([...Array(10).fill('sent'), 'too-many-tries', 'too-many-tries']);
  });
});
