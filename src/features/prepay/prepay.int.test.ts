import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventSink } from '../../../tests/support/event-sink.ts';
import { linkUser } from '../../../tests/support/partner-talk.ts';
import { type PartnerWorld, partnerWorld } from '../../../tests/support/partner-world.ts';
import { newId } from '../../base/ids.ts';
import { inTransaction } from '../../infra/db/index.ts';
import { isSignature, signQuestion } from '../../infra/outside/signature.ts';

const BASE = '/tmf-api/prepayBalanceManagement/v4';
let world: PartnerWorld;
beforeAll(async () => {
  world = await partnerWorld();
});
afterAll(() => world.close());

async function ask(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
  const response = await fetch(world.url + (path.startsWith('/tmf-api') ? path : BASE + path), {
    method,
    headers: {
      authorization: `Bearer ${world.app.config.apiKey}`,
      'content-type': 'application/json',
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, json: text === '' ? null : JSON.parse(text) };
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

let people = 0;
/** With a person on LINE who is linked to it as its user. */
async function linked(): Promise<Person & { lineUserId: string }> {
  people += 1;
  const [one, lineUserId] = [await world.subscription(), `U${String(people).padStart(32, '0')}`];
  await linkUser(world, one, lineUserId);
  return { ...one, lineUserId };
}
const transferOf = (from: Person, to: Pick<Person, 'phoneNumber'>, amount = { amount: 500, units: 'MB' }) => ({
  amount,
  usageType: 'data',
  bucket: { id: `${from.subscriptionId}.base` },
  logicalResource: [{ id: from.phoneNumber }],
  receiverBucket: { id: 'receiver' },
  receiverBucketUsageType: 'data',
  receiverLogicalResource: { id: to.phoneNumber },
  channel: { id: 'shop-7' },
  reason: 'Asked for at the counter',
});
const claim = (giftId: string, from: Person, to: Person & { lineUserId: string }) =>
  world.app.gifts.claimGift({
    requestId: newId(),
    gift: { giftId, senderSubscriptionId: from.subscriptionId },
    receiverSubscriptionId: to.subscriptionId,
    receiverLineUserId: to.lineUserId,
  });

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
      href: `${world.url}${BASE}/transferBalance/${id}`,
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

describe('a listener', () => {
  const tell = () => world.app.jobs.runDue(60);

  test('is told, signed and in order, what was taken on and what became of it; nothing that people wrote', async () => {
    // What became of the actions before.
    await tell();
    const sink = await eventSink();
    const hub = await ask('POST', '/hub', { callback: sink.url });
    expect([hub.status, hub.headers.get('location')]).toEqual([201, `${world.url}${BASE}/hub/${hub.json.id}`]);
    expect((await ask('POST', '/hub', { callback: sink.url })).status).toBe(409);
    const [giver, receiver] = [await linked(), await linked()];
    const topUp = (await ask('POST', '/topupBalance', topUpOf(giver))).json;
    const taken = (await ask('POST', '/transferBalance', transferOf(giver, receiver))).json;
    await tell();
    await claim(taken.id, giver, receiver);
    const back = (await ask('POST', '/transferBalance', transferOf(giver, receiver))).json;
    await ask('PATCH', `/transferBalance/${back.id}`, { status: 'cancelled' });
    const late = (await ask('POST', '/transferBalance', transferOf(giver, receiver))).json;
    await tell();
    world.clock.advance('PT73H');
    await tell();
    // Those of other tests come to their end, too.
    const ours = sink.heard.flatMap(({ eventType, event }) => {
      const { id, status } = Object(event).transferBalance ?? Object(event).topupBalance ?? {};
      return [topUp.id, taken.id, back.id, late.id].includes(id) ? [[eventType, id, status]] : [];
    });
    expect(ours).toEqual([
      ['TopupBalanceCreateEvent', topUp.id, 'completed'],
      ['TransferBalanceCreateEvent', taken.id, 'created'],
      ['TransferBalanceCreateEvent', back.id, 'created'],
      ['TransferBalanceCreateEvent', late.id, 'created'],
      ['TransferBalanceCompleteEvent', taken.id, 'completed'],
      ['TransferBalanceCancelEvent', back.id, 'cancelled'],
      ['TransferBalanceFailureEvent', late.id, 'failed'],
    ]);
    expect(sink.heard[0]).toMatchObject({ domain: 'PrepayBalanceManagement' });
    for (const { time, signature, body } of sink.signed) {
      expect(
        isSignature(signQuestion(hub.json.secret, { method: 'POST', path: '/listener', time, body }), signature),
      ).toBe(true);
      expect(body).not.toContain('Asked for at the counter');
    }
    expect((await ask('DELETE', `/hub/${hub.json.id}`)).status).toBe(204);
    expect((await ask('DELETE', `/hub/${hub.json.id}`)).status).toBe(404);
    const { length } = sink.heard;
    await ask('POST', '/topupBalance', topUpOf(giver));
    await tell();
    expect(sink.heard).toHaveLength(length);
    await sink.stop();
  });

  test('hears what its query names, and lives at an address that may be reached', async () => {
    for (const [body, code] of [
      [{ callback: 'https://shop.example/told', query: 'eventType=ProductOrderCreateEvent' }, 'invalidQuery'],
      [{ callback: 'https://10.0.0.7/told' }, 'invalidCallback'],
      [{ callback: 'ftp://shop.example/told' }, 'invalidCallback'],
    ] as const) {
      const refused = await ask('POST', '/hub', body);
      expect([refused.status, refused.json.code]).toEqual([400, code]);
    }
  });
});

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
