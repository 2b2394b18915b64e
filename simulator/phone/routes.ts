import { readFile } from 'node:fs/promises';
import { Hono } from 'hono';
import QRCode from 'qrcode';
import { type BrowserPlaces, linkUrl, placesForUiPort } from '../browser/address.ts';
import { loadBrowserScript } from '../browser/typescript-file.ts';
import { phonePage } from './page.ts';

export interface PhoneOptions {
  /** Where access and the in-app browser are; by default what follows from the port the phone is asked on. */
  places?: BrowserPlaces;
}

/**
 * The phone's page, scripts and styles, to be mounted at `/` of the ui origin.
 *
 * - `GET /` the page; `?phone=<name or userId>,…` says whose phones, `&open=talk` opens the official account's talk
 * - `GET /browser/url?userId&url` → `{url}`: the address at which that person's in-app browser opens `url`
 * - `GET /phone/qr.svg?text` a QR code
 */
export function phoneRoutes(options: PhoneOptions = {}): Hono {
  const app = new Hono();

  app.get('/', (c) => c.html(phonePage()));

  app.get('/browser/url', (c) => {
    const places = options.places ?? placesForUiPort(Number(new URL(c.req.url).port || 80));
    const url = linkUrl({ userId: c.req.query('userId') ?? '', url: c.req.query('url') ?? '', places });
    return c.json({ url });
  });

  app.get('/phone/qr.svg', async (c) => {
    const text = c.req.query('text') ?? '';
    if (text === '' || text.length > 1000) return c.text('text of 1 to 1000 characters', 400);
    const svg = await QRCode.toString(text, { type: 'svg', margin: 2, errorCorrectionLevel: 'M' });
    return c.body(svg, 200, { 'content-type': 'image/svg+xml' });
  });

  app.get('/phone/icon.svg', (c) => c.body(ICON, 200, { 'content-type': 'image/svg+xml' }));
  app.get('/phone/vendor/:name', async (c) => {
    const module = VENDOR.get(c.req.param('name'));
    if (!module) return c.notFound();
    return c.body(await readFile(new URL(import.meta.resolve(module)), 'utf8'), 200, JAVASCRIPT);
  });
  app.get('/phone/styles/:name', async (c) => {
    const name = c.req.param('name');
    if (!/^[a-z-]+\.css$/.test(name)) return c.notFound();
    return sendFile(readFile(new URL(`./styles/${name}`, import.meta.url), 'utf8'), 'text/css; charset=utf-8');
  });
  app.get('/phone/app/:path{[a-z/-]+\\.ts}', async (c) => {
    const path = c.req.param('path');
    return sendFile(loadBrowserScript(new URL(`./app/${path}`, import.meta.url)), JAVASCRIPT['content-type']);
  });
  return app;
}

const JAVASCRIPT = { 'content-type': 'text/javascript; charset=utf-8' };

/** Served straight from node_modules: no build step stands between the source and the page. */
const VENDOR = new Map([
  ['preact.js', 'preact'],
  ['preact-hooks.js', 'preact/hooks'],
  ['htm.js', 'htm'],
  ['htm-preact.js', 'htm/preact'],
]);

async function sendFile(content: Promise<string>, type: string): Promise<Response> {
  return content.then(
    (text) => new Response(text, { headers: { 'content-type': type, 'cache-control': 'no-cache' } }),
    () => new Response('not found', { status: 404 }),
  );
}

const ICON =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect x="7" y="2" width="18" height="28" rx="5" fill="#03813a"/><rect x="10" y="6" width="12" height="18" rx="2" fill="#fff"/><path d="M12 10h6v4h-4l-2 2z" fill="#06c755"/><path d="M20 16v5h-6v-4h4z" fill="#9adfb4"/></svg>';
