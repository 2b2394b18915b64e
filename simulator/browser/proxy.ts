import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { type Context, Hono } from 'hono';
import { type BrowserPlaces, inAppUrl, linkUrl, readProxyHost } from './address.ts';
import { type CookieJars, createCookieJars } from './cookie-jar.ts';
import { forward, readText } from './forward.ts';
import { rewriteHtml } from './html.ts';
import { isOwnPage, ownPage } from './pages.ts';
import { isCrossSite, upstreamHeaders, type Visit } from './request-headers.ts';
import { frameHeaders } from './response-headers.ts';
import { loadBrowserScript } from './typescript-file.ts';

export interface BrowserProxyOptions {
  places: BrowserPlaces;
  /** The cookie (`name=value`) with which the access origin knows the person; null when there is no such person. */
  accessCookieFor: (userId: string) => string | null | Promise<string | null>;
  /** The language the person's phone asks for; Japanese when not given. */
  languageOf?: (userId: string) => 'ja' | 'en';
  /** Where sign-ins are kept; pass your own to be able to forget them on reset. */
  jars?: CookieJars;
  /** Milliseconds since the epoch by the simulator's clock, for the expiry of cookies. */
  now?: () => number;
}

/**
 * The in-app browser of every simulated phone: `http://<person>--<upstream>.localhost:<port>/…` (address.ts).
 * Needs a listener of its own on `places.browserPort`. Answers 421 for other hosts, 404 for unknown persons, 502 when
 * the site does not answer.
 */
export function createBrowserProxy(options: BrowserProxyOptions): Hono {
  const jars = options.jars ?? createCookieJars();
  const languageOf = options.languageOf ?? (() => 'ja' as const);
  const app = new Hono();

  app.get('/__line/bridge.js', async (c) => {
    const script = await loadBrowserScript(new URL('./bridge.ts', import.meta.url));
    const origins = JSON.stringify(options.places.uiOrigins);
    return c.body(script.replace('__PHONE_ORIGINS__', origins), 200, { 'content-type': 'text/javascript' });
  });

  app.get('/__line/go', (c) => {
    const visit = visitOf(c);
    const url = c.req.query('url') ?? '';
    return visit ? c.redirect(linkUrl({ userId: visit.userId, url, places: options.places })) : notOurs(c);
  });

  app.get('/__line/:page', (c) => {
    const visit = visitOf(c);
    const page = c.req.param('page');
    if (!visit) return notOurs(c);
    if (!isOwnPage(page)) return c.notFound();
    const detail = c.req.query('text') ?? c.req.query('id') ?? c.req.query('url') ?? '';
    return c.html(ownPage(page, { language: languageOf(visit.userId), detail }));
  });

  app.all('*', async (c) => {
    const visit = visitOf(c);
    if (!visit) return notOurs(c);
    const accessCookie = await options.accessCookieFor(visit.userId);
    if (accessCookie === null) return c.text('no such person in this simulator', 404);

    const now = (options.now ?? Date.now)();
    const jar = jars.jarOf(visit.userId);
    const url = new URL(c.req.url);
    const target = new URL(url.pathname + url.search, visit.upstreamOrigin);
    const kept = jar.headerFor(
      {
        origin: visit.upstreamOrigin,
        path: url.pathname,
        method: c.req.method,
        isCrossSite: isCrossSite(c.req.raw.headers, visit),
      },
      now,
    );
    const isAccess = visit.upstreamOrigin === options.places.accessOrigin;
    const cookie = [c.req.header('cookie'), kept, isAccess ? accessCookie : ''].filter(Boolean).join('; ');
    const language = languageOf(visit.userId) === 'en' ? 'en' : 'ja';
    const answer = await forward({
      url: target,
      method: c.req.method,
      headers: upstreamHeaders(c.req.raw.headers, { cookie, language, places: options.places }),
      body: c.req.raw.body,
      signal: c.req.raw.signal,
    }).catch(() => null);
    if (!answer) return c.html(ownPage('notice', { language, detail: target.href }), 502);
    jar.keep(visit.upstreamOrigin, answer.headers['set-cookie'] ?? [], now);
    return framed(answer, { visit, target, places: options.places, method: c.req.method });
  });
  return app;
}

function visitOf(c: Context): Visit | null {
  return readProxyHost(new URL(c.req.url).hostname);
}

const notOurs = (c: Context) => c.text('not an address of the in-app browser', 421);

const BODILESS = new Set([101, 204, 205, 304]);

async function framed(
  answer: IncomingMessage,
  options: { visit: Visit; target: URL; places: BrowserPlaces; method: string },
): Promise<Response> {
  const { places, target } = options;
  const { userId } = options.visit;
  const nonce = randomBytes(16).toString('base64');
  const status = answer.statusCode ?? 502;
  const isHtml = /^text\/html\b/i.test(answer.headers['content-type'] ?? '') && !BODILESS.has(status);
  const mapResource = (url: string) => inAppUrl({ userId, url, places });
  const mapLink = (url: string) => linkUrl({ userId, url, places });
  const headers = frameHeaders(answer.headers, {
    nonce,
    isRewritten: isHtml,
    mapLink: (location) => mapLink(new URL(location, target).href),
    mapOrigin: (origin) => {
      const mapped = mapResource(`${origin}/`);
      return mapped && new URL(mapped).origin;
    },
    anyProxiedOrigin: `http://*.localhost:${places.browserPort}`,
  });
  if (BODILESS.has(status) || options.method === 'HEAD') {
    answer.resume();
    return new Response(null, { status, headers });
  }
  if (!isHtml) return new Response(bodyOf(answer), { status, headers });
  // Null when the person left, or the site broke off, before the page was whole.
  const html = await readText(answer).catch(() => null);
  if (html === null) return new Response(null, { status: 502 });
  return new Response(rewriteHtml(html, { mapLink, mapResource, nonce }), { status, headers });
}

/** The upstream's body as it comes; leaving the page stops the upstream too. */
function bodyOf(message: IncomingMessage): ReadableStream<Uint8Array> {
  const chunks = message.iterator();
  return new ReadableStream({
    async pull(controller) {
      const next = await chunks.next();
      if (next.done) controller.close();
      else controller.enqueue(new Uint8Array(next.value));
    },
    cancel: () => {
      message.destroy();
    },
  });
}
