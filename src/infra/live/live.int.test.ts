import { Hono } from 'hono';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testDatabase } from '../../../tests/support/database.ts';
import { freePort } from '../../../tests/support/free-port.ts';
import type { Database } from '../db/index.ts';
import { startServer } from '../http/server.ts';
import type { WebEnv } from '../http/web-env.ts';
import { createLive } from './live.ts';

/** Two processes on one database: what is changed through one is heard by the pages of the other. */

let database: Database;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

async function process() {
  const errors: unknown[] = [];
  const live = createLive({ url: database.url, topics: ['thing'], onError: (error) => errors.push(error) });
  const web = new Hono<WebEnv>().get('/stream', (c) =>
    live.answer(c, { hears: () => true, isWelcome: async () => true }),
  );
  const port = await freePort();
  const server = await startServer({ host: '127.0.0.1', port }, web, []);
  live.start();
  return {
    live,
    errors,
    /** A browser's end of a stream: what it was told until now. */
    async listen() {
      const left = new AbortController();
      const response = await fetch(`http://127.0.0.1:${port}/stream`, { signal: left.signal });
      let told = '';
      const ended = (async () => {
        const decoder = new TextDecoder();
        for await (const chunk of response.body ?? []) told += decoder.decode(chunk);
      })().catch(() => undefined);
      return { told: () => told, ended, type: response.headers.get('content-type'), leave: () => left.abort() };
    },
    async stop() {
      await live.stop();
      await server.close();
    },
  };
}

const notify = (key: string) => database.pool.query('select pg_notify($1, $2)', ['thing', key]);

test('a change is heard by the pages of every process, after its commit and not before', async () => {
  const [one, other] = [await process(), await process()];
  const pages = [await one.listen(), await other.listen(), await other.listen()];
  for (const page of pages) {
    expect(page.type).toBe('text/event-stream; charset=utf-8');
    // Until its process has begun to listen, and is known to.
    await expect.poll(() => notify('first').then(page.told)).toContain('thing:first');
  }
  const client = await database.pool.connect();
  await client.query('begin');
  await client.query(`select pg_notify('thing', 'taken-back')`);
  await client.query('rollback');
  client.release();
  await notify('kept');
  for (const page of pages) {
    await expect.poll(page.told).toContain('thing:kept');
    expect(page.told()).not.toContain('taken-back');
  }
  pages[1]?.leave();
  await notify('later');
  await expect.poll(() => pages[2]?.told()).toContain('thing:later');
  await Promise.all([one.stop(), other.stop()]);
  await Promise.all(pages.map((page) => page.ended));
});

test('a connection that breaks comes back, and pages are told that something may have been missed', async () => {
  const one = await process();
  const page = await one.listen();
  await expect.poll(() => notify('first').then(page.told)).toContain('thing:first');
  const everything = () => page.told().split('event: everything').length - 1;
  const before = everything();
  await database.pool.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where application_name = 'renkei live' and datname = current_database()`,
  );
  await notify('missed');
  await expect.poll(everything).toBe(before + 1);
  expect(one.errors.length).toBeGreaterThan(0);
  await notify('after');
  await expect.poll(page.told).toContain('thing:after');
  await one.stop();
  await page.ended;
});

test('a process that stops waits for no stream and for no connection that is merely kept', async () => {
  const one = await process();
  const page = await one.listen();
  await expect.poll(page.told).toContain('hello');
  let isStopped = false;
  void one.stop().then(() => {
    isStopped = true;
  });
  await expect.poll(() => isStopped).toBe(true);
  await page.ended;
});
