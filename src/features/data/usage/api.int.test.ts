import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withoutGifts } from '../../../../tests/support/alone.ts';
import { testDatabase } from '../../../../tests/support/database.ts';
import { createGiftWorld, type GiftWorld } from '../../../../tests/support/gift-world.ts';
import { testOperator } from '../../../../tests/support/operator.ts';
import { GB, MB } from '../../../base/bytes.ts';
import { newId } from '../../../base/ids.ts';
import { type Database, preparedRunnerOf, type SqlRunner } from '../../../infra/db/index.ts';
import { createData, type Data } from '../index.ts';
import { MOST_BYTES } from '../rules/usage-record.ts';
import { PORTION } from './feed.ts';

let database: Database;
let world: GiftWorld;
let data: Data;

beforeAll(async () => {
  database = await testDatabase();
  world = createGiftWorld(database, '2026-04-10T12:00:00+09:00');
  data = createData({
    db: database.db,
    reads: preparedRunnerOf(database.pool),
    clock: world.clock,
    operator: testOperator,
    ledger: world.otherLedger(),
    linking: { chosenSubscription: async () => null, chooseSubscription: async () => false },
    contractors: {
      async subscriptions(sql: SqlRunner, ids: readonly string[]) {
        const rows = await sql.query<never>(
          'select subscription_id as id from subscription where subscription_id::text = $1',
          [ids[0]],
        );
        return new Map(rows.map((row) => [ids[0] ?? '', row]));
      },
    },
    giftsOf: withoutGifts,
    publicUrl: 'https://my.example.jp',
    apiKey: 'the-key',
  });
});
afterAll(async () => {
  await world.close();
  await database.close();
});

const bearer = { authorization: 'Bearer the-key' };
const call = (path: string, init: RequestInit = {}) =>
  data.api().request(path, { ...init, headers: { ...bearer, ...init.headers } });

async function send(body: unknown, type = 'application/cloudevents+json') {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const response = await call('/api/v1/usage', { method: 'POST', body: text, headers: { 'content-type': type } });
  return { status: response.status, body: await response.json() };
}

function event(subject: string, of: { id?: string; source?: string; time?: string; [field: string]: unknown } = {}) {
  const { id = newId(), source = '/radius/1', time = '2026-04-10T11:00:00+09:00', ...rest } = of;
  const used = { uplinkBytes: 0, downlinkBytes: MB, ...rest };
  return { specversion: '1.0', type: 'example.data.usage', id, source, subject, time, data: used };
}

