import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { Hono } from 'hono';
import { expect, test } from 'vitest';
import { answerPacked, pack } from './packed.ts';

const BODY = 'the same for everybody '.repeat(50);
const app = new Hono().get('/', (c) => answerPacked(c, pack('text/plain; charset=utf-8', BODY)));
const ask = (headers: Record<string, string> = {}) => app.request('/', { headers });
const bytes = async (response: Response) => Buffer.from(await response.arrayBuffer());

test.each([
  ['gzip, deflate, br', 'br'],
  ['gzip', 'gzip'],
  ['br;q=0, gzip;q=0.5', 'gzip'],
  ['br; q=0.0', null],
  ['brotli', null],
  ['', null],
])('whoever takes "%s" gets it as %s', async (accepted, coding) => {
  const response = await ask(accepted === '' ? {} : { 'accept-encoding': accepted });
  expect(response.headers.get('content-encoding')).toBe(coding);
  expect(response.headers.get('vary')).toBe('accept-encoding');
  const got = await bytes(response);
  const read = { br: brotliDecompressSync, gzip: gunzipSync };
  expect((coding === 'br' || coding === 'gzip' ? read[coding](got) : got).toString()).toBe(BODY);
  if (coding !== null) expect(got.length).toBeLessThan(100);
});

test('whoever has it already is told so, and sent nothing', async () => {
  const etag = (await ask()).headers.get('etag') ?? '';
  const again = await ask({ 'if-none-match': `"other", ${etag}` });
  expect([again.status, (await bytes(again)).length, again.headers.get('etag')]).toEqual([304, 0, etag]);
  expect((await ask({ 'if-none-match': '"other"' })).status).toBe(200);
});
