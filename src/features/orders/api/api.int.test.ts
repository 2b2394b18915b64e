import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { eventSink } from '../../../../tests/support/event-sink.ts';
import { application, newContractor } from '../../../../tests/support/orders.ts';
import { type OrdersWorld, ordersWorld } from '../../../../tests/support/orders-world.ts';
import { newId } from '../../../base/ids.ts';
import { accept, refuse } from '../../../base/refusal.ts';
import { listenersJob } from '../../../infra/listeners/deliver.ts';
import { isSignature, signQuestion } from '../../../infra/outside/signature.ts';
import { cancelShape, orderShape } from './shapes.ts';

const KEY = 'the-key-of-the-back-office';
const BASE = '/tmf-api/productOrderingManagement/v4';
const SITE = 'http://127.0.0.1:9';

let world: OrdersWorld;
let sink: Awaited<ReturnType<typeof eventSink>>;
let admin: Awaited<ReturnType<OrdersWorld['signIn']>>;
let agent: Awaited<ReturnType<OrdersWorld['desk']>>;
beforeAll(async () => {
  world = await ordersWorld({
    publicUrl: SITE,
    async checkCodes(_, { entryCode }) {
      return entryCode === 'USEDUPUSEDUP' ? refuse('code-used') : accept(null);
    },
  });
  world.web.route('/', world.orders.api(KEY));
  sink = await eventSink();
  agent = await world.desk('agent');
  admin = await world.signIn('admin');
});
afterAll(async () => {
  await sink.stop();
  await world.close();
});
beforeEach(() => {
  sink.heard.length = 0;
  sink.signed.length = 0;
  sink.answers.length = 0;
});

