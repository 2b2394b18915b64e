import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { Temporal } from 'temporal-polyfill';
import { fold } from '../../base/language.ts';
import { seal, unseal } from '../../infra/secrets.ts';
import type { MyPageDeps } from './needs.ts';

const KNOWN_DAYS = 180;
const BOUND = 'my-page:known-device';

/**
 * A browser in which a login ID was once signed in right carries a sealed mark, so that strangers who guess at that
 * login ID elsewhere cannot lock its owner out. The mark opens nothing: the password is still asked for.
 */
export function knownDevices({ tokens, isSecure, clock }: Pick<MyPageDeps, 'tokens' | 'isSecure' | 'clock'>) {
  const name = isSecure ? '__Host-renkei-known' : 'renkei-known';

  return {
    knows(c: Context, loginId: string): boolean {
      const mark = readMark(getCookie(c, name));
      if (!mark) return false;
      const isYoung = Temporal.Instant.compare(clock.now(), mark.at.add({ hours: KNOWN_DAYS * 24 })) < 0;
      return isYoung && mark.loginId === fold(loginId);
    },

    remember(c: Context, loginId: string): void {
      const mark = seal(tokens, `${clock.now()} ${fold(loginId)}`, BOUND).toString('base64url');
      const maxAge = KNOWN_DAYS * 86_400;
      setCookie(c, name, mark, { httpOnly: true, secure: isSecure, sameSite: 'Lax', path: '/', maxAge });
    },
  };

  function readMark(cookie: string | undefined): { at: Temporal.Instant; loginId: string } | undefined {
    if (!cookie) return undefined;
    try {
      const [at = '', loginId = ''] = unseal(tokens, Buffer.from(cookie, 'base64url'), BOUND).split(' ');
      return { at: Temporal.Instant.from(at), loginId };
    } catch {
      // Changed, cut short, or sealed with a key that is gone: an unknown device like any other.
      return undefined;
    }
  }
}
