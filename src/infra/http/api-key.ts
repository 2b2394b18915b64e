import { hash, timingSafeEqual } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import { problem } from './problem.ts';

/** Lets programs in that show the bearer key. */
export function requireApiKey(apiKey: string): MiddlewareHandler {
  const isShown = apiKeyCheck(apiKey);
  return async (c, next) => {
    if (isShown(c.req.header('authorization'))) return next();
    c.header('www-authenticate', 'Bearer');
    return problem(c, 401, 'unauthorized', 'A bearer key is needed');
  };
}

/** Whether an `Authorization` header shows the key; the comparison takes the same time for any wrong one. */
export function apiKeyCheck(apiKey: string): (authorization: string | undefined) => boolean {
  const expected = digest(apiKey);
  return (authorization = '') => {
    const [, shown] = /^Bearer +(\S+)$/i.exec(authorization) ?? [];
    return shown !== undefined && timingSafeEqual(digest(shown), expected);
  };
}

function digest(text: string): Buffer {
  return hash('sha256', text, 'buffer');
}
