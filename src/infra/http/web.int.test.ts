import { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testDatabase } from '../../../tests/support/database.ts';
import { testOperator } from '../../../tests/support/operator.ts';
import { createAdjustableClock } from '../../base/clock.ts';
import type { Database } from '../db/index.ts';
import { readForm } from './form.ts';
import { createSessions } from './session.ts';
import { createWeb, requireContractor, requireLineAccount, type WebEnv } from './web.ts';

const PUBLIC = 'https://my.example.jp';
const lines: { facts: object; message: string }[] = [];
let database: Database;
let app: Hono<WebEnv>;

beforeAll(async () => {
  database = await testDatabase();
  const clock = createAdjustableClock('2026-11-23T03:00:00Z');
  const sessions = createSessions({ db: database.db, clock, isSecure: true });
  const note = (facts: object, message: string) => void lines.push({ facts, message });
  app = createWeb({
    sessions,
    operator: testOperator,
    log: { info: note, error: note },
    publicUrl: PUBLIC,
    lineAccessBaseUrl: 'https://access.line.me',
  });
  const pages = new Hono<WebEnv>()
    .get('/hello/:token', (c) => c.text(`${c.var.language} ${c.var.session === null}`))
    .post('/form', async (c) => c.text((await readForm(c))('word')))
    .get('/gifts/claim/:token', (c) => c.text('a gift'))
    .get('/breaks', () => {
      throw new Error('a bug');
    })
    .get('/busy', () => {
      throw Object.assign(new Error('too many connections'), { code: '53300' });
    })
    .post('/webhook/line', (c) => c.text('heard'))
    .get('/api/v1/breaks', () => {
      throw new Error('a bug');
    })
    .get('/mine', requireContractor(sessions), (c) => c.text('mine'))
    .get('/talk', requireLineAccount(sessions), (c) => c.text('talk'));
  app.route('/', pages);
});
afterAll(() => database.close());

