import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { testDatabase } from '../../../../tests/support/database.ts';
import { serveDoors } from '../../../../tests/support/doors.ts';
import { createAdjustableClock } from '../../../base/clock.ts';
import { type Database, preparedRunnerOf, runnerOf, type SqlRunner } from '../../db/index.ts';
import { fileArrivals } from './arrivals-store.ts';
import { signatureOf } from './signature.ts';
import { createWebhookDoor } from './webhook.ts';

const current = 'the-current-channel-secret-00001';
const former = 'the-former-channel-secret-000002';
const clock = createAdjustableClock('2026-11-23T03:00:00Z');
const userId = `U${'0'.repeat(32)}`;

let database: Database;
let door: Awaited<ReturnType<typeof serveDoors>>;
let pokes = 0;

beforeAll(async () => {
  database = await testDatabase();
  door = await serveDoors(
    createWebhookDoor({
      sql: preparedRunnerOf(database.pool),
      clock,
      channelSecrets: [current, former],
      onStored: () => {
        pokes += 1;
      },
    }),
  );
});
afterAll(async () => {
  await door.stop();
  await database.close();
});
beforeEach(async () => {
  pokes = 0;
  await database.db.deleteFrom('line_event').execute();
  await database.db.deleteFrom('line_arrival').execute();
});

let made = 0;
function event(change: object = {}) {
  made += 1;
  return {
    type: 'message',
    mode: 'active',
    timestamp: clock.now().epochMilliseconds,
    source: { type: 'user', userId },
    webhookEventId: `EVENT${String(made).padStart(8, '0')}`,
    deliveryContext: { isRedelivery: false },
    message: { type: 'text', id: '1', text: 'やあ' },
    ...change,
  };
}
const bodyOf = (...events: unknown[]) => JSON.stringify({ destination: 'U0', events });

async function post(body: string, headers?: Record<string, string>): Promise<number> {
  const signed = headers ?? { 'x-line-signature': signatureOf(Buffer.from(body), current) };
  const response = await fetch(`${door.origin}/webhook/line`, { method: 'POST', body, headers: signed });
  await response.arrayBuffer();
  return response.status;
}
/** As a door is given it. */
function signed(text: string) {
  const body = Buffer.from(text);
  return { body, headers: { 'x-line-signature': signatureOf(body, current) } };
}
const arrivals = () => database.db.selectFrom('line_arrival').selectAll().orderBy('arrival_id').execute();
const events = () => database.db.selectFrom('line_event').selectAll().orderBy('webhook_event_id').execute();
/** Files what came, and answers how many arrivals there were. What is refused is told by its SQLSTATE. */
async function file(sql: SqlRunner = runnerOf(database.db), refused: unknown[] = []): Promise<number> {
  return fileArrivals(sql, (error) => refused.push(Reflect.get(Object(error), 'code')));
}
async function stored() {
  await file();
  return events();
}

describe('who is let in', () => {
  test.each<[string, (body: string) => Record<string, string>, number]>([
    ['a good signature', (body) => ({ 'x-line-signature': signatureOf(Buffer.from(body), current) }), 200],
    ['its header in other letters', (body) => ({ 'X-Line-Signature': signatureOf(Buffer.from(body), current) }), 200],
    ['the former secret', (body) => ({ 'x-line-signature': signatureOf(Buffer.from(body), former) }), 200],
    ["somebody else's secret", (body) => ({ 'x-line-signature': signatureOf(Buffer.from(body), 'mine') }), 401],
    ['no signature', () => ({}), 401],
    ['an empty one', () => ({ 'x-line-signature': '' }), 401],
    ["another body's", () => ({ 'x-line-signature': signatureOf(Buffer.from('{}'), current) }), 401],
  ])('%s', async (_, headers, status) => {
    const body = bodyOf(event());
    expect(await post(body, headers(body))).toBe(status);
    expect(await stored()).toHaveLength(status === 200 ? 1 : 0);
  });

  test('not a body of which one byte was altered', async () => {
    const body = bodyOf(event());
    const signature = signatureOf(Buffer.from(body), current);
    expect(await post(body.replace('やあ', 'やお'), { 'x-line-signature': signature })).toBe(401);
  });

  test('a bad signature is refused before the body is read as anything', async () => {
    expect(await post('not json', {})).toBe(401);
    expect(await post('not json')).toBe(400);
  });

  test('emoji escaped as LINE escapes them', async () => {
    const body = bodyOf(event({ message: { type: 'text', text: 'EMOJI' } })).replace('EMOJI', '\\uD83E\\uDD28');
    expect(await post(body)).toBe(200);
    expect((await stored())[0]?.payload).toMatchObject({ message: { text: '🤨' } });
  });

  test('not more than a megabyte', () =>
    expect(
      createWebhookDoor({
        sql: preparedRunnerOf(database.pool),
        clock,
        channelSecrets: [current],
        onStored: () => undefined,
      }),
    ).toMatchObject({ largestBody: 1_048_576 }));
});

