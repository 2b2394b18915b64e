import type { MiddlewareHandler } from 'hono';
import { withNext } from '../../../infra/http/next-path.ts';
import type { Sessions } from '../../../infra/http/session.ts';
import { requireContractor, type WebEnv } from '../../../infra/http/web.ts';

/**
 * Lets contractors in. Whoever comes by a button of the talk (`via=line`) is signed in by LINE, without a password; after
 * that, and for everybody else, it is `requireContractor`.
 */
export function requireContractorFromTalk(sessions: Sessions): MiddlewareHandler<WebEnv> {
  const otherwise = requireContractor(sessions);
  return async (c, next) => {
    const isFromTalk = c.req.method === 'GET' && c.req.query('via') === 'line';
    if (isFromTalk && !(await sessions.current(c))) {
      return c.redirect(withNext('/login/line', c.req.path + new URL(c.req.url).search), 303);
    }
    return otherwise(c, next);
  };
}
