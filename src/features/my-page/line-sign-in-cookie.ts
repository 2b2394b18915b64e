import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { LoginAttempt } from '../../infra/line/sign-in/login.ts';
import { seal, unseal } from '../../infra/secrets.ts';
import type { MyPageDeps } from './needs.ts';

const MINUTES = 10;
const BOUND = 'my-page:line-sign-in';

const kept = z.strictObject({
  state: z.string(),
  nonce: z.string(),
  codeVerifier: z.string(),
  next: z.string(),
  startedAt: z.string(),
});

/**
 * What a LINE sign-in needs on its way back, kept sealed in the browser that began it: a stranger's callback address
 * finds nothing here, and nothing is stored for sign-ins that never come back. Taken once.
 */
export function lineSignInCookie({ tokens, isSecure, clock }: Pick<MyPageDeps, 'tokens' | 'isSecure' | 'clock'>) {
  const name = isSecure ? '__Host-renkei-line' : 'renkei-line';
  const options = { httpOnly: true, secure: isSecure, sameSite: 'Lax', path: '/' } as const;

  return {
    keep(c: Context, { state, nonce, codeVerifier }: LoginAttempt, next: string): void {
      const text = JSON.stringify({ state, nonce, codeVerifier, next, startedAt: clock.now().toString() });
      const value = seal(tokens, text, BOUND).toString('base64url');
      setCookie(c, name, value, { ...options, maxAge: MINUTES * 60 });
    },

    take(c: Context): { attempt: LoginAttempt; next: string } | undefined {
      const cookie = getCookie(c, name);
      if (!cookie) return undefined;
      deleteCookie(c, name, options);
      const opened = open(cookie);
      if (!opened) return undefined;
      const { next, startedAt, ...attempt } = opened;
      const isInTime =
        Temporal.Instant.compare(clock.now(), Temporal.Instant.from(startedAt).add({ minutes: MINUTES })) <= 0;
      return isInTime ? { attempt, next } : undefined;
    },
  };

  function open(cookie: string): z.infer<typeof kept> | undefined {
    try {
      return kept.parse(JSON.parse(unseal(tokens, Buffer.from(cookie, 'base64url'), BOUND)));
    } catch {
      // Changed, cut short, or sealed with a key that is gone: as if it were not there.
      return undefined;
    }
  }
}
