import type { MiddlewareHandler } from 'hono';
import type { WebContext, WebEnv } from '../../infra/http/web-env.ts';
import type { Role } from './rules/roles.ts';
import { type SessionEnd, UNTOUCHED_SECONDS } from './rules/session.ts';
import type { StaffSessions } from './sessions.ts';
import type { StaffMember } from './store.ts';

export interface StaffGuard {
  /**
   * Lets those roles in, or any role when none is named. Nobody signed in is sent to the door; another role's page is
   * not there (404), so that nobody learns what others have.
   */
  requireStaff(...roles: Role[]): MiddlewareHandler<WebEnv>;
  /** Behind `requireStaff`: who is signed in. */
  signedIn(c: WebContext): StaffMember;
  /** In an answer that lasts: whether whoever asked for it is still signed in. */
  isStillSignedIn(c: WebContext): Promise<boolean>;
  /** When the session of whoever asks ends if nothing is done, once that is near. */
  endSoon(c: WebContext): Promise<SessionEnd | null>;
  /** This page hears by itself when its session is over, and goes to the door then; until then it stays. */
  leavesByItself(c: WebContext): void;
}

/** Keeps pages to staff who are signed in, and to their roles; what a role may not see is not there. */
export function staffGuard(sessions: StaffSessions): StaffGuard {
  const members = new WeakMap<WebContext, StaffMember>();
  return {
    requireStaff:
      (...roles) =>
      async (c, next) => {
        const member = await sessions.current(c);
        if (!member) {
          const query =
            c.req.method === 'GET' && c.req.path !== '/console' ? `?next=${encodeURIComponent(here(c))}` : '';
          return c.redirect(`/console/sign-in${query}`, 303);
        }
        members.set(c, member);
        if (roles.length > 0 && !roles.includes(member.role)) return c.notFound();
        return next();
      },
    isStillSignedIn: (c) => sessions.isStillOpen(c),
    endSoon: (c) => sessions.endSoon(c),
    leavesByItself: (c) => void leaving.add(c),
    signedIn(c) {
      const member = members.get(c);
      if (!member) throw new Error('a console page without requireStaff before it');
      return member;
    },
  };
}

const leaving = new WeakSet<WebContext>();

/**
 * A page that nobody touches leaves the screen when its session is over: the browser goes to the door by itself, and from
 * there back where another window is still at work.
 */
export const leaveUntouched: MiddlewareHandler<WebEnv> = async (c, next) => {
  await next();
  if (leaving.has(c) || c.req.method !== 'GET' || !c.res.headers.get('content-type')?.startsWith('text/html')) return;
  c.res.headers.set('refresh', `${UNTOUCHED_SECONDS}; url=/console/sign-in?next=${encodeURIComponent(here(c))}`);
};

const here = (c: WebContext) => c.req.path + new URL(c.req.url).search;

/** Where to go on after signing in: a page of the console, whatever was asked for. */
export function consolePath(wanted: string | undefined): string {
  const isOurs =
    wanted !== undefined && wanted.length <= 500 && /^\/console(\/[\w./-]*)?(\?[\x21-\x7e]*)?$/.test(wanted);
  return isOurs && !/^\/console\/(sign-(in|out)|first|confirm)\b/.test(wanted) && !wanted.includes('..')
    ? wanted
    : '/console';
}
