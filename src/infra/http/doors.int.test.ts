import { request } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { serveDoors } from '../../../tests/support/doors.ts';
import { type Door, doorJson } from './door.ts';

/** Says how many bytes it was given, or does what they ask. */
const echo: Door = {
  path: '/echo',
  largestBody: 100_000,
  async answer({ body }) {
    if (body.equals(Buffer.from('break'))) throw Object.assign(new Error('a bug'), { detail: 'Key (name)=(はな)' });
    if (body.equals(Buffer.from('busy'))) throw Object.assign(new Error('too many connections'), { code: '53300' });
    return doorJson(200, { bytes: body.length });
  },
};

let served: Awaited<ReturnType<typeof serveDoors>>;
beforeAll(async () => {
  served = await serveDoors(echo);
});
afterAll(() => served.stop());
beforeEach(() => served.logged.splice(0));

const post = (body: string | ReadableStream, init: object = {}) =>
  fetch(`${served.origin}/echo`, { method: 'POST', body, ...init });

test('what is posted is answered, with the headers of an answer to a program and a line in the log', async () => {
  const response = await post('hello');
  expect(await response.json()).toEqual({ bytes: 5 });
  const { headers } = response;
  expect(headers.get('content-security-policy')).toBe("default-src 'none'; frame-ancestors 'none'");
  expect(headers.get('strict-transport-security')).toMatch(/max-age=31536000/);
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('cache-control')).toBe('no-store');
  const requestId = headers.get('x-request-id');
  expect(requestId).toMatch(/^[0-9a-f-]{36}$/);
  const facts = { requestId, method: 'POST', route: '/echo', status: 200, ms: expect.any(Number) };
  expect(served.logged).toEqual([{ facts, message: 'request' }]);
});

test.each([
  ['GET', '/echo'],
  ['POST', '/echo/'],
  ['POST', '/other'],
])('%s %s is not its', async (method, path) =>
  expect((await fetch(served.origin + path, { method })).status).toBe(404),
);

describe('a body', () => {
  test('in many pieces is one', async () => {
    const pieces = new ReadableStream({
      async start(controller) {
        for (let n = 0; n < 50; n++) {
          controller.enqueue(new Uint8Array(1_000));
          await new Promise(setImmediate);
        }
        controller.close();
      },
    });
    expect(await (await post(pieces, { duplex: 'half' })).json()).toEqual({ bytes: 50_000 });
  });

  test('of nothing is empty', async () => expect(await (await post('')).json()).toEqual({ bytes: 0 }));

  test.each([
    ['says so', { 'content-length': '100001' }],
    ['is counted as it comes', { 'transfer-encoding': 'chunked' }],
  ])('that is too large and %s is refused, and the connection ends with it', async (_, headers) => {
    const answer = await new Promise<{
      status: number | undefined;
      type: string | undefined;
      connection: string | undefined;
    }>((done, fail) => {
      const asked = request(`${served.origin}/echo`, { method: 'POST', headers }, (response) => {
        const { 'content-type': type, connection } = response.headers;
        response.resume();
        done({ status: response.statusCode, type, connection });
      });
      asked.on('error', fail);
      asked.write('x'.repeat(100_001));
    });
    expect(answer).toEqual({ status: 413, type: 'application/problem+json; charset=utf-8', connection: 'close' });
  });

  test('whose sender goes away before its end is not answered, and harms nobody', async () => {
    const asked = request(`${served.origin}/echo`, { method: 'POST', headers: { 'content-length': '10' } });
    asked.on('error', () => undefined);
    await new Promise((done) => asked.write('half', done));
    asked.destroy();
    expect(await (await post('after')).json()).toEqual({ bytes: 5 });
    expect(served.logged).toHaveLength(1);
  });
});

test('a failure is problem details, and the log keeps what the database says of rows out', async () => {
  const response = await post('break');
  expect(response.status).toBe(500);
  expect(response.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
  expect(await response.json()).toMatchObject({ status: 500, code: 'failed' });
  expect(JSON.stringify(served.logged)).not.toContain('はな');
  expect(served.logged[0]).toMatchObject({ message: 'request failed', facts: { message: 'a bug' } });
});

test('what passes by waiting says when to come back', async () => {
  const response = await post('busy');
  expect([response.status, response.headers.get('retry-after')]).toEqual([503, '5']);
});
