import { randomBytes } from 'node:crypto';
import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import type { Purpose } from '../attempt-store.ts';
import type { PageHold } from '../attempts.ts';

/** Long enough to come back from LINE's dialogue and read how it went. */
const SECONDS = 60 * 60;

/**
 * Which link page this browser opened, and the secret that proves it. One cookie a purpose, so that both pages can be
 * open at once; a page opened again in the same browser is still that browser's.
 */
export function pageCookie(isSecure: boolean) {
  const nameOf = (purpose: Purpose) => `${isSecure ? '__Host-' : ''}renkei-link-${purpose}`;

  return {
    read(c: Context, purpose: Purpose): PageHold | null {
      const match = /^([0-9a-f-]{36})\.([A-Za-z0-9_-]{43})$/.exec(getCookie(c, nameOf(purpose)) ?? '');
      const [, attemptId, browserSecret] = match ?? [];
      return attemptId && browserSecret ? { attemptId, browserSecret } : null;
    },
    write(c: Context, purpose: Purpose, hold: PageHold): void {
      setCookie(c, nameOf(purpose), `${hold.attemptId}.${hold.browserSecret}`, {
        httpOnly: true,
        secure: isSecure,
        sameSite: 'Lax',
        path: '/',
        maxAge: SECONDS,
      });
    },
    newSecret: () => randomBytes(32).toString('base64url'),
  };
}
