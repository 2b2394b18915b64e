import { type BrowserPlaces, readProxyHost } from './address.ts';

/** Headers of one hop only, and those the proxy writes itself. */
const OWN = new Set([
  'host',
  'connection',
  'keep-alive',
  'transfer-encoding',
  'upgrade',
  'te',
  'trailer',
  'cookie',
  'accept-encoding',
  'accept-language',
  'origin',
  'referer',
  'user-agent',
  'sec-fetch-site',
  'sec-fetch-dest',
  'sec-fetch-storage-access',
]);

export interface Visit {
  userId: string;
  upstreamOrigin: string;
}

/** Where a request comes from, judged by `Origin` and `Referer`: the phone itself counts as no page at all. */
function originOfRequest(headers: Headers): string | null {
  const origin = headers.get('origin');
  const text = origin && origin !== 'null' ? origin : headers.get('referer');
  return text && URL.canParse(text) ? new URL(text).origin : null;
}

/** A page of another site is behind this request (as `SameSite` cookies understand it). */
export function isCrossSite(headers: Headers, visit: Visit): boolean {
  const from = originOfRequest(headers);
  const known = from ? readProxyHost(new URL(from).hostname) : null;
  return known !== null && known.upstreamOrigin !== visit.upstreamOrigin;
}

/** The browser's headers as the upstream would have got them without a proxy, from LINE's in-app browser. */
export function upstreamHeaders(
  headers: Headers,
  options: { cookie: string; language: string; places: BrowserPlaces },
): Record<string, string> {
  const { cookie } = options;
  const result: Record<string, string> = {};
  for (const [name, value] of headers) if (!OWN.has(name)) result[name] = value;
  result['accept-encoding'] = 'identity';
  result['accept-language'] = options.language;
  result['user-agent'] = `${headers.get('user-agent') ?? 'Mozilla/5.0'} Line/15.0.0/IAB`;
  if (cookie) result.cookie = cookie;

  const origin = headers.get('origin');
  if (origin) result.origin = trueOrigin(origin) ?? 'null';
  const referer = trueUrl(headers.get('referer'));
  if (referer) result.referer = referer;

  const site = headers.get('sec-fetch-site');
  if (site) result['sec-fetch-site'] = readsFromPhone(headers, options.places) ? 'none' : site;
  const destination = headers.get('sec-fetch-dest');
  if (destination) result['sec-fetch-dest'] = destination === 'iframe' ? 'document' : destination;
  return result;
}

/** A page opened by a tap in the talk has no page before it; in the phone it is a frame that the phone opened. */
function readsFromPhone(headers: Headers, places: BrowserPlaces): boolean {
  const from = originOfRequest(headers);
  return from === null ? headers.get('sec-fetch-site') === 'cross-site' : places.uiOrigins.includes(from);
}

function trueOrigin(origin: string): string | null {
  return URL.canParse(origin) ? (readProxyHost(new URL(origin).hostname)?.upstreamOrigin ?? null) : null;
}

function trueUrl(text: string | null): string | null {
  if (!text || !URL.canParse(text)) return null;
  const url = new URL(text);
  const known = readProxyHost(url.hostname);
  return known && known.upstreamOrigin + url.pathname + url.search;
}
