import { type AddressInfo, createServer } from 'node:net';
import { type ServerType, serve } from '@hono/node-server';
import { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { placesForUiPort, proxyOrigin } from './address.ts';
import { createBrowserProxy } from './proxy.ts';

const TARO = `U${'a'.repeat(32)}`;
const HANAKO = `U${'b'.repeat(32)}`;
const places = placesForUiPort(9100);

/** A site like the operator's: it forbids frames, signs in with a cookie, and links to LINE. */
const site = new Hono()
  .get('/seen', (c) => c.json({ headers: c.req.header() }))
  .post('/seen', async (c) => c.json({ headers: c.req.header(), body: await c.req.text() }))
  .get('/sign-in', (c) => {
    c.header('set-cookie', 'session=secret; Path=/; HttpOnly; Secure; SameSite=Lax');
    return c.redirect('https://access.line.me/dialog/bot/accountLink?linkToken=t');
  })
  .get('/stream', () => {
    const parts = ['data: 1\n\n', 'data: 2\n\n'];
    const body = new ReadableStream({
      pull: (controller) => {
        const part = parts.shift();
        if (part) controller.enqueue(new TextEncoder().encode(part));
        else controller.close();
      },
    });
    return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
  })
  .get('/page', (c) => {
    c.header('content-security-policy', "default-src 'self'; script-src 'self'; frame-ancestors 'none'");
    c.header('x-frame-options', 'DENY');
    return c.html('<html><head></head><body><a href="https://line.me/R/share?text=hi">送る</a></body></html>');
  });

let server: ServerType;
let upstream = '';
const proxy = createBrowserProxy({
  places,
  accessCookieFor: (userId) => (userId === TARO || userId === HANAKO ? `line_person=${userId}` : null),
  languageOf: (userId) => (userId === HANAKO ? 'en' : 'ja'),
});

function visit(userId: string, path: string, init: RequestInit = {}) {
  const origin = proxyOrigin({ userId, upstreamOrigin: upstream, browserPort: places.browserPort });
  return proxy.request(`${origin}${path}`, init);
}

beforeAll(async () => {
  await new Promise<void>((resolve) => {
    server = serve({ fetch: site.fetch, port: 0, hostname: '127.0.0.1' }, (info: AddressInfo) => {
      upstream = `http://127.0.0.1:${info.port}`;
      resolve();
    });
  });
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

describe('the in-app browser', () => {
  it('shows a page that forbids frames, and keeps the rest of its policy', async () => {
    const response = await visit(TARO, '/page');
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(response.headers.get('x-frame-options')).toBeNull();
    expect(policy).not.toContain('frame-ancestors');
    expect(policy).toMatch(/default-src 'self'; script-src 'self' 'nonce-[^']+'/);
  });

  it('brings the bridge into the page and keeps links to LINE inside the phone', async () => {
    const html = await (await visit(TARO, '/page')).text();
    const access = proxyOrigin({ userId: TARO, upstreamOrigin: places.accessOrigin, browserPort: places.browserPort });
    expect(html).toMatch(/<head><script src="\/__line\/bridge\.js" nonce="[^"]+"><\/script>/);
    expect(html).toContain(`href="${access}/__line/share?text=hi"`);
  });

  it('makes the site see its own origin, a person in LINE, and their language', async () => {
    const own = proxyOrigin({ userId: HANAKO, upstreamOrigin: upstream, browserPort: places.browserPort });
    const response = await visit(HANAKO, '/seen', {
      method: 'POST',
      body: 'loginId=tanaka',
      headers: { origin: `${own}`, referer: `${own}/link?x=1`, 'sec-fetch-dest': 'iframe' },
    });
    const seen = await response.json();
    expect(seen.body).toBe('loginId=tanaka');
    expect(seen.headers).toMatchObject({
      host: new URL(upstream).host,
      origin: upstream,
      referer: `${upstream}/link?x=1`,
      'accept-language': 'en',
      'sec-fetch-dest': 'document',
    });
    expect(seen.headers['user-agent']).toContain('Line/');
  });

  it('keeps cookies per person, never in the real browser, and follows redirects to LINE', async () => {
    const signedIn = await visit(TARO, '/sign-in');
    expect(signedIn.headers.get('set-cookie')).toBeNull();
    expect(signedIn.headers.get('location')).toMatch(/^http:\/\/ua+--127-0-0-1-9103\.localhost:9104\/dialog\/bot\//);
    expect((await (await visit(TARO, '/seen')).json()).headers.cookie).toBe('session=secret');
    expect((await (await visit(HANAKO, '/seen')).json()).headers.cookie).toBeUndefined();
  });

  it('sends no sign-in cookie with a form of another site', async () => {
    await visit(TARO, '/sign-in');
    const evil = proxyOrigin({ userId: TARO, upstreamOrigin: 'http://127.0.0.1:6666', browserPort: 9104 });
    const response = await visit(TARO, '/seen', { method: 'POST', body: 'x', headers: { origin: `${evil}` } });
    expect((await response.json()).headers.cookie).toBeUndefined();
  });

  it('passes streams through', async () => {
    const response = await visit(TARO, '/stream');
    expect(await response.text()).toBe('data: 1\n\ndata: 2\n\n');
  });

  it('knows the access origin by the person who looks', async () => {
    const access = new Hono().get('/who', (c) => c.text(c.req.header('cookie') ?? ''));
    const listening = serve({ fetch: access.fetch, port: 0, hostname: '127.0.0.1' });
    await new Promise((resolve) => listening.once('listening', resolve));
    const address = listening.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const here = { ...places, accessOrigin: `http://127.0.0.1:${port}` };
    const own = createBrowserProxy({ places: here, accessCookieFor: (userId) => `line_person=${userId}` });
    const origin = proxyOrigin({ userId: TARO, upstreamOrigin: here.accessOrigin, browserPort: here.browserPort });
    expect(await (await own.request(`${origin}/who`)).text()).toBe(`line_person=${TARO}`);
    await new Promise((resolve) => listening.close(resolve));
  });

  it('refuses other hosts, unknown people and sites that do not answer', async () => {
    expect((await proxy.request('http://evil.example:9104/')).status).toBe(421);
    expect((await visit(`U${'c'.repeat(32)}`, '/seen')).status).toBe(404);
    const gone = await freePort();
    const origin = proxyOrigin({ userId: TARO, upstreamOrigin: `http://127.0.0.1:${gone}`, browserPort: 9104 });
    expect((await proxy.request(`${origin}/`)).status).toBe(502);
  });
});

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}
