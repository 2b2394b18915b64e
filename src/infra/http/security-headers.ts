import type { MiddlewareHandler } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import type { WebEnv } from './web-env.ts';

const STRICT_TRANSPORT = 'max-age=31536000; includeSubDomains';

/**
 * The headers of every page. No inline script or style anywhere, no frames, nothing from other hosts. Forms may
 * end at LINE's dialogue, because browsers hold `form-action` against the redirect after a form too.
 *
 * The address of a page is never told to other sites; pages whose address holds a token tell it to nobody.
 */
export function securityHeaders(options: { lineAccessOrigin: string; isSecure: boolean }): MiddlewareHandler<WebEnv> {
  const everywhere = headers(options, { connectSrc: ["'self'"], ...TRUSTED_TYPES });
  // The LIFF SDK asks LINE itself, whose addresses cannot be configured, and knows nothing of Trusted Types.
  const liff = headers(options, {
    connectSrc: ["'self'", 'https://api.line.me', 'https://access.line.me', 'https://liff.line.me'],
  });
  return async (c, next) => {
    await (/^\/liff(\/|$)/.test(c.req.path) ? liff(c, next) : everywhere(c, next));
    const { formTarget } = c.var;
    if (formTarget) c.res.headers.set('content-security-policy', withFormTarget(c.res.headers, formTarget));
  };
}

function withFormTarget(headers: Headers, origin: string): string {
  return (headers.get('content-security-policy') ?? '').replace("form-action 'self'", `form-action 'self' ${origin}`);
}

/** No text becomes markup in a browser, but by the one policy of `infra/live/follow.js`, which reads our own pages. */
const TRUSTED_TYPES = { requireTrustedTypesFor: ["'script'"], trustedTypes: ['own-pages'] };

function headers(
  options: { lineAccessOrigin: string; isSecure: boolean },
  own: { connectSrc: string[]; requireTrustedTypesFor?: string[]; trustedTypes?: string[] },
): MiddlewareHandler {
  return secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'"],
      imgSrc: ["'self'", 'data:'],
      fontSrc: ["'self'"],
      formAction: ["'self'", options.lineAccessOrigin],
      frameAncestors: ["'none'"],
      baseUri: ["'none'"],
      ...own,
    },
    permissionsPolicy: { camera: [], geolocation: [], microphone: [], payment: [] },
    strictTransportSecurity: options.isSecure ? STRICT_TRANSPORT : false,
    xFrameOptions: 'DENY',
    referrerPolicy: false,
  });
}

/**
 * What an answer to a program carries of them: it is no page, and is not to be taken for one. Set before the answer is
 * made, so that it leaves as it is: to change a finished answer costs more than to make it.
 */
export function programHeaders({ isSecure }: { isSecure: boolean }): Readonly<Record<string, string>> {
  return {
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    'x-content-type-options': 'nosniff',
    ...(isSecure && { 'strict-transport-security': STRICT_TRANSPORT }),
  };
}

/** Pages whose address itself is a secret for a while. */
const TOKEN_PAGES =
  /^\/(liff|link|apply\/link|age-proof\/consent|gifts\/claim|invite|login\/line|login\/reset|orders\/link)(\/|$)/;

export function referrerPolicy(path: string): 'no-referrer' | 'same-origin' {
  return TOKEN_PAGES.test(path) ? 'no-referrer' : 'same-origin';
}
