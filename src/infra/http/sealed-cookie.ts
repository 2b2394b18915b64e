import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { Clock } from '../../base/clock.ts';
import { type KeyRing, seal, unseal } from '../secrets.ts';

/** What a browser carries between two steps, and only we can read or make. */
export interface SealedCookie<Value> {
  keep(c: Context, value: Value): void;
  /** What was kept, while it is in time; anything changed, cut short or from another purpose is as if not there. */
  read(c: Context): Value | undefined;
  drop(c: Context): void;
}

/**
 * @param options.name without the `__Host-` it gets on https
 * @param options.sameSite `Lax` where the way leads through a link in a mail or another site
 */
export function sealedCookie<Value>(
  deps: { tokens: KeyRing; clock: Clock; isSecure: boolean },
  options: { name: string; minutes: number; sameSite: 'Lax' | 'Strict'; shape: z.ZodType<Value> },
): SealedCookie<Value> {
  const { isSecure, tokens, clock } = deps;
  const name = isSecure ? `__Host-${options.name}` : options.name;
  const cookieOptions = { httpOnly: true, secure: isSecure, sameSite: options.sameSite, path: '/' } as const;
  const bound = `cookie:${options.name}`;
  const kept = z.strictObject({ at: z.string(), value: options.shape });

  return {
    keep(c, value) {
      const text = JSON.stringify({ at: clock.now().toString(), value });
      const maxAge = options.minutes * 60;
      setCookie(c, name, seal(tokens, text, bound).toString('base64url'), { ...cookieOptions, maxAge });
    },
    read(c) {
      const cookie = getCookie(c, name);
      if (!cookie) return undefined;
      try {
        const { at, value } = kept.parse(JSON.parse(unseal(tokens, Buffer.from(cookie, 'base64url'), bound)));
        const until = Temporal.Instant.from(at).add({ minutes: options.minutes });
        return Temporal.Instant.compare(clock.now(), until) < 0 ? value : undefined;
      } catch {
        return undefined;
      }
    },
    drop: (c) => void deleteCookie(c, name, cookieOptions),
  };
}