describe('the usage feed', () => {
  test('counts a record once: the same again is a duplicate, another under its key a conflict kept aside', async () => {
    const { subscriptionId } = await world.subscription();
    const record = event(subscriptionId, { uplinkBytes: 10, downlinkBytes: 90 });
    const counted = { usedOn: '2026-04-10', drawnBytes: 100, overBytes: 0, isLate: false };
    expect(await send(record)).toEqual({ status: 200, body: { status: 'accepted', ...counted } });
    expect(await send({ ...record, traceparent: '00-abc' })).toEqual({
      status: 200,
      body: { status: 'duplicate', ...counted },
    });
    const other = { ...record, data: { ...record.data, uplinkBytes: 11 } };
    expect(await send(other)).toMatchObject({ status: 409, body: { code: 'conflicting-record' } });
    const aside = await world.sql.query('select from usage_conflict where event_id = $1', [record.id]);
    expect(aside).toHaveLength(1);
    expect((await world.balance(subscriptionId)).totalBytes).toBe(3 * GB - 100);
  });

  test('a NUL is refused where it names something, and elsewhere kept aside as a sign', async () => {
    const { subscriptionId } = await world.subscription();
    const record = event(subscriptionId);
    const named = [
      record,
      event(subscriptionId, { id: 'a\0' }),
      event('b\0', { id: 'c' }),
      event('d', { source: '\0' }),
    ];
    expect(await send(named, 'application/cloudevents-batch+json')).toMatchObject({
      status: 200,
      body: { accepted: 1, refused: 3, problems: Array(3).fill({ code: 'malformed-record' }) },
    });
    const other = { ...record, data: { ...record.data, apn: 'x\0\ud800\\u0000' } };
    expect(await send(other)).toMatchObject({ status: 409, body: { code: 'conflicting-record' } });
    const aside = await world.sql.query(
      `select record -> 'data' ->> 'apn' as apn from usage_conflict where event_id = $1`,
      [record.id],
    );
    expect(aside).toEqual([{ apn: 'x\ufffd\ufffd\\u0000' }]);
    // Fields within fields without end, where nobody reads: what it tells is kept.
    const plain = { ...record, data: { ...record.data, downlinkBytes: 1 }, note: 'here' };
    const endless = JSON.stringify(plain).replace('"here"', '['.repeat(50_000) + ']'.repeat(50_000));
    expect(await send(endless)).toMatchObject({ status: 409, body: { code: 'conflicting-record' } });
  });

  test('use without measure is refused or counted up to what a day can hold, and every balance is read', async () => {
    const { subscriptionId } = await world.subscription();
    const much = { uplinkBytes: 0, downlinkBytes: MOST_BYTES };
    const today = [event(subscriptionId, much), event(subscriptionId, much)];
    const earlier = today.map((each) => ({ ...each, id: newId(), time: '2026-04-09T12:00:00+09:00' }));
    const more = event(subscriptionId, { uplinkBytes: 1, downlinkBytes: MOST_BYTES });
    for (const each of [...today, ...earlier]) expect((await send(each)).body).toMatchObject({ status: 'accepted' });
    expect(await send(more)).toMatchObject({ status: 422, body: { code: 'malformed-record' } });
    const { todayBytes, monthBytes } = await world.balance(subscriptionId);
    expect([todayBytes, monthBytes]).toEqual([MOST_BYTES, 2 * MOST_BYTES]);
  });

  test('the same id from another source is another record; a phone number names a subscription too', async () => {
    const { subscriptionId } = await world.subscription();
    const [row] = await world.sql.query<{ msisdn: string }>(
      'select msisdn from subscription where subscription_id = $1',
      [subscriptionId],
    );
    const subject = `+${row?.msisdn}`;
    const id = newId();
    await send(event(subject, { id, source: '/radius/1' }));
    await send(event(subject, { id, source: '/radius/2' }));
    expect((await world.balance(subscriptionId)).monthBytes).toBe(2 * MB);
  });

  test('a batch and lines: every record for itself, and what was not counted is told', async () => {
    const { subscriptionId } = await world.subscription();
    const good = event(subscriptionId);
    const records = [
      good,
      good,
      event(subscriptionId, { zeroRated: true }),
      { ...event(subscriptionId), subject: '810000000000', id: 'stranger' },
      { ...event(subscriptionId), id: 'broken', data: { uplinkBytes: -1, downlinkBytes: 0 } },
      event(subscriptionId, { id: 'tomorrow', time: '2026-04-11T11:00:00+09:00' }),
    ];
    const told = {
      refused: 3,
      problems: [
        { index: 3, id: 'stranger', code: 'unknown-subscription' },
        { index: 4, id: 'broken', code: 'malformed-record' },
        { index: 5, id: 'tomorrow', code: 'from-the-future' },
      ],
      problemsNotListed: 0,
    };
    const batch = await send(records, 'application/cloudevents-batch+json');
    expect(batch).toEqual({ status: 200, body: { accepted: 2, duplicates: 1, conflicts: 0, ...told } });
    const lines = `${records.map((record) => JSON.stringify(record)).join('\n')}\nnot json\n`;
    expect(await send(lines, 'application/x-ndjson')).toMatchObject({
      status: 200,
      body: { accepted: 0, duplicates: 3, refused: 4 },
    });
    expect((await world.balance(subscriptionId)).totalBytes).toBe(3 * GB - MB);
  });

  test('one key for two subscriptions at once: one record is counted, the other is kept aside', async () => {
    const subscriptions = await Promise.all(Array.from({ length: 8 }, () => world.subscription()));
    const id = newId();
    const records = subscriptions.map(({ subscriptionId }) => event(subscriptionId, { id }));
    const told = await send(records, 'application/cloudevents-batch+json');
    expect(told.body).toMatchObject({ accepted: 1, duplicates: 0, conflicts: 7, refused: 0 });
    const again = await Promise.all(records.map((record) => send(record)));
    expect(again.map(({ status }) => status).toSorted()).toEqual([200, ...Array(7).fill(409)]);
    const balances = await Promise.all(subscriptions.map(({ subscriptionId }) => world.balance(subscriptionId)));
    expect(balances.filter(({ monthBytes }) => monthBytes > 0)).toHaveLength(1);
    expect(await world.faults()).toEqual([]);
  });

  test('a cumulative counter adds what is new, in any order and over a retransmission', async () => {
    const { subscriptionId } = await world.subscription();
    const reading = (bytes: number, session: string) =>
      event(subscriptionId, { mode: 'cumulative', session, uplinkBytes: 0, downlinkBytes: bytes });
    for (const bytes of [100, 400, 300, 1_000]) await send(reading(bytes, 'one'));
    await send([reading(50, 'two'), reading(70, 'two'), reading(70, 'two')], 'application/cloudevents-batch+json');
    expect((await world.balance(subscriptionId)).monthBytes).toBe(1_070);
  });

  test('counters of a session’s rating groups are apart, and so is what draws nothing', async () => {
    const { subscriptionId } = await world.subscription();
    const reading = (of: object) =>
      event(subscriptionId, { mode: 'cumulative', uplinkBytes: 0, downlinkBytes: 100, ...of });
    await send(
      [
        reading({ session: 's', ratingGroup: 1 }),
        reading({ session: 's', ratingGroup: 2 }),
        reading({ session: 's', ratingGroup: 2 }),
        reading({}),
        reading({ zeroRated: true }),
      ],
      'application/cloudevents-batch+json',
    );
    const balance = await world.balance(subscriptionId);
    expect([balance.monthBytes, 3 * GB - balance.totalBytes]).toEqual([400, 300]);
  });

  test('a device that starts anew counts from nought under its new session', async () => {
    const { subscriptionId } = await world.subscription();
    const reading = (session: string, bytes: number) =>
      event(subscriptionId, { mode: 'cumulative', session, uplinkBytes: 0, downlinkBytes: bytes });
    for (const [session, bytes] of [
      ['a', 900],
      ['b', 10],
      ['a', 850],
      ['b', 40],
    ] as const) {
      await send(reading(session, bytes));
    }
    expect((await world.balance(subscriptionId)).monthBytes).toBe(940);
  });

  test('a total replaces the one before, also by less: first what was over goes, then data comes back', async () => {
    const { subscriptionId } = await world.subscription({ planCode: 'p500m' });
    const total = (megabytes: number) =>
      send(event(subscriptionId, { mode: 'total', uplinkBytes: 0, downlinkBytes: megabytes * MB }));
    expect((await total(400)).body).toMatchObject({ drawnBytes: 400 * MB, overBytes: 0 });
    expect((await total(700)).body).toMatchObject({ drawnBytes: 100 * MB, overBytes: 200 * MB });
    expect((await total(600)).body).toMatchObject({ drawnBytes: 0, overBytes: -100 * MB });
    expect((await total(450)).body).toMatchObject({ drawnBytes: -50 * MB, overBytes: -100 * MB });
    expect(await world.left(subscriptionId)).toEqual({ base: 50 * MB });
    expect((await world.balance(subscriptionId)).todayBytes).toBe(450 * MB);
    const zero = { mode: 'total', zeroRated: true, uplinkBytes: 0 };
    await send(event(subscriptionId, { ...zero, downlinkBytes: 300 * MB }));
    await send(event(subscriptionId, { ...zero, downlinkBytes: 100 * MB }));
    expect((await world.balance(subscriptionId)).todayBytes).toBe(550 * MB);
    const of = { mode: 'total', session: 's', uplinkBytes: 0 };
    await send(event(subscriptionId, { ...of, downlinkBytes: 100 * MB, zeroRated: true }));
    expect((await send(event(subscriptionId, { ...of, downlinkBytes: 10 * MB }))).body).toMatchObject({
      drawnBytes: 10 * MB,
    });
    expect(await world.faults()).toEqual([]);
  });

  test('a total that was overtaken on its way does not replace the later one', async () => {
    const { subscriptionId } = await world.subscription();
    const total = (minute: number, bytes: number) =>
      send(
        event(subscriptionId, {
          mode: 'total',
          uplinkBytes: 0,
          downlinkBytes: bytes,
          time: `2026-04-10T11:0${minute}:00+09:00`,
        }),
      );
    await total(2, 700);
    expect((await total(1, 400)).body).toMatchObject({ status: 'accepted', drawnBytes: 0 });
    expect((await total(2, 650)).body).toMatchObject({ drawnBytes: -50 });
    expect((await world.balance(subscriptionId)).todayBytes).toBe(650);
  });

  test('a record from the future is refused, and counted when its time has come', async () => {
    const { subscriptionId } = await world.subscription();
    const ahead = event(subscriptionId, { time: '2026-04-10T12:10:01+09:00' });
    expect(await send(ahead)).toMatchObject({ status: 422, body: { code: 'from-the-future' } });
    world.clock.advance('PT1M');
    expect((await send(ahead)).body).toMatchObject({ status: 'accepted' });
    world.clock.freeze('2026-04-10T12:00:00+09:00');
  });

  test('a record of longer ago than single uses are known is refused', async () => {
    const { subscriptionId } = await world.subscription();
    const old = event(subscriptionId, { time: '2026-03-01T11:59:59+09:00' });
    expect(await send(old)).toMatchObject({ status: 422, body: { code: 'too-old' } });
    expect((await send(event(subscriptionId, { time: '2026-03-01T12:00:00+09:00' }))).status).toBe(200);
  });

  test('lines are taken as they come: of a connection that breaks whole portions are counted, a repeat finds them', async () => {
    const { subscriptionId } = await world.subscription();
    const lines = Array.from(
      { length: PORTION + 452 },
      () => `${JSON.stringify(event(subscriptionId, { downlinkBytes: 1 }))}\n`,
    );
    const headers = { ...bearer, 'content-type': 'application/x-ndjson' };
    function sending(end: number) {
      let at = 0;
      const body = new ReadableStream<Uint8Array>({
        pull(controller) {
          if (at < end) controller.enqueue(new TextEncoder().encode(lines.slice(at, at + 100).join('')));
          else if (end === lines.length) controller.close();
          else controller.error(new Error('the line broke'));
          at += 100;
        },
      });
      return { method: 'POST', headers, body, duplex: 'half' };
    }
    const broken = data.api().onError((_, c) => c.body(null, 500));
    expect((await broken.request('/api/v1/usage', sending(PORTION + 152))).status).toBe(500);
    await expect.poll(async () => (await world.balance(subscriptionId)).monthBytes, { timeout: 20_000 }).toBe(PORTION);
    const again = await data.api().request('/api/v1/usage', sending(lines.length));
    expect(await again.json()).toMatchObject({ accepted: 452, duplicates: PORTION, conflicts: 0, refused: 0 });
    expect((await world.balance(subscriptionId)).monthBytes).toBe(lines.length);
  });

  test('of very many problems the first thousand are listed', async () => {
    const answer = await send('x\n'.repeat(1_100), 'application/x-ndjson');
    expect(answer).toMatchObject({ status: 200, body: { refused: 1_100, problemsNotListed: 100 } });
    expect(answer.body.problems).toHaveLength(1_000);
  });

  test.each([
    ['not JSON', '{', 'application/cloudevents+json', 400, 'malformed'],
    ['a list where one was named', [], 'application/cloudevents+json', 400, 'malformed'],
    ['one where a list was named', {}, 'application/cloudevents-batch+json', 400, 'malformed'],
    ['another format', {}, 'text/plain', 415, 'unsupported-media-type'],
    ['an event of another kind', { specversion: '1.0' }, 'application/cloudevents+json', 422, 'malformed-record'],
  ])('%s is refused', async (_, body, type, status, code) =>
    expect(await send(body, type)).toMatchObject({ status, body: { code } }),
  );
});

