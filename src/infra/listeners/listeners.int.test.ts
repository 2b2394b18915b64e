import { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { testDatabase } from '../../../tests/support/database.ts';
import { eventSink } from '../../../tests/support/event-sink.ts';
import { newId } from '../../base/ids.ts';
import { type Database, runnerOf, type SqlRunner } from '../db/index.ts';
import { listenersJob } from './deliver.ts';
import { newListenerSecret } from './hub.ts';
import {
  endListener,
  type HubName,
  hurryEvents,
  insertEvent,
  insertListener,
  pauseListener,
} from './listener-store.ts';

const NOW = Temporal.Instant.from('2026-11-18T05:00:00Z');
let database: Database;
let sql: SqlRunner;
let sink: Awaited<ReturnType<typeof eventSink>>;
beforeAll(async () => {
  database = await testDatabase();
  sql = runnerOf(database.db);
  sink = await eventSink();
});
beforeEach(() => database.pool.query('truncate listener, listener_event cascade'));
afterAll(async () => {
  await sink.stop();
  await database.close();
});

const secrets = { show: { current: 1, keys: new Map([[1, Buffer.alloc(32, 7)]]) } };

async function listener(hub: HubName, path: number): Promise<string> {
  const listenerId = newId();
  const { secretCipher } = newListenerSecret(secrets.show, listenerId);
  const of = { listenerId, hub, callback: `${sink.url}/${path}`, query: null, eventTypes: [], secretCipher };
  expect(await insertListener(sql, NOW, of)).toBe(true);
  return listenerId;
}
const tell = (hub: HubName, n = 0) => insertEvent(sql, NOW, { hub, eventType: 'Any', payload: { n } });

/** What waits, and what became of the rest, of one listener. */
async function states(listenerId: string) {
  const rows = await sql.query<{ state: string }>(
    'select state from listener_event where listener_id = $1 order by position',
    [listenerId],
  );
  return rows.map(({ state }) => state);
}
const deliver = (at: Temporal.Instant) =>
  listenersJob({ db: database.db, publicUrl: 'http://127.0.0.1:3000', secrets }).run(at);

test('an event is for those who listen to its interface, and still do', async () => {
  const [orders, prepay, gone] = [
    await listener('orders', 1),
    await listener('prepay', 2),
    await listener('orders', 3),
  ];
  expect(await endListener(sql, NOW, { listenerId: gone })).toBe(true);
  await tell('orders');
  expect(await Promise.all([orders, prepay, gone].map(states))).toEqual([['waiting'], [], []]);
});

test('ending, hurrying and pausing one leaves the others, and one interface does not end a listener of the other', async () => {
  const [one, other] = [await listener('orders', 4), await listener('orders', 5)];
  await tell('orders');
  await sql.query('update listener_event set next_attempt_at = $1', [NOW.add({ hours: 6 }).toString()]);
  await hurryEvents(sql, NOW, one);
  const due = await sql.query<{ id: string }>(
    'select listener_id as id from listener_event where next_attempt_at <= $1',
    [NOW.toString()],
  );
  expect(due).toEqual([{ id: one }]);
  await pauseListener(sql, { listenerId: other, pausedAt: NOW });
  expect(await endListener(sql, NOW, { listenerId: one, hub: 'prepay' })).toBe(false);
  expect(await states(one)).toEqual(['waiting']);
  expect(await endListener(sql, NOW, { listenerId: one, hub: 'orders' })).toBe(true);
  expect(await Promise.all([one, other].map(states))).toEqual([['failed'], ['waiting']]);
  const [kept] = await sql.query<{ paused: boolean }>(
    'select paused_at is not null as paused from listener where listener_id = $1',
    [other],
  );
  expect(kept?.paused).toBe(true);
});

test('what is never taken is given up in the end, and what came behind it is told', async () => {
  const id = await listener('orders', 6);
  for (const n of [1, 2]) await tell('orders', n);
  sink.answers.push(...Array.from({ length: 7 }, () => 500));
  let at = NOW;
  for (let tries = 0; tries < 7; tries += 1) {
    expect(await states(id)).toEqual(['waiting', 'waiting']);
    await deliver(at);
    at = at.add({ hours: 6 });
  }
  expect(await states(id)).toEqual(['failed', 'delivered']);
});

test('what was settled thirty days ago is forgotten, and what waits is not', async () => {
  const id = await listener('orders', 7);
  for (const n of [1, 2]) await tell('orders', n);
  await sql.query(`update listener_event set state = 'delivered', settled_at = $1 where payload ->> 'n' = '1'`, [
    NOW.toString(),
  ]);
  await pauseListener(sql, { listenerId: id, pausedAt: NOW });
  await deliver(NOW.add({ hours: 30 * 24 }));
  expect(await states(id)).toEqual(['delivered', 'waiting']);
  await deliver(NOW.add({ hours: 30 * 24, seconds: 1 }));
  expect(await states(id)).toEqual(['waiting']);
});
