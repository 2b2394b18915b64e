import { hash, timingSafeEqual } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import { problem } from './problem.ts';

/** Lets programs in that show the bearer key; the comparison takes the same time for any wrong one. */
export function requireApiKey(apiKey: string): MiddlewareHandler {
  const expected = digest(apiKey);
  return async (c, next) => {
    const [, shown] = /^Bearer +(\S+)$/i.exec(c.req.header('authorization') ?? '') ?? [];
    if (shown !== undefined && timingSafeEqual(digest(shown), expected)) return next();
    c.header('www-authenticate', 'Bearer');
    return problem(c, 401, 'unauthorized', 'A bearer key is needed');
  };
}

function digest(text: string): Buffer {
  return hash('sha256', text, 'buffer');
}
