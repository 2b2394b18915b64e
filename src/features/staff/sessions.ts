import { randomBytes } from 'node:crypto';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { newId } from '../../base/ids.ts';
import { runnerOf } from '../../infra/db/index.ts';
import type { WebContext } from '../../infra/http/web-env.ts';
import { asksByItself } from '../../infra/live/by-itself.ts';
import { digest } from '../../infra/secrets.ts';
import type { StaffDeps } from './deps.ts';
import { endSoon, isDueToTouch, isOver, type SessionEnd } from './rules/session.ts';
import {
  endSessionsOf,
  findStaffSession,
  insertStaffSession,
  proveStaffSession,
  type StoredSession,
  touchStaffSession,
} from './session-store.ts';
import type { StaffMember } from './store.ts';

export interface StaffSessions {
  /** Signs in after both steps: a new secret, and the browser's session until now ends. */
  start(c: WebContext, member: StaffMember): Promise<void>;
  /** Who is signed in to the console, looked up once a request. What a page asks by itself is no visit. */
  current(c: WebContext): Promise<StaffMember | null>;
  /** The session of the browser asking. */
  session(c: WebContext): Promise<StoredSession | null>;
  /** This browser has just given a second step again. */
  prove(c: WebContext): Promise<void>;
  end(c: WebContext): Promise<StaffMember | null>;
  /** When it ends if nothing is done, once that is near. */
  endSoon(c: WebContext): Promise<SessionEnd | null>;
  /** Asked anew, in a request that lasts: whether who came with it is still signed in. Counts as no visit. */
  isStillOpen(c: WebContext): Promise<boolean>;
}

const SECRET = /^[A-Za-z0-9_-]{43}$/;

/**
 * Sessions of staff: their own table and their own cookie, so that a customer's session never opens the console and the
 * other way round. 256-bit secrets of which the SHA-256 is stored; the cookie ends with the browser and is never sent
 * along from another site.
 */
export function staffSessions({ db, clock, isSecure }: StaffDeps): StaffSessions {
  const sql = runnerOf(db);
  const cookieName = isSecure ? '__Host-renkei-staff' : 'renkei-staff';
  const cookieOptions = { httpOnly: true, secure: isSecure, sameSite: 'Strict', path: '/' } as const;
  const looked = new WeakMap<WebContext, Promise<StoredSession | null>>();

  async function find(c: WebContext): Promise<StoredSession | null> {
    const secret = getCookie(c, cookieName);
    if (!secret || !SECRET.test(secret)) return null;
    const found = await findStaffSession(sql, digest(secret));
    return !found || isOver(found, clock.now()) ? null : found;
  }

  async function lookUp(c: WebContext): Promise<StoredSession | null> {
    const found = await find(c);
    const now = clock.now();
    if (!found) return null;
    if (!isDueToTouch(found.seenAt, now) || asksByItself(c)) return found;
    await touchStaffSession(sql, found.sessionId, now);
    return { ...found, seenAt: now };
  }

  function session(c: WebContext): Promise<StoredSession | null> {
    const known = looked.get(c);
    if (known) return known;
    const looking = lookUp(c);
    looked.set(c, looking);
    return looking;
  }

  return {
    current: async (c) => (await session(c))?.member ?? null,
    session,

    async prove(c) {
      const present = await session(c);
      if (present) await proveStaffSession(sql, present.sessionId, clock.now());
    },
    async endSoon(c) {
      const present = await session(c);
      return present && endSoon(present, clock.now());
    },
    isStillOpen: async (c) => (await find(c)) !== null,

    async start(c, member) {
      const old = await session(c);
      const now = clock.now();
      const secret = randomBytes(32).toString('base64url');
      const sessionId = newId();
      const userAgent = c.req.header('user-agent')?.slice(0, 300) ?? null;
      await insertStaffSession(sql, now, { sessionId, secretHash: digest(secret), staffId: member.staffId, userAgent });
      if (old) await endSessionsOf(sql, now, { staffId: old.member.staffId, only: old.sessionId });
      setCookie(c, cookieName, secret, cookieOptions);
    },

    async end(c) {
      const old = await session(c);
      if (old) await endSessionsOf(sql, clock.now(), { staffId: old.member.staffId, only: old.sessionId });
      deleteCookie(c, cookieName, cookieOptions);
      looked.set(c, Promise.resolve(null));
      return old?.member ?? null;
    },
  };
}
