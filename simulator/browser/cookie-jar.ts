/**
 * The cookies of one simulated person's in-app browser, kept by the proxy and never given to the real browser:
 * inside the phone the page is a frame of another site, where a real browser would withhold `SameSite` cookies.
 */
export interface CookieJar {
  /** Keeps what a response of `origin` sets. Broken `__Host-`/`__Secure-` cookies are dropped, as browsers do. */
  keep(origin: string, setCookie: string[], now: number): void;
  /** The `Cookie` header for a request, or '' when there is none. */
  headerFor(request: CookieRequest, now: number): string;
}

interface CookieRequest {
  origin: string;
  path: string;
  method: string;
  /** The request comes from a page of another site (a link or form there), not from this site or the phone itself. */
  isCrossSite: boolean;
}

/** One jar per person, made when first used. */
export interface CookieJars {
  jarOf(userId: string): CookieJar;
  /** Forgets every sign-in of every person, as after `POST /control/reset`. */
  clear(): void;
}

interface Cookie {
  name: string;
  value: string;
  path: string;
  expiresAt: number;
  sameSite: 'strict' | 'lax' | 'none';
}

export function createCookieJars(): CookieJars {
  const jars = new Map<string, CookieJar>();
  return {
    jarOf(userId) {
      const jar = jars.get(userId) ?? createCookieJar();
      jars.set(userId, jar);
      return jar;
    },
    clear: () => jars.clear(),
  };
}

export function createCookieJar(): CookieJar {
  const sites = new Map<string, Map<string, Cookie>>();
  return {
    keep(origin, setCookie, now) {
      const site = sites.get(origin) ?? new Map<string, Cookie>();
      sites.set(origin, site);
      for (const line of setCookie) {
        const cookie = parseSetCookie(line, now);
        if (!cookie) continue;
        const key = `${cookie.name};${cookie.path}`;
        if (cookie.expiresAt <= now) site.delete(key);
        else site.set(key, cookie);
      }
    },
    headerFor({ origin, path, method, isCrossSite }, now) {
      const isSafe = method === 'GET' || method === 'HEAD';
      return [...(sites.get(origin)?.values() ?? [])]
        .filter((cookie) => cookie.expiresAt > now && pathMatches(path, cookie.path))
        .filter(({ sameSite }) => !isCrossSite || sameSite === 'none' || (sameSite === 'lax' && isSafe))
        .sort((a, b) => b.path.length - a.path.length)
        .map((cookie) => `${cookie.name}=${cookie.value}`)
        .join('; ');
    },
  };
}

/** RFC 6265 §5.2; a cookie without `SameSite` counts as Lax, as in today's browsers. */
function parseSetCookie(line: string, now: number): Cookie | null {
  const [pair = '', ...rest] = line.split(';');
  const at = pair.indexOf('=');
  if (at < 1) return null;
  const name = pair.slice(0, at).trim();
  const attributes = new Map(
    rest.map((part) => {
      const [key = '', ...value] = part.split('=');
      return [key.trim().toLowerCase(), value.join('=').trim()] as const;
    }),
  );
  const path = attributes.get('path')?.startsWith('/') ? (attributes.get('path') ?? '/') : '/';
  const isSecure = attributes.has('secure');
  if (name.startsWith('__Secure-') && !isSecure) return null;
  if (name.startsWith('__Host-') && (!isSecure || path !== '/' || attributes.has('domain'))) return null;
  const sameSite = attributes.get('samesite')?.toLowerCase();
  return {
    name,
    value: pair.slice(at + 1).trim(),
    path,
    expiresAt: expiry(attributes, now),
    sameSite: sameSite === 'strict' || (sameSite === 'none' && isSecure) ? sameSite : 'lax',
  };
}

function expiry(attributes: Map<string, string>, now: number): number {
  const maxAge = attributes.get('max-age');
  if (maxAge !== undefined && /^-?\d+$/.test(maxAge)) return now + Number(maxAge) * 1000;
  const expires = Date.parse(attributes.get('expires') ?? '');
  return Number.isNaN(expires) ? Number.POSITIVE_INFINITY : expires;
}

function pathMatches(path: string, cookiePath: string): boolean {
  if (path === cookiePath) return true;
  return path.startsWith(cookiePath.endsWith('/') ? cookiePath : `${cookiePath}/`);
}