async function ask(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
  const response = await world.web.request(BASE + path, {
    method,
    headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, json: text === '' ? null : JSON.parse(text) };
}

const { kind: _, ...megumi } = newContractor();
const { identity, payment, documents } = application();
let people = 0;
/** What a shop's own system would send for somebody new, each time somebody else. */
function order(more: Record<string, unknown> = {}, characteristics: Record<string, unknown> = {}) {
  people += 1;
  const contractor = { ...megumi, name: { family: '山本', given: `恵${people}` }, mail: `tmf${people}@example.jp` };
  const wanted = { simKind: 'esim', contractor, identity, payment, documents, ...characteristics };
  return {
    productOrderItem: [
      {
        id: '1',
        action: 'add',
        productOffering: { id: 'p3' },
        product: {
          productCharacteristic: Object.entries(wanted).flatMap(([name, value]) => (value ? [{ name, value }] : [])),
        },
      },
      { id: '2', action: 'add', productOffering: { id: 'voicemail' } },
    ],
    ...more,
  };
}
const place = (more?: Record<string, unknown>) => ask('POST', '/productOrder', order(more));

const deliver = () =>
  listenersJob({ db: world.database.db, publicUrl: SITE, secrets: world.secrets }).run(world.clock.now());
const heardTypes = () => sink.heard.map(({ eventType }) => eventType);

describe('an order', () => {
  test('is placed as people’s are, answered as TMF622 has it, and holds no word of the person', async () => {
    const placed = await place({ externalId: 'shop-1' });
    expect(placed.status).toBe(201);
    const body = orderShape.strict().parse(placed.json);
    expect(placed.headers.get('content-type')).toBe('application/json;charset=utf-8');
    expect(placed.headers.get('location')).toBe(`${SITE}${BASE}/productOrder/${body.id}`);
    expect(body).toMatchObject({ href: `${SITE}${BASE}/productOrder/${body.id}`, externalId: 'shop-1' });
    expect(body.productOrderItem.map(({ id, state, productOffering }) => [id, state, productOffering.id])).toEqual([
      ['01', 'acknowledged', 'p3'],
      ['02', 'acknowledged', 'voicemail'],
    ]);
    // An id may have any four digits in it.
    const told = JSON.stringify(placed.json).replaceAll(body.id, '');
    expect(told).not.toMatch(/山本|ヤマモト|example\.jp|神宮前|1991|090-|4242|4F1A22/);
    expect((await world.now(body.id)).application.contractor).toMatchObject({
      kind: 'new',
      kana: { family: 'ヤマモト' },
    });
    expect(await agent.see(body.id)).toContain('確認を始める');
  });

  test('is one, however often it comes: by the sender’s own number, or by a key', async () => {
    const asked = order({ externalId: 'shop-2' });
    const answers = await Promise.all(Array.from({ length: 4 }, () => ask('POST', '/productOrder', asked)));
    expect(new Set(answers.map(({ json }) => json.id)).size).toBe(1);
    const other = await ask('POST', '/productOrder', order({ externalId: 'shop-2' }));
    expect([other.status, other.json.code]).toEqual([409, 'request-id-reused']);
    const key = { 'idempotency-key': 'k-1' };
    const keyed = order();
    const [first, second] = [
      await ask('POST', '/productOrder', keyed, key),
      await ask('POST', '/productOrder', keyed, key),
    ];
    expect([first.status, second.json.id]).toEqual([201, first.json.id]);
    expect((await ask('POST', '/productOrder', order(), key)).status).toBe(409);
  });

  test('of a contractor names them as the customer', async () => {
    const { contractorId } = await world.contractor('tmf-customer');
    const { productOrderItem } = order({}, { contractor: undefined, payment: undefined });
    const customer = { relatedParty: [{ id: contractorId, role: 'customer' }] };
    const placed = await ask('POST', '/productOrder', { productOrderItem, ...customer });
    expect(placed.json.relatedParty).toEqual([{ id: contractorId, role: 'customer', '@referredType': 'Individual' }]);
    const { json } = await ask('GET', `/productOrder?relatedParty.id=${contractorId}`);
    expect(json).toHaveLength(1);
  });

  test('with an entry code and an invitation holds them; one that cannot be used is a conflict, a repeat is none', async () => {
    const codes = { entryCode: 'abcd-efgh jklm', invitation: 'a-token' };
    const placed = await ask('POST', '/productOrder', order({ externalId: 'with-code' }, codes));
    expect(placed.status).toBe(201);
    expect((await world.now(placed.json.id)).application).toMatchObject({
      entryCode: 'ABCDEFGHJKLM',
      invitation: 'a-token',
    });
    expect(JSON.stringify(placed.json)).not.toMatch(/ABCD|a-token/);
    const used = await ask('POST', '/productOrder', order({}, { entryCode: 'USED-UPUS-EDUP' }));
    expect([used.status, used.json.code, used.json['@type']]).toEqual([409, 'code-used', 'Error']);
  });

  describe('that is held', () => {
    const answer = (id: string, put: Record<string, unknown>, text?: string) => {
      const productCharacteristic = Object.entries(put).map(([name, value]) => ({ name, value }));
      return ask('PATCH', `/productOrder/${id}`, {
        ...(text === undefined ? {} : { note: [{ text }] }),
        ...(productCharacteristic.length === 0
          ? {}
          : { productOrderItem: [{ id: '01', product: { productCharacteristic } }] }),
      });
    };
    const contractorOf = async (id: string) => {
      const { contractor } = (await world.now(id)).application;
      if (contractor.kind !== 'new') throw new Error('somebody new');
      const { kind: _kind, ...described } = contractor;
      return described;
    };
    async function held(about: readonly string[]) {
      const { json } = await place();
      await agent.step(json.id, 'take');
      await agent.step(json.id, 'ask', { reason: '番地をお確かめください。', about });
      return json.id as string;
    }

    test('says what is asked, and is answered with the value put right: it goes on, once', async () => {
      const id = await held(['address']);
      const asked = await ask('GET', `/productOrder/${id}`);
      expect(asked.json.note).toMatchObject([{ text: '番地をお確かめください。', about: ['address'] }]);
      const contractor = { ...(await contractorOf(id)), address: '東京都渋谷区神宮前1-2-4' };
      const answers = await Promise.all([1, 2, 3].map(() => answer(id, { contractor }, '4番地でした')));
      expect(answers.map(({ status, json }) => [status, json.state])).toEqual(Array(3).fill([200, 'pending']));
      expect(orderShape.strict().safeParse(answers[0]?.json).success).toBe(true);
      expect((await contractorOf(id)).address).toBe('東京都渋谷区神宮前1-2-4');
      expect(await world.story(id)).toBe('place take ask correct');
      expect(await agent.see(id)).toContain('4番地でした');
    });

    test('is answered in words alone, and not with nothing', async () => {
      const id = await held([]);
      expect((await answer(id, {})).json.code).toBe('answer-missing');
      expect((await answer(id, {}, 'この住所で合っています')).status).toBe(200);
      expect(await world.story(id)).toBe('place take ask answer');
      const other = await answer(id, {}, 'ほかの答え');
      expect([other.status, other.json.code]).toEqual([409, 'not-in-this-state']);
    });

    test.each<[string, (contractor: Record<string, unknown>) => Record<string, unknown>, number, string]>([
      [
        'what was not asked',
        (contractor) => ({ contractor: { ...contractor, phone: '09099998888' } }),
        400,
        'not-asked',
      ],
      [
        'the mail address',
        (contractor) => ({ contractor: { ...contractor, mail: 'other@example.jp' } }),
        400,
        'not-asked',
      ],
      ['the plan', () => ({ planCode: 'p12' }), 400, 'characteristicInvalid'],
    ])('takes no answer that changes %s', async (_, put, status, code) => {
      const id = await held(['address']);
      const refused = await answer(id, put(await contractorOf(id)), 'x');
      expect([refused.status, refused.json.code]).toEqual([status, code]);
      expect(await world.story(id)).toBe('place take ask');
    });

    test('keeps the rules for placing one: a number on another order is a conflict', async () => {
      const number = { kind: 'one-stop', phoneNumber: '09060001111' };
      expect((await ask('POST', '/productOrder', order({}, { number }))).status).toBe(201);
      const id = await held(['number']);
      const taken = await answer(id, { number });
      expect([taken.status, taken.json.code]).toEqual([409, 'number-taken']);
    });

    test('is the applicant’s to answer where it came from the form', async () => {
      const { orderId } = await world.place();
      const refused = await answer(orderId, {}, 'x');
      expect([refused.status, refused.json.code]).toEqual([409, 'placed-elsewhere']);
      expect((await answer(newId(), {}, 'x')).status).toBe(404);
    });
  });

  test.each([
    ['PATCH', '/productOrder', 'POST, GET'],
    ['DELETE', '/productOrder/x', 'GET, PATCH'],
    ['PUT', '/productOrder', 'POST, GET'],
    ['DELETE', '/cancelProductOrder/x', 'GET'],
    ['GET', '/hub', 'POST'],
    ['GET', '/hub/x', 'DELETE'],
  ])('%s %s is not offered, and says what is', async (method, path, allowed) => {
    const refused = await ask(method, path, method === 'GET' ? undefined : {});
    expect([refused.status, refused.json.code, refused.headers.get('allow')]).toEqual([
      405,
      'methodNotAllowed',
      allowed,
    ]);
  });

  test.each<[string, object, number, string]>([
    ['nothing in it', {}, 400, 'invalidRequest'],
    ['an attribute that is not heard', order({ quote: [] }), 400, 'invalidRequest'],
    [
      'a modification',
      { productOrderItem: [{ id: '1', action: 'modify', productOffering: { id: 'p3' } }] },
      400,
      'actionNotSupported',
    ],
    [
      'no product',
      { productOrderItem: [{ id: '1', action: 'add', productOffering: { id: 'p3' } }] },
      400,
      'productMissing',
    ],
    ['nobody as customer', order({}, { contractor: undefined }), 400, 'customerMissing'],
    ['a characteristic there is not', order({}, { colour: 'red' }), 400, 'characteristicInvalid'],
    [
      'a NUL in a name',
      order(
        {},
        {
          user: {
            name: { family: '山\0', given: '恵' },
            kana: { family: 'ヤマ', given: 'メグミ' },
            birthDate: '1990-01-01',
            filtering: false,
          },
        },
      ),
      400,
      'characteristicInvalid',
    ],
    ['calls without an identity', order({}, { identity: undefined }), 400, 'identity-missing'],
    ['documents nobody opened', order({}, { documents: [] }), 400, 'document-not-opened'],
  ])('with %s is refused', async (_, asked, status, code) => {
    const refused = await ask('POST', '/productOrder', asked);
    expect([refused.status, refused.json.code, refused.json['@type']]).toEqual([status, code, 'Error']);
    expect(JSON.stringify(refused.json)).not.toContain('山本');
  });

  test('with what is no JSON, or without the key, is refused in the same shape', async () => {
    const broken = await ask('POST', '/productOrder', '{"productOrderItem": [');
    expect([broken.status, broken.json.code]).toEqual([400, 'invalidRequest']);
    const stranger = await ask('GET', '/productOrder', undefined, { authorization: 'Bearer wrong' });
    expect([stranger.status, stranger.json.code]).toEqual([401, 'unauthorized']);
  });
});

describe('the list', () => {
  test('is filtered, cut into pages, and tells how many there are in all', async () => {
    for (const externalId of ['page-1', 'page-2', 'page-3']) await place({ externalId });
    const all = await ask('GET', '/productOrder?state=acknowledged,held&limit=100');
    const total = Number(all.headers.get('x-total-count'));
    expect(all.json).toHaveLength(total);
    const page = await ask('GET', '/productOrder?state=acknowledged&offset=1&limit=2&fields=state,externalId');
    expect(page.headers.get('x-result-count')).toBe('2');
    expect(page.json).toEqual(
      all.json.slice(1, 3).map(({ id, href, state, externalId }: Record<string, string>) => ({
        id,
        href,
        externalId,
        state,
        '@type': 'ProductOrder',
      })),
    );
    const [one] = (await ask('GET', '/productOrder?externalId=page-2')).json;
    expect(one.externalId).toBe('page-2');
    expect((await ask('GET', '/productOrder?externalId=page-2&state=completed')).json).toEqual([]);
  });

  test.each(['?colour=red', '?state=lost', '?limit=1000', '?offset=-1'])('refuses %s', async (query) =>
    expect((await ask('GET', `/productOrder${query}`)).status).toBe(400),
  );

  test('an order that nobody has is not there', async () => {
    for (const id of [newId(), 'x']) expect((await ask('GET', `/productOrder/${id}`)).status).toBe(404);
  });
});

describe('a cancellation', () => {
  test('is a task, done when it is answered; a second time, too', async () => {
    const { id } = (await place()).json;
    const asked = { productOrder: { id }, cancellationReason: '別の店で契約した' };
    const done = await ask('POST', '/cancelProductOrder', asked);
    expect(done.status).toBe(201);
    const body = cancelShape.strict().parse(done.json);
    expect(body).toMatchObject({ state: 'done', cancellationReason: '別の店で契約した', productOrder: { id } });
    const order = (await ask('GET', `/productOrder/${id}`)).json;
    expect(order).toMatchObject({ state: 'cancelled', cancellationReason: '別の店で契約した' });
    expect(order.cancellationDate).toBe(body.effectiveCancellationDate);
    expect((await ask('POST', '/cancelProductOrder', asked)).json.state).toBe('done');
    expect(await world.story(id)).toBe('place cancel');
    expect((await ask('GET', `/cancelProductOrder/${body.id}?fields=state`)).json).toEqual({
      id: body.id,
      href: body.href,
      state: 'done',
      '@type': 'CancelProductOrder',
    });
    const list = await ask('GET', '/cancelProductOrder?limit=1');
    expect([list.json.length, list.headers.get('x-total-count')]).toEqual([1, '2']);
  });

  test('of what was refused ends with an error; of nothing is not there; later is not offered', async () => {
    const { id } = (await place()).json;
    await agent.step(id, 'take');
    await agent.step(id, 'reject', { reason: 'ご本人と確認できませんでした' });
    const ended = await ask('POST', '/cancelProductOrder', { productOrder: { id } });
    expect([ended.status, ended.json.state]).toEqual([201, 'terminatedWithError']);
    expect(ended.json).not.toHaveProperty('effectiveCancellationDate');
    expect((await ask('POST', '/cancelProductOrder', { productOrder: { id: newId() } })).status).toBe(404);
    const requestedCancellationDate = world.clock.now().add({ hours: 1 }).toString();
    const later = await ask('POST', '/cancelProductOrder', { productOrder: { id }, requestedCancellationDate });
    expect(later.json.code).toBe('notAtOnce');
  });
});

describe('who listens', () => {
  test('hears every change in its order, once, with no word that a person wrote', async () => {
    const hub = await ask('POST', '/hub', { callback: sink.url });
    expect([hub.status, hub.json]).toEqual([
      201,
      { id: hub.json.id, callback: sink.url, secret: expect.stringMatching(/^[\w-]{43}$/) },
    ]);
    expect((await ask('POST', '/hub', { callback: sink.url })).status).toBe(409);
    const { id } = (await place({ externalId: 'heard' })).json;
    await agent.step(id, 'take');
    await agent.step(id, 'ask', { reason: '部屋番号を教えてください' });
    await ask('POST', '/cancelProductOrder', { productOrder: { id }, cancellationReason: 'やめます' });
    sink.answers.push(204, 500, 204);
    for (let n = 0; n < 9; n += 1) await deliver();
    expect(heardTypes()).toEqual(['ProductOrderCreateEvent', 'ProductOrderStateChangeEvent']);
    world.clock.advance('PT10S');
    for (let n = 0; n < 9; n += 1) await deliver();
    expect(heardTypes().slice(1)).toEqual([
      'ProductOrderStateChangeEvent',
      'ProductOrderStateChangeEvent',
      'ProductOrderStateChangeEvent',
      'ProductOrderInformationRequiredEvent',
      'ProductOrderStateChangeEvent',
      'CancelProductOrderCreateEvent',
    ]);
    expect(sink.heard[1]?.eventId).toBe(sink.heard[2]?.eventId);
    for (const { time, signature, body } of sink.signed) {
      const question = { method: 'POST', path: '/listener', time, body };
      expect(isSignature(signQuestion(hub.json.secret, question), signature)).toBe(true);
      expect(isSignature(signQuestion('another secret', question), signature)).toBe(false);
    }
    expect(sink.heard[0]).toMatchObject({
      domain: 'ProductOrdering',
      event: { productOrder: { id, externalId: 'heard' } },
    });
    expect(JSON.stringify(sink.heard)).not.toMatch(/部屋番号|やめます|山本/);
    expect(sink.heard.at(-2)).toMatchObject({ event: { productOrder: { state: 'cancelled' } } });

    expect((await ask('DELETE', `/hub/${hub.json.id}`)).status).toBe(204);
    expect((await ask('DELETE', `/hub/${hub.json.id}`)).status).toBe(404);
    await place();
    await deliver();
    expect(sink.heard).toHaveLength(7);
  });

  test('hears only what its query names; one that says 410 is told no more', async () => {
    const query = 'eventType=ProductOrderCreateEvent';
    await ask('POST', '/hub', { callback: sink.url, query });
    const { id } = (await place()).json;
    await agent.step(id, 'take');
    sink.answers.push(410);
    for (let n = 0; n < 3; n += 1) await deliver();
    expect(heardTypes()).toEqual(['ProductOrderCreateEvent']);
    expect((await ask('POST', '/hub', { callback: sink.url, query })).status).toBe(201);
  });

  test('is seen by staff with its last result; an admin pauses it, resumes it, hurries it and removes it', async () => {
    const query = 'eventType=ProductOrderCreateEvent,ProductOrderAttributeValueChangeEvent';
    const { id } = (await ask('POST', '/hub', { callback: sink.url, query })).json;
    const page = async () => (await admin.get('/console/listeners')).text;
    const act = (what: string, by = admin) => by.post(`/console/listeners/${id}`, { act: what });
    expect(await page()).toContain('まだ送っていません');
    expect((await admin.get('/console/order-listeners')).location).toBe('/console/listeners');
    sink.answers.push(503);
    await place();
    await deliver();
    expect(await page()).toMatch(/届いていません[\s\S]*503が返りました[\s\S]*1回試しました/);
    expect(await page()).not.toContain('/listener?');
    await act('now');
    await deliver();
    expect(await page()).toMatch(/届いています[\s\S]*受け取りました/);
    expect(sink.heard).toHaveLength(2);

    expect((await Promise.all([act('pause'), act('pause')])).map(({ status }) => status)).toEqual([303, 303]);
    await place();
    await deliver();
    expect([sink.heard.length, (await page()).includes('止めています')]).toEqual([2, true]);
    await act('resume');
    await deliver();
    expect(sink.heard).toHaveLength(3);

    expect((await act('remove', agent.browser)).status).toBe(404);
    expect((await agent.browser.get('/console/listeners')).status).toBe(404);
    await act('remove');
    expect((await act('remove')).location).toBe('/console/listeners?done=gone');
    await place();
    await deliver();
    expect(sink.heard).toHaveLength(3);
    const acts = await world.sql.query<{ action: string }>(
      `select action from audit_log where detail ->> 'listenerId' = $1 order by audit_id`,
      [id],
    );
    expect(acts.map(({ action }) => action.replace('orders.listener-', ''))).toEqual([
      'added',
      'paused',
      'resumed',
      'removed',
    ]);
  });

  test.each([
    [{ callback: 'http://10.0.0.1/x' }, 'invalidCallback'],
    [{ callback: 'https://user:pass@shop.example/x' }, 'invalidCallback'],
    [{ callback: 'https://shop.example/x', query: 'colour=red' }, 'invalidQuery'],
    [{ callback: 'https://shop.example/x', query: 'eventType=Nothing' }, 'invalidQuery'],
  ])('%j is refused', async (asked, code) => expect((await ask('POST', '/hub', asked)).json.code).toBe(code));
});
