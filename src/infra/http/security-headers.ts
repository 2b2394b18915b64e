import type { MiddlewareHandler } from 'hono';
import { secureHeaders } from 'hono/secure-headers';

/**
 * The headers of every answer. No inline script or style anywhere, no frames, nothing from other hosts. Forms may
 * end at LINE's dialogue, because browsers hold `form-action` against the redirect after a form too.
 *
 * The address of a page is never told to other sites; pages whose address holds a token tell it to nobody.
 */
export function securityHeaders(options: { lineAccessOrigin: string; isSecure: boolean }): MiddlewareHandler {
  const everywhere = headers(options, ["'self'"]);
  // The LIFF SDK asks LINE itself; its addresses cannot be configured.
  const liff = headers(options, ["'self'", 'https://api.line.me', 'https://access.line.me', 'https://liff.line.me']);
  return (c, next) => (/^\/liff(\/|$)/.test(c.req.path) ? liff(c, next) : everywhere(c, next));
}

function headers(options: { lineAccessOrigin: string; isSecure: boolean }, connectSrc: string[]): MiddlewareHandler {
  return secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'"],
      imgSrc: ["'self'", 'data:'],
      fontSrc: ["'self'"],
      connectSrc,
      formAction: ["'self'", options.lineAccessOrigin],
      frameAncestors: ["'none'"],
      baseUri: ["'none'"],
    },
    permissionsPolicy: { camera: [], geolocation: [], microphone: [], payment: [] },
    strictTransportSecurity: options.isSecure ? 'max-age=31536000; includeSubDomains' : false,
    xFrameOptions: 'DENY',
    referrerPolicy: false,
  });
}

/** Pages whose address itself is a secret for a while. */
const TOKEN_PAGES = /^\/(liff|link|gifts\/claim|login\/line)(\/|$)/;

export function referrerPolicy(path: string): 'no-referrer' | 'same-origin' {
  return TOKEN_PAGES.test(path) ? 'no-referrer' : 'same-origin';
}
