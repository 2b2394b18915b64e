import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createStandardWebhook } from './standard-webhook.ts';

const key = Buffer.from('k'.repeat(32));
const heard: { headers: IncomingHttpHeaders; body: string }[] = [];
let status = 204;
const server = createServer((request, response) => {
  void buffer(request).then((body) => {
    heard.push({ headers: request.headers, body: body.toString() });
    response.writeHead(status, { location: '/elsewhere' }).end();
  });
});
let url = '';
beforeAll(async () => {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/events`;
});
afterAll(() => void server.close());

const event = { id: 'e1', type: 'data.throttle.set', timestamp: '2026-04-01T00:00:00Z', data: { kbps: 200 } };
const tell = () => createStandardWebhook({ url, secret: `whsec_${key.toString('base64')}` })(event);

test('an event carries its id, and a signature over id, time and body', async () => {
  await tell();
  const { headers, body } = heard.at(-1) ?? { headers: {}, body: '' };
  expect(JSON.parse(body)).toEqual({ type: event.type, timestamp: event.timestamp, data: event.data });
  expect(headers['webhook-id']).toBe('e1');
  const signed = `e1.${headers['webhook-timestamp']}.${body}`;
  expect(headers['webhook-signature']).toBe(`v1,${createHmac('sha256', key).update(signed).digest('base64')}`);
});

test.each([302, 400, 410, 500])('one that is answered %i was not taken, and is sent nowhere else', async (answer) => {
  status = answer;
  const before = heard.length;
  await expect(tell()).rejects.toThrow(`answered ${answer}`);
  expect(heard.length).toBe(before + 1);
});
