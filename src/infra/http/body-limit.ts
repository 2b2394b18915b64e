import type { Context, Env as HonoEnv, MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';

/**
 * Refuses larger bodies. The HTTP parser already holds a body to its declared length, so the stream of such a request is left
 * alone: merely looking at it would make the server build a web stream for every request (a tenth of all its work). A body of
 * unknown length is counted as it comes.
 */
export function limitBody<Env extends HonoEnv>(
  maxSize: number,
  onError: (c: Context<Env>) => Response | Promise<Response>,
): MiddlewareHandler<Env> {
  const counted = bodyLimit({ maxSize, onError });
  return async (c, next) => {
    const { method } = c.req;
    if (method === 'GET' || method === 'HEAD') return next();
    const length = c.req.header('content-length');
    if (length === undefined || c.req.header('transfer-encoding') !== undefined) return counted(c, next);
    return Number(length) <= maxSize ? next() : onError(c);
  };
}