describe('what is stored', () => {
  test('the check of the connection stores nothing', async () => {
    expect(await post(bodyOf())).toBe(200);
    expect(await stored()).toEqual([]);
    expect(pokes).toBe(0);
  });

  test('several people in one request, kinds not known yet, and events of nobody', async () => {
    const other = `U${'1'.repeat(32)}`;
    await post(
      bodyOf(
        event(),
        event({ source: { type: 'user', userId: other }, type: 'teleport' }),
        event({ source: undefined, type: 'accountLink', link: { result: 'failed', nonce: 'n' } }),
      ),
    );
    const rows = await stored();
    expect(rows.map((row) => row.line_user_id)).toEqual([userId, other, null]);
    expect(rows.map((row) => row.event_type)).toEqual(['message', 'teleport', 'accountLink']);
    expect(rows.every((row) => row.done_at === null)).toBe(true);
    expect(pokes).toBe(1);
  });

  test('an event once, however often and in whatever order it comes', async () => {
    const events = Array.from({ length: 20 }, () => event());
    const bodies = Array.from({ length: 100 }, (_, n) => {
      const redelivered = events.map((each) => ({ ...each, deliveryContext: { isRedelivery: n > 0 } }));
      return bodyOf(...redelivered.slice(n % 20), ...redelivered.slice(0, n % 20));
    });
    const answers = await Promise.all(bodies.map((body) => post(body)));
    expect(new Set(answers)).toEqual(new Set([200]));
    expect(await stored()).toHaveLength(20);
  });

  test('twice in one request is once too', async () => {
    const twice = event();
    expect(await post(bodyOf(twice, twice))).toBe(200);
    expect(await stored()).toHaveLength(1);
  });

  test('an event of the day before yesterday is kept, and changes nothing', async () => {
    const day = 24 * 3_600_000;
    const now = clock.now().epochMilliseconds;
    await post(bodyOf(event({ timestamp: now - day - 1 }), event({ timestamp: now - day + 1 })));
    expect((await stored()).map((row) => row.done_at !== null)).toEqual([true, false]);
  });

  test('words the database could not hold do not take the rest with them', async () => {
    const body = bodyOf(event({ message: { type: 'text', text: 'NUL' } }), event()).replace('NUL', 'a\\u0000\\ud83e');
    expect(await post(body)).toBe(200);
    expect(await stored()).toHaveLength(2);
  });
});

