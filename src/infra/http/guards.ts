import type { MiddlewareHandler } from 'hono';
import { withNext } from './next-path.ts';
import type { Sessions } from './session.ts';
import type { WebContext, WebEnv } from './web-env.ts';

/** Lets contractors in; sends everybody else to the sign-in page, from where they come back. */
export function requireContractor(sessions: Sessions): MiddlewareHandler<WebEnv> {
  return async (c, next) => {
    const session = await sessions.current(c);
    if (!session?.contractorId) return c.redirect(withNext('/login', whereToComeBack(c)), 303);
    return next();
  };
}

/** Lets people in who signed in with LINE; sends everybody else to LINE Login, from where they come back. */
export function requireLineAccount(sessions: Sessions): MiddlewareHandler<WebEnv> {
  return async (c, next) => {
    const session = await sessions.current(c);
    if (!session?.lineUserId) return c.redirect(withNext('/login/line', whereToComeBack(c)), 303);
    return next();
  };
}

/** Lets in whoever is signed in, as a contractor or with LINE only. */
export function requireSignedIn(sessions: Sessions): MiddlewareHandler<WebEnv> {
  return async (c, next) => {
    if (!(await sessions.current(c))) return c.redirect(withNext('/login', whereToComeBack(c)), 303);
    return next();
  };
}

/** The page itself; after a posted form only its path, since the form cannot be repeated. */
function whereToComeBack(c: WebContext): string {
  return c.req.method === 'GET' ? c.req.path + new URL(c.req.url).search : c.req.path;
}
