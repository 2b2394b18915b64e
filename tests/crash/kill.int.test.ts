import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Database, runnerOf } from '../../src/infra/db/index.ts';
import { makeKeys } from '../../src/infra/secrets.ts';
import { verifyLedger } from '../../src/ledger/index.ts';
import { API_KEY, startAppProcess } from '../support/app-process.ts';
import { testDatabase } from '../support/database.ts';
import { freePort } from '../support/free-port.ts';
import { createGiftWorld } from '../support/gift-world.ts';

const WRITERS = 64;
const KILLS = 5;
const STEP = 500_000_000;

let database: Database;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

test(`the app is killed ${KILLS} times under ${WRITERS} writers: every acknowledged gift is there once, none is lost`, {
  timeout: 300_000,
}, async () => {
  // A quiet moment by the real clock, which the process in the test keeps.
  const world = createGiftWorld(database, new Date().toISOString());
  const people = [];
  for (let each = 0; each < 64; each += 1) people.push(await world.subscription({ planCode: 'p12' }));
  const ids = people.map((person) => person.subscriptionId);
  const before = await sumOfLots();

  const options = { databaseUrl: database.url, port: await freePort(), keys: makeKeys() };
  let app = await startAppProcess(options);
  const answers = new Map<string, { status: number; body: string }>();
  let next = 0;
  let isOver = false;

  async function writer(): Promise<void> {
    while (!isOver) {
      const number = next;
      next += 1;
      const key = `gift-${number}`;
      const body = JSON.stringify({
        fromSubscriptionId: ids[number % ids.length],
        toSubscriptionId: ids[(number * 3 + 1) % ids.length],
        amountBytes: STEP,
      });
      // Asked again until there is an answer, as a client would whose line broke.
      for (let answer: Response | undefined; answer === undefined; ) {
        answer = await fetch(`${app.url}/api/v1/gifts`, {
          method: 'POST',
          headers: { authorization: `Bearer ${API_KEY}`, 'content-type': 'application/json', 'idempotency-key': key },
          body,
        }).catch(() => undefined);
        const text = await answer?.text().catch(() => undefined);
        if (answer && text !== undefined && answer.status < 500)
          answers.set(key, { status: answer.status, body: text });
        else {
          answer = undefined;
          await wait(100);
        }
      }
    }
  }
  const writers = Array.from({ length: WRITERS }, writer);
  for (let kill = 0; kill < KILLS; kill += 1) {
    await wait(300 + 150 * kill);
    await app.kill();
    app = await startAppProcess(options);
  }
  isOver = true;
  await Promise.all(writers);

  const given = [...answers.values()].filter(({ status }) => status === 201);
  const { rows } = await database.pool.query<{ gifts: number; ids: string[] }>(
    'select count(*) as gifts, array_agg(gift_id::text) as ids from gift',
  );
  expect(answers.size).toBe(next);
  expect(given.length).toBeGreaterThan(0);
  expect(rows[0]?.gifts).toBe(given.length);
  expect(new Set(given.map(({ body }) => JSON.parse(body).giftId))).toEqual(new Set(rows[0]?.ids));
  expect(await sumOfLots()).toBe(before);
  expect(await verifyLedger(runnerOf(database.db))).toEqual([]);

  for (const [key, { status, body }] of [...answers].slice(0, 20)) {
    const number = Number(key.slice(5));
    const again = await fetch(`${app.url}/api/v1/gifts`, {
      method: 'POST',
      headers: { authorization: `Bearer ${API_KEY}`, 'content-type': 'application/json', 'idempotency-key': key },
      body: JSON.stringify({
        fromSubscriptionId: ids[number % ids.length],
        toSubscriptionId: ids[(number * 3 + 1) % ids.length],
        amountBytes: STEP,
      }),
    });
    expect([again.status, await again.text()]).toEqual([status, body]);
  }
  await app.kill();

  async function sumOfLots(): Promise<number> {
    const sums = await database.pool.query<{ sum: number }>('select sum(remaining)::bigint as sum from ledger_lot');
    return sums.rows[0]?.sum ?? 0;
  }
});
