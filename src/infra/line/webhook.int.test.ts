import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { testDatabase } from '../../../tests/support/database.ts';
import { serveDoors } from '../../../tests/support/doors.ts';
import { createAdjustableClock } from '../../base/clock.ts';
import { type Database, preparedRunnerOf } from '../db/index.ts';
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
const stored = () => database.db.selectFrom('line_event').selectAll().orderBy('webhook_event_id').execute();

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
  test('requests that come together are stored in few commits, each answered after its own', async () => {
    const before = await commits();
    const answers = await Promise.all(Array.from({ length: 200 }, () => post(bodyOf(event()))));
    expect(new Set(answers)).toEqual(new Set([200]));
    expect(await stored()).toHaveLength(200);
    expect((await commits()) - before).toBeLessThan(150);
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

  test('an insert that hangs does not hold up a crowd; when it breaks, its own are told, and redelivered are stored once', async () => {
    const everybody = Array.from({ length: 40 }, (_, n) =>
      event({ source: { type: 'user', userId: `U${String(n).padStart(32, '0')}` } }),
    );
    const [hanging, ...others] = everybody;
    const body = bodyOf(hanging);
    const blocker = await database.pool.connect();
    await blocker.query('begin');
    await blocker.query(
      `insert into line_event (webhook_event_id, event_type, occurred_at, received_at, payload, next_attempt_at)
       values ($1, 'message', now(), now(), '{}', now())`,
      [hanging?.webhookEventId],
    );
    const held = post(body);
    const [waiting] = await untilFound<{ pid: number }>(
      `select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    );
    expect(await post(bodyOf(...others))).toBe(200);
    await database.pool.query('select pg_terminate_backend($1)', [waiting?.pid]);
    expect(await held).toBe(503);
    await blocker.query('rollback');
    blocker.release();
    expect(await post(body)).toBe(200);
    expect(await stored()).toHaveLength(40);
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

/** Transactions of this database that wrote something: every insert of ours is one. */
async function commits(): Promise<number> {
  const { rows } = await database.pool.query<{ inserts: string }>(
    `select count(distinct xmin::text) as inserts from line_event`,
  );
  return Number(rows[0]?.inserts);
}
