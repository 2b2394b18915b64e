import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type EmbeddedPostgres, startEmbedded } from '../../src/infra/db/embedded.ts';
import { type Database, migrate, openDatabase } from '../../src/infra/db/index.ts';
import { makeKeys } from '../../src/infra/secrets.ts';
import { API_KEY, startAppProcess } from '../support/app-process.ts';
import { testFolder } from '../support/folder.ts';
import { freePort } from '../support/free-port.ts';
import { createGiftWorld } from '../support/gift-world.ts';

const WRITERS = 64;
const PEOPLE = 64;
/** A busy machine takes its time to start an app or to recover a database. */
const patience = { timeout: 120_000 };

// A server of its own: killing one of its processes makes all of it recover.
const folder = testFolder();
let server: EmbeddedPostgres;
let database: Database;
beforeAll(async () => {
  server = await startEmbedded(join(folder, 'postgres'));
  database = openDatabase({ url: await server.databaseUrl('renkei'), poolSize: 4 });
  await migrate(database.pool);
});
afterAll(async () => {
  await database.close();
  await server.stop();
});

interface Asked {
  readonly path: string;
  readonly body: Record<string, unknown>;
  readonly type?: string;
  readonly key?: string;
}

test(`slices, usage and gifts under ${WRITERS} writers while the app and a process of the database are killed: what was acknowledged is there once`, {
  timeout: 600_000,
}, async () => {
  const world = createGiftWorld(database, new Date().toISOString());
  const ids: string[] = [];
  for (let each = 0; each < PEOPLE; each += 1) ids.push((await world.subscription({ planCode: 'p12' })).subscriptionId);
  const before = await sumOf('select sum(remaining)::bigint as sum from ledger_lot');
  await world.close();

  const options = { databaseUrl: database.url, port: await freePort(), keys: makeKeys() };
  let app = await startAppProcess(options);
  let isOver = false;
  let next = 0;
  const answers: { asked: Asked; status: number; text: string }[] = [];

  /** Asks until there is an answer, as a client would whose line broke. */
  async function ask(asked: Asked): Promise<{ status: number; text: string }> {
    for (;;) {
      const answer = await post(app.url, asked);
      if (answer !== undefined && answer.status < 500) {
        answers.push({ asked, ...answer });
        return answer;
      }
      await wait(100);
    }
  }

  async function writer(): Promise<void> {
    while (!isOver) {
      const number = next;
      next += 1;
      const id = ids[number % PEOPLE] ?? '';
      if (number % 3 === 0) await ask(giftOf(number, id, ids[(number * 7 + 1) % PEOPLE] ?? ''));
      else if (number % 3 === 1) await ask(recordOf(number, id));
      else {
        const slice = { bytes: 10_000_000, validFor: 'PT1H' };
        const lent = await ask({ path: `subscriptions/${id}/reservations`, body: slice, key: `slice-${number}` });
        if (lent.status !== 201) continue;
        const at = `subscriptions/${id}/reservations/${JSON.parse(lent.text).reservationId}`;
        if (number % 2 === 0) await ask({ path: `${at}/release`, body: {} });
        else await ask({ path: `${at}/settle`, body: { usedBytes: 1_000 * (number % 20) } });
      }
    }
  }

  const writers = Array.from({ length: WRITERS }, writer);
  for (const kill of ['app', 'database', 'app', 'database'] as const) {
    const count = answers.length;
    await expect.poll(() => answers.length, patience).toBeGreaterThan(count + 200);
    if (kill === 'database') await killLedgersProcess();
    else {
      await app.kill();
      app = await startAppProcess(options);
    }
  }
  const count = answers.length;
  await expect.poll(() => answers.length, patience).toBeGreaterThan(count + 200);
  isOver = true;
  await Promise.all(writers);

  const acknowledged = (of: (path: string) => boolean, status: number) =>
    answers
      .filter(({ asked, ...answer }) => of(asked.path) && answer.status === status)
      .map(({ text }) => JSON.parse(text));
  const given = acknowledged((path) => path === 'gifts', 201);
  expect(new Set(given.map(({ giftId }) => giftId))).toEqual(new Set(await idsOf('select gift_id as id from gift')));
  expect(await sumOf('select count(*) as sum from gift')).toBe(given.length);

  const lent = acknowledged((path) => path.endsWith('reservations'), 201);
  const stored = await idsOf('select reservation_id as id from data_reservation');
  expect(new Set(lent.map(({ reservationId }) => reservationId))).toEqual(new Set(stored));
  expect(stored).toHaveLength(lent.length);
  expect(await sumOf(`select count(*) as sum from data_reservation where state = 'open'`)).toBe(0);

  const used = [
    ...acknowledged((path) => path === 'usage', 200),
    ...acknowledged((path) => path.endsWith('/settle'), 200),
  ];
  const drawn = used.reduce((sum: number, { drawnBytes }) => sum + drawnBytes, 0);
  const over = used.reduce((sum: number, { overBytes }) => sum + overBytes, 0);
  expect(drawn).toBeGreaterThan(0);
  expect(await sumOf('select sum(used_bytes)::bigint as sum from data_usage_daily')).toBe(drawn + over);
  expect(await sumOf('select sum(remaining)::bigint as sum from ledger_lot')).toBe(before - drawn);
  expect(await world.faults()).toEqual([]);

  // The same again is the same to the byte, but that a record says it was there before; another body is refused.
  const tried = [...answers.slice(0, 60), ...answers.slice(-60)];
  for (const { asked, status, text } of tried) {
    const again = await post(app.url, asked);
    const asDuplicate = text.replace('"status":"accepted"', '"status":"duplicate"');
    expect([again?.status, again?.text]).toEqual([status, asked.path === 'usage' ? asDuplicate : text]);
  }
  for (const { asked } of tried.filter(({ asked: { key } }) => key !== undefined)) {
    const amount = 'bytes' in asked.body ? { bytes: 10_000_001 } : { amountBytes: 1_000_000_000 };
    expect((await post(app.url, { ...asked, body: { ...asked.body, ...amount } }))?.status).toBe(422);
  }
  await app.kill();

  /** A process of PostgreSQL that dies: all of it starts anew from its log, as after a loss of power. */
  async function killLedgersProcess(): Promise<void> {
    const { rows } = await database.pool.query<{ pid: number }>(
      `select pid from pg_stat_activity where application_name = 'renkei ledger' limit 1`,
    );
    expect(rows[0]?.pid).toBeGreaterThan(0);
    process.kill(rows[0]?.pid ?? 0, 'SIGKILL');
    await expect.poll(isBack, patience).toBe(true);
  }

  function isBack(): Promise<boolean> {
    return database.pool.query('select 1').then(
      () => true,
      () => false,
    );
  }

  async function sumOf(text: string): Promise<number> {
    const { rows } = await database.pool.query<{ sum: number }>(text);
    return rows[0]?.sum ?? 0;
  }

  async function idsOf(text: string): Promise<string[]> {
    const { rows } = await database.pool.query<{ id: string }>(text);
    return rows.map(({ id }) => id);
  }
});

function giftOf(number: number, fromSubscriptionId: string, toSubscriptionId: string): Asked {
  const body = { fromSubscriptionId, toSubscriptionId, amountBytes: 500_000_000 };
  return { path: 'gifts', body, key: `gift-${number}` };
}

function recordOf(number: number, subject: string): Asked {
  const data = { uplinkBytes: number % 500, downlinkBytes: 1_000 };
  const time = new Date(Date.now() - 1_000).toISOString();
  const body = { specversion: '1.0', type: 'usage', source: '/crash', id: String(number), subject, time, data };
  return { path: 'usage', body, type: 'application/cloudevents+json' };
}

async function post(url: string, { path, body, type = 'application/json', key }: Asked) {
  const answer = await fetch(`${url}/api/v1/${path}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${API_KEY}`,
      'content-type': type,
      ...(key !== undefined && { 'idempotency-key': key }),
    },
    body: JSON.stringify(body),
  }).catch(() => undefined);
  const text = await answer?.text().catch(() => undefined);
  return answer === undefined || text === undefined ? undefined : { status: answer.status, text };
}
