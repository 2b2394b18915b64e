/**
 * A page's `Content-Security-Policy`, as it must read when the page is seen through the proxy.
 *
 * It stays as strict as it was: `'self'` already means the proxied origin, and a named origin becomes the person's
 * proxied one. So a policy that would stop the page in a real browser stops it here too. Only three things go:
 * `frame-ancestors` (the phone is a frame), `upgrade-insecure-requests` and `block-all-mixed-content` (loopback has
 * no TLS). Scripts get one nonce more, for the bridge that tells the phone which page is open.
 */
export function rewriteContentSecurityPolicy(
  header: string,
  options: { nonce: string; mapOrigin: (origin: string) => string | null; anyProxiedOrigin: string },
): string {
  const directives = header
    .split(';')
    .map((directive) => directive.trim().split(/\s+/))
    .filter(([name = '']) => name !== '' && !DROPPED.has(name.toLowerCase()))
    .map(([name = '', ...sources]) => [name.toLowerCase(), ...sources.map((source) => mapSource(source, options))]);
  return allowBridge(directives, options.nonce)
    .map((directive) => directive.join(' '))
    .join('; ');
}

const DROPPED = new Set(['frame-ancestors', 'upgrade-insecure-requests', 'block-all-mixed-content', 'sandbox']);

function mapSource(
  source: string,
  options: { mapOrigin: (origin: string) => string | null; anyProxiedOrigin: string },
) {
  if (source === 'https:' || source === 'http:') return `${source} ${options.anyProxiedOrigin}`;
  if (source === 'https://*.line.me') {
    const access = options.mapOrigin('https://access.line.me');
    return access ? `${source} ${access}` : source;
  }
  if (!/^https?:\/\/[^*]+$/.test(source) || !URL.canParse(source)) return source;
  const mapped = options.mapOrigin(new URL(source).origin);
  return mapped ? `${source} ${mapped}` : source;
}

function allowBridge(directives: string[][], nonce: string): string[][] {
  const scripts = directives.filter(([name]) => name === 'script-src' || name === 'script-src-elem');
  if (scripts.length > 0) {
    for (const directive of scripts) allowIn(directive, nonce);
    return directives;
  }
  const fallback = directives.find(([name]) => name === 'default-src');
  if (!fallback) return directives;
  const own = ['script-src', ...fallback.slice(1)];
  allowIn(own, nonce);
  return [...directives, own];
}

/** A nonce would switch `'unsafe-inline'` off, so there the bridge comes in as `'self'`. */
function allowIn(directive: string[], nonce: string): void {
  if (directive.includes("'none'")) directive.splice(directive.indexOf("'none'"), 1);
  const isInlineAllowed = directive.includes("'unsafe-inline'") && !directive.some((s) => /^'(nonce|sha\d+)-/.test(s));
  const source = isInlineAllowed ? "'self'" : `'nonce-${nonce}'`;
  if (!directive.includes(source)) directive.push(source);
}