describe('the balance for programs', () => {
  test('what is left by kind, and what was used', async () => {
    const { subscriptionId } = await world.subscription();
    await send(event(subscriptionId));
    const response = await call(`/api/v1/subscriptions/${subscriptionId}/balance`);
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({
      subscriptionId,
      totalBytes: 2_999 * MB,
      usedTodayBytes: MB,
      usedThisMonthBytes: MB,
      buckets: [
        { kind: 'carry-over', remainingBytes: 0, expiresAt: null, lastDay: null, parts: [] },
        { kind: 'gift' },
        { kind: 'base', remainingBytes: 2_999 * MB, lastDay: '2026-05-31' },
        { kind: 'top-up' },
      ],
    });
  });

  test('many at once are each answered with their own', async () => {
    const all = await Promise.all(Array.from({ length: 20 }, () => world.subscription()));
    await Promise.all(
      all.map(({ subscriptionId }, index) => send(event(subscriptionId, { downlinkBytes: index + 1 }))),
    );
    const answers = await Promise.all(
      all.map(async ({ subscriptionId }) => (await call(`/api/v1/subscriptions/${subscriptionId}/balance`)).json()),
    );
    expect(answers.map(({ subscriptionId, totalBytes }) => [subscriptionId, 3 * GB - totalBytes])).toEqual(
      all.map(({ subscriptionId }, index) => [subscriptionId, index + 1]),
    );
  });

  test.each([newId(), 'x'])('nobody’s: %s', async (id) =>
    expect((await call(`/api/v1/subscriptions/${id}/balance`)).status).toBe(404),
  );

  test.each(['/api/v1/usage', `/api/v1/subscriptions/${newId()}/balance`])('without the key: %s', async (path) => {
    const init = { method: path.endsWith('usage') ? 'POST' : 'GET', headers: { authorization: 'Bearer wrong' } };
    expect((await data.api().request(path, init)).status).toBe(401);
  });
});
