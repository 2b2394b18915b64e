/**
 * The in-app browser gives every person an origin of their own for every site they visit:
 *
 *     http://127.0.0.1:3000/link?x=1   seen by U4f…   becomes
 *     http://u4f…--127-0-0-1-3000.localhost:9104/link?x=1
 *
 * Browsers resolve `*.localhost` to loopback by themselves, so nothing needs to be set up, and two people side by
 * side in one real browser share neither storage nor cookies.
 */

/** Where the parts of the simulator are; the four origins follow the phone's port (interfaces.md). */
export interface BrowserPlaces {
  /** Origins under which the phone may be open: only these may talk with a page in the in-app browser. */
  uiOrigins: string[];
  /** `access.line.me` and `liff.line.me` as this simulator serves them, e.g. `http://127.0.0.1:9103`. */
  accessOrigin: string;
  /** The proxy's own port. */
  browserPort: number;
}

/** The places that belong to a phone on `uiPort`: +3 is access, +4 the in-app browser. */
export function placesForUiPort(uiPort: number): BrowserPlaces {
  return {
    uiOrigins: [`http://127.0.0.1:${uiPort}`, `http://localhost:${uiPort}`],
    accessOrigin: `http://127.0.0.1:${uiPort + 3}`,
    browserPort: uiPort + 4,
  };
}

const HOST = /^(u[0-9a-f]{32})--(127-\d{1,3}-\d{1,3}-\d{1,3}|localhost)-(\d{1,5})\.localhost$/;
const LOOPBACK = /^(127\.\d{1,3}\.\d{1,3}\.\d{1,3}|localhost)$/;
const USER_ID = /^U[0-9a-f]{32}$/;

/** Sites of LINE that the simulator's access origin stands in for. */
const LINE_ACCESS_HOSTS = new Set(['access.line.me', 'liff.line.me', 'miniapp.line.me']);

/** Who visits which upstream, read from a host name of the proxy; null when it is not one of ours. */
export function readProxyHost(hostname: string): { userId: string; upstreamOrigin: string } | null {
  const match = HOST.exec(hostname.toLowerCase());
  if (!match) return null;
  const [, person = '', host = '', port = ''] = match;
  if (Number(port) < 1 || Number(port) > 65_535) return null;
  return { userId: `U${person.slice(1)}`, upstreamOrigin: `http://${host.replaceAll('-', '.')}:${port}` };
}

/** The person's own origin for a loopback upstream; null when the upstream is not loopback. */
export function proxyOrigin(options: { userId: string; upstreamOrigin: string; browserPort: number }): string | null {
  const upstream = new URL(options.upstreamOrigin);
  if (!USER_ID.test(options.userId) || upstream.protocol !== 'http:' || !LOOPBACK.test(upstream.hostname)) return null;
  const site = `${upstream.hostname.replaceAll('.', '-')}-${upstream.port || '80'}`;
  return `http://${options.userId.toLowerCase()}--${site}.localhost:${options.browserPort}`;
}

/**
 * The address under which the person's in-app browser opens `url`.
 *
 * LINE's own sites are opened at the simulator's access origin, `line.me/R/…` at the proxy's own pages, loopback
 * sites through the proxy. Anything else gives null: the simulator never leaves loopback.
 */
export function inAppUrl(options: { userId: string; url: string; places: BrowserPlaces }): string | null {
  const { userId, places } = options;
  if (!URL.canParse(options.url)) return null;
  const url = new URL(options.url);
  const open = (upstreamOrigin: string, path: string) => {
    const origin = proxyOrigin({ userId, upstreamOrigin, browserPort: places.browserPort });
    return origin && origin + path;
  };
  if (url.protocol === 'http:' && readProxyHost(url.hostname)) return url.href;
  if (url.protocol === 'line:') return open(places.accessOrigin, appSchemePath(url));
  if (url.hostname === 'line.me' && url.protocol === 'https:') return open(places.accessOrigin, linePath(url));
  if (LINE_ACCESS_HOSTS.has(url.hostname) && url.protocol === 'https:') {
    return open(places.accessOrigin, url.pathname + url.search + url.hash);
  }
  if (url.protocol !== 'http:') return null;
  return open(url.origin, url.pathname + url.search + url.hash);
}

/** Like `inAppUrl`, but always an address: a link out of loopback opens a page that says it was not followed. */
export function linkUrl(options: { userId: string; url: string; places: BrowserPlaces }): string {
  const known = inAppUrl(options);
  if (known) return known;
  if (/^(tel|mailto|sms):/.test(options.url)) return options.url;
  const origin = proxyOrigin({
    userId: options.userId,
    upstreamOrigin: options.places.accessOrigin,
    browserPort: options.places.browserPort,
  });
  return `${origin ?? ''}/__line/notice?url=${encodeURIComponent(options.url)}`;
}

/** `https://line.me/R/share?text=…` → `/__line/share?text=…`; see pages.ts. */
function linePath(url: URL): string {
  if (url.pathname === '/R/share' || url.pathname.startsWith('/R/msg/text')) {
    const text = url.searchParams.get('text') ?? decodeURIComponent(url.search.slice(1));
    return `/__line/share?text=${encodeURIComponent(text)}`;
  }
  const friend = /^\/R\/ti\/p\/([^/]+)$/.exec(url.pathname)?.[1] ?? /^\/ti\/p\/([^/]+)$/.exec(url.pathname)?.[1];
  if (friend) return `/__line/add-friend?id=${encodeURIComponent(decodeURIComponent(friend))}`;
  return `/__line/notice?url=${encodeURIComponent(url.href)}`;
}

/** `line://ti/p/@id` says the same as `https://line.me/R/ti/p/@id`. */
function appSchemePath(url: URL): string {
  const rest = url.href.slice('line:'.length).replace(/^\/+/, '');
  return linePath(new URL(`https://line.me/R/${rest}`));
}
