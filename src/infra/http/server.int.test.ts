import { Agent, type IncomingMessage, request } from 'node:http';
import { Hono } from 'hono';
import { afterEach, expect, test } from 'vitest';
import { freePort } from '../../../tests/support/free-port.ts';
import { type Serving, startServer } from './server.ts';
import type { WebEnv } from './web-env.ts';

let server: Serving | undefined;
const client = new Agent({ keepAlive: true, maxSockets: 1 });
afterEach(async () => {
  client.destroy();
  await server?.close();
});

/** A client that keeps its connection, as balancers do. */
function ask(port: number, path: string): Promise<IncomingMessage> {
  return new Promise((done, fail) => {
    request({ host: '127.0.0.1', port, path, agent: client }, (response) => {
      response.resume().once('end', () => done(response));
    })
      .once('error', fail)
      .end();
  });
}

test('on its way out it answers those whose connection it kept, and says with the answer that the connection ends', async () => {
  const web = new Hono<WebEnv>().get('/', (c) => c.text('hello'));
  const port = await freePort();
  server = await startServer({ host: '127.0.0.1', port }, web, []);
  expect((await ask(port, '/')).headers.connection).toBe('keep-alive');

  await server.drain(0);
  const last = await ask(port, '/');
  expect([last.statusCode, last.headers.connection]).toEqual([200, 'close']);
});

test('closed, it ends once what is under way is answered, and takes nothing new', async () => {
  const under = Promise.withResolvers<void>();
  const come = Promise.withResolvers<void>();
  const web = new Hono<WebEnv>().get('/slow', async (c) => {
    come.resolve();
    await under.promise;
    return c.text('done');
  });
  const port = await freePort();
  server = await startServer({ host: '127.0.0.1', port }, web, []);
  const slow = ask(port, '/slow');
  await come.promise;

  const closed = server.close();
  await expect(fetch(`http://127.0.0.1:${port}/slow`)).rejects.toThrow();
  under.resolve();
  expect((await slow).statusCode).toBe(200);
  await closed;
  server = undefined;
});