describe('under load', () => {
  test('requests that come together are stored in few commits', async () => {
    const answers = await Promise.all(Array.from({ length: 200 }, () => post(bodyOf(event()))));
    expect(new Set(answers)).toEqual(new Set([200]));
    expect((await arrivals()).length).toBeLessThan(150);
    expect(await stored()).toHaveLength(200);
  });

  test('a full queue is told at once, with when to come back', async () => {
    const door = createWebhookDoor({
      sql: preparedRunnerOf(database.pool),
      clock,
      channelSecrets: [current],
      onStored: () => undefined,
      maximumWaiting: 2,
    });
    const answers = [[event(), event()], [event()]].map((events) => door.answer(signed(bodyOf(...events))));
    expect(await answers[1]).toEqual({ status: 503, headers: { 'retry-after': '1' } });
    expect(await answers[0]).toEqual({ status: 200 });
    expect(await stored()).toHaveLength(2);
  });

  test('of an insert that breaks nobody is told 200, and what is redelivered is stored once', async () => {
    const body = bodyOf(event());
    const blocker = await database.pool.connect();
    await blocker.query('begin');
    await blocker.query('lock table line_arrival in share mode');
    const held = post(body);
    const [waiting] = await untilFound<{ pid: number }>(
      `select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    );
    await database.pool.query('select pg_terminate_backend($1)', [waiting?.pid]);
    expect(await held).toBe(503);
    await blocker.query('rollback');
    blocker.release();
    expect(await post(body)).toBe(200);
    expect(await stored()).toHaveLength(1);
  });

  test('while the database is away the answer is 503, never 200', async () => {
    const away = await testDatabase();
    await away.pool.end();
    const door = createWebhookDoor({
      sql: preparedRunnerOf(away.pool),
      clock,
      channelSecrets: [current],
      onStored: () => undefined,
    });
    expect((await door.answer(signed(bodyOf(event())))).status).toBe(503);
  });
});

describe('what came is filed', () => {
  test('an event a row, with what orders and separates it; before that it is kept as it came', async () => {
    const hers = event();
    const other = event({ source: { type: 'user', userId: "U' or 1=1" }, timestamp: 1_790_000_000_123 });
    await post(bodyOf(hers, other));
    expect(await events()).toEqual([]);
    expect(JSON.parse((await arrivals())[0]?.events ?? '')).toHaveLength(2);
    expect(await file()).toBe(1);
    expect(await arrivals()).toEqual([]);
    const [first, second] = await events();
    expect(first).toMatchObject({ line_user_id: userId, event_type: 'message', attempts: 0, done_at: null });
    expect(first?.payload).toMatchObject({ message: { text: 'やあ' } });
    expect([first?.received_at, first?.next_attempt_at].map(String)).toEqual(Array(2).fill(clock.now().toString()));
    expect(second).toMatchObject({ line_user_id: null, webhook_event_id: other.webhookEventId });
    expect(String(second?.occurred_at)).toBe('2026-09-21T14:13:20.123Z');
  });

  test('once: redelivered after it was handled, it stays handled', async () => {
    const body = bodyOf(event());
    await post(body);
    await file();
    await database.db.updateTable('line_event').set({ done_at: clock.now().toString(), payload: '{}' }).execute();
    await post(body);
    expect((await stored()).map((row) => [row.done_at !== null, row.payload])).toEqual([[true, {}]]);
  });

  test('without waiting for the disk, and only that', async () => {
    const client = await database.pool.connect();
    const sql: SqlRunner = { query: async (text, values) => (await client.query(text, [...(values ?? [])])).rows };
    const waits = async () =>
      (await sql.query<{ on: string }>(`select current_setting('synchronous_commit') as on`))[0]?.on;
    await post(bodyOf(event()));
    await client.query('begin');
    await file(sql);
    expect(await waits()).toBe('off');
    await client.query('commit');
    expect(await waits()).toBe('on');
    client.release();
  });

  test('in the order they came, by several processes too: the second waits for the first', async () => {
    const client = await database.pool.connect();
    const sql: SqlRunner = { query: async (text, values) => (await client.query(text, [...(values ?? [])])).rows };
    await post(bodyOf(event()));
    await client.query('begin');
    expect(await file(sql)).toBe(1);
    await post(bodyOf(event()));
    const second = file();
    await untilFound(`select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`);
    expect(await events()).toEqual([]);
    await client.query('commit');
    client.release();
    expect(await second).toBe(1);
    expect(await events()).toHaveLength(2);
  });

  test('many portions of them', async () => {
    for (let n = 0; n < 40; n += 1) expect(await post(bodyOf(event()))).toBe(200);
    expect(await file()).toBe(40);
    expect(await events()).toHaveLength(40);
  });

  test('but for what the database cannot read: that is set aside and told, and holds up nobody', async () => {
    await post(bodyOf(event()));
    const strange = [
      '[{"webhookEventId":',
      `[{"webhookEventId":"deep","x":${'['.repeat(90_000)}${']'.repeat(90_000)}}]`,
      '[{}]',
    ];
    for (const words of strange) {
      await database.pool.query('insert into line_arrival (received_at, events) values (now(), $1)', [words]);
    }
    await post(bodyOf(event()));
    const refused: unknown[] = [];
    await file(undefined, refused);
    expect(await events()).toHaveLength(2);
    expect(refused).toEqual(['22P02', '54001', '23502']);
    expect((await arrivals()).map((row) => [row.events, row.refusal])).toEqual(
      strange.map((words, n) => [words, refused[n]]),
    );
    expect(await file(undefined, refused)).toBe(0);
    expect(refused).toHaveLength(3);
    // What is set aside is not looked at again, also not when something else is.
    await database.pool.query(`insert into line_arrival (received_at, events) values (now(), '{')`);
    expect(await file(undefined, refused)).toBe(1);
  });
});

test('a door without a secret does not open', () => {
  const make = (channelSecrets: string[]) => () =>
    createWebhookDoor({ sql: preparedRunnerOf(database.pool), clock, channelSecrets, onStored: () => undefined });
  expect(make([])).toThrow();
  expect(make([''])).toThrow();
});

/** Asks until there is an answer. */
async function untilFound<Row extends object>(text: string): Promise<Row[]> {
  for (;;) {
    const { rows } = await database.pool.query<Row>(text);
    if (rows.length > 0) return rows;
  }
}
