import type { MiddlewareHandler } from 'hono';
import { withNext } from '../../../infra/http/next-path.ts';
import type { Sessions } from '../../../infra/http/session.ts';
import { requireContractor, type WebEnv } from '../../../infra/http/web.ts';

/**
 * Lets contractors in, like `requireContractor`. Whoever comes by a button of the talk (`via=line`) is signed in by LINE,
 * without a password.
 */
export function requireContractorFromTalk(sessions: Sessions): MiddlewareHandler<WebEnv> {
  const otherwise = requireContractor(sessions);
  return async (c, next) => {
    const isFromTalk = c.req.method === 'GET' && c.req.query('via') === 'line';
    if (isFromTalk && !(await sessions.current(c))) {
      return c.redirect(withNext('/login/line', c.req.path + new URL(c.req.url).search), 303);
    }
    // A form cannot be sent again by signing in, and its address shows nothing: back to where it was.
    if (c.req.method !== 'GET' && !(await sessions.current(c))?.contractorId) {
      return c.redirect(withNext('/login', `/${c.req.path.split('/')[1]}`), 303);
    }
    return otherwise(c, next);
  };
}