const form = (headers: Record<string, string>, path = '/form') =>
  app.request(`${PUBLIC}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    body: 'word=hello',
  });

describe('every answer', () => {
  test.each(['/hello/x', '/nowhere', '/breaks', '/busy', '/mine'])('%s carries the headers', async (path) => {
    const { headers } = await app.request(PUBLIC + path);
    expect(headers.get('content-security-policy')).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
        "form-action 'self' https://access.line.me; frame-ancestors 'none'; base-uri 'none'; connect-src 'self'; " +
        "require-trusted-types-for 'script'; trusted-types own-pages",
    );
    expect(headers.get('strict-transport-security')).toMatch(/max-age=31536000/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  test.each(['/api/v1/nowhere', '/api/v1/breaks', '/webhook/line'])(
    '%s, for programs, carries the few it needs',
    async (path) => {
      const { headers } = await app.request(PUBLIC + path);
      expect(headers.get('content-security-policy')).toBe("default-src 'none'; frame-ancestors 'none'");
      expect(headers.get('strict-transport-security')).toMatch(/max-age=31536000/);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    },
  );

  test.each(['/hello/x', '/gifts/claim/secret', '/nowhere', '/mine'])(
    '%s is never compressed: its length would tell what it holds',
    async (path) => {
      const { headers } = await app.request(path, { headers: { 'accept-encoding': 'gzip, deflate, br, zstd' } });
      expect(headers.get('content-encoding')).toBeNull();
    },
  );

  test('its address is told to no other site, and to nobody when it holds a token', async () => {
    expect((await app.request('/hello/x')).headers.get('referrer-policy')).toBe('same-origin');
    expect((await app.request('/gifts/claim/secret')).headers.get('referrer-policy')).toBe('no-referrer');
  });
});

describe('a form', () => {
  test('of our own page is heard', async () => {
    const response = await form({ origin: PUBLIC });
    expect([response.status, await response.text()]).toEqual([200, 'hello']);
  });

  test('of a page that tells no address is heard, since the browser vouches for it', async () =>
    expect((await form({ origin: 'null', 'sec-fetch-site': 'same-origin' })).status).toBe(200));

  test.each([
    [{ origin: 'https://evil.example' }],
    [{ origin: 'null' }],
    [{ origin: 'http://my.example.jp' }],
    [{ 'sec-fetch-site': 'cross-site' }],
    [{}],
  ])('of another site is refused: %j', async (headers) => {
    const response = await form(headers);
    expect(response.status).toBe(403);
    expect(await response.text()).toContain('操作を受け付けられませんでした');
  });

  test.each(['application/json', 'application/x-www-form-urlencodedX', 'image/png'])(
    'of another site is refused as %s, too',
    async (type) => {
      expect((await form({ origin: 'https://evil.example', 'content-type': type })).status).toBe(403);
      expect((await form({ origin: PUBLIC, 'content-type': type })).status).toBe(200);
    },
  );

  test.each([
    ['none', 'word=hello', 'multipart/form-data; boundary=x'],
    ['a NUL', 'word=hel%00lo', 'application/x-www-form-urlencoded'],
  ])('that is %s inside is refused, and no failure of ours', async (_, body, type) => {
    lines.length = 0;
    const headers = { origin: PUBLIC, 'content-type': type };
    const response = await app.request(`${PUBLIC}/form`, { method: 'POST', headers, body });
    expect(response.status).toBe(400);
    expect(lines.map((line) => line.message)).not.toContain('request failed');
  });

  test('a webhook has a signature instead', async () => expect((await form({}, '/webhook/line')).status).toBe(200));

  test('larger than any of ours is refused', async () => {
    const body = `word=${'a'.repeat(70_000)}`;
    const headers = {
      origin: PUBLIC,
      'content-type': 'application/x-www-form-urlencoded',
      'content-length': `${body.length}`,
    };
    expect((await app.request(`${PUBLIC}/form`, { method: 'POST', headers, body })).status).toBe(413);
  });

  test('of unknown length, it is refused once more has come than is taken', async () => {
    const chunk = new TextEncoder().encode('a'.repeat(40_000));
    let chunks = 0;
    const body = new ReadableStream({
      pull(controller) {
        chunks += 1;
        controller.enqueue(chunk);
      },
    });
    const headers = { origin: PUBLIC, 'transfer-encoding': 'chunked' };
    const init: RequestInit & { duplex: 'half' } = { method: 'POST', headers, body, duplex: 'half' };
    expect((await app.request(new Request(`${PUBLIC}/form`, init))).status).toBe(413);
    expect(chunks).toBeLessThan(5);
  });
});

describe('the language', () => {
  const language = async (path: string, headers: Record<string, string> = {}) =>
    (await (await app.request(path, { headers })).text()).slice(0, 2);
  test('is Japanese when nothing is said', async () => expect(await language('/hello/x')).toBe('ja'));
  test('is the browser’s', async () => expect(await language('/hello/x', { 'accept-language': 'en-GB' })).toBe('en'));
  test('is the one chosen, from then on', async () => {
    const response = await app.request('/hello/x?lang=en', { headers: { 'accept-language': 'ja' } });
    expect((await response.text()).slice(0, 2)).toBe('en');
    const cookie = (response.headers.getSetCookie()[0] ?? '').split(';')[0] ?? '';
    expect(await language('/hello/x', { cookie, 'accept-language': 'ja' })).toBe('en');
  });
});

describe('what goes wrong', () => {
  test.each([
    ['/nowhere', 404, 'ページが見つかりません'],
    ['/breaks', 500, 'うまく表示できませんでした'],
    ['/busy', 503, 'ただいま混み合っています'],
  ])('%s is told calmly', async (path, status, words) => {
    const response = await app.request(path);
    expect(response.status).toBe(status);
    expect(await response.text()).toContain(`<h1>${words}</h1>`);
  });

  test('busy says when to come back', async () =>
    expect((await app.request('/busy')).headers.get('retry-after')).toBe('5'));

  test.each([
    ['/api/v1/nowhere', 404, 'not-found'],
    ['/api/v1/breaks', 500, 'failed'],
  ])('a machine gets problem details from %s', async (path, status, code) => {
    const response = await app.request(path);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
    expect(await response.json()).toMatchObject({ type: 'about:blank', status, code });
  });

  test('the log knows the route and the number shown, never the address', async () => {
    lines.length = 0;
    await app.request('/gifts/claim/canary-token');
    const page = await (await app.request('/breaks')).text();
    expect(JSON.stringify(lines)).not.toContain('canary-token');
    const failed = lines.find((line) => line.message === 'request failed');
    expect(page).toContain(String(Reflect.get(failed?.facts ?? {}, 'requestId')));
    expect(lines.some((line) => Reflect.get(line.facts, 'route') === '/gifts/claim/:token')).toBe(true);
  });
});

describe('somebody not signed in', () => {
  test.each([
    ['/mine?year=2026', '/login?next=%2Fmine%3Fyear%3D2026'],
    ['/talk', '/login/line?next=%2Ftalk'],
  ])('who wants %s is sent to %s', async (path, to) => {
    const response = await app.request(path);
    expect([response.status, response.headers.get('location')]).toEqual([303, to]);
  });
});

test('assets are named by what is in them and kept for good', async () => {
  const page = await (await app.request('/nowhere')).text();
  const paths = [...page.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map((match) => match[1] ?? '');
  expect(paths).toHaveLength(3);
  for (const path of paths) {
    const response = await app.request(path);
    expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  }
  const sizes = await Promise.all(paths.map(async (path) => (await (await app.request(path)).text()).length));
  expect(sizes.reduce((sum, size) => sum + size, page.length)).toBeLessThan(30_000);
});
