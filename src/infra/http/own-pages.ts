import type { MiddlewareHandler } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { WebEnv } from './web-env.ts';

/**
 * What does something is heard from our own pages alone, whatever it carries. (Hono's own guard asks only for what a form
 * can send, and relies on browsers to keep the rest from other sites.)
 */
export function fromOwnPages(publicUrl: URL): MiddlewareHandler<WebEnv> {
  return (c, next) => {
    if (/^(GET|HEAD|OPTIONS)$/.test(c.req.method) || c.req.header('sec-fetch-site') === 'same-origin') return next();
    const origin = c.req.header('origin');
    if (origin !== publicUrl.origin && origin !== new URL(c.req.url).origin) throw new HTTPException(403);
    return next();
  };
}
