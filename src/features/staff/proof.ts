import type { MiddlewareHandler } from 'hono';
import type { Clock } from '../../base/clock.ts';
import type { WebEnv } from '../../infra/http/web-env.ts';
import { isProven } from './rules/session.ts';
import type { StaffSessions } from './sessions.ts';

export const CONFIRM = '/console/confirm';

/**
 * Behind `requireStaff`: lets through whoever gave a second step within the last minutes, and asks everybody else for
 * one. A form that comes too late leads back to `page`, since it cannot be sent again by itself.
 */
export function requireProof(
  { clock }: { clock: Clock },
  sessions: StaffSessions,
  page: string,
): MiddlewareHandler<WebEnv> {
  return async (c, next) => {
    const session = await sessions.session(c);
    if (session && isProven(session.provenAt, clock.now())) return next();
    const wanted = c.req.method === 'GET' ? c.req.path : page;
    return c.redirect(`${CONFIRM}?next=${encodeURIComponent(wanted)}`, 303);
  };
}
