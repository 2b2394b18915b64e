import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { type Language, languageOf } from '../../base/language.ts';

const COOKIE = 'lang';

/** `?lang=` (and remembered for this browser session), else what was chosen before, else the browser's, else Japanese. */
export function pageLanguage(c: Context, isSecure: boolean): Language {
  const asked = c.req.query('lang');
  if (asked === 'ja' || asked === 'en') {
    setCookie(c, COOKIE, asked, { path: '/', sameSite: 'Lax', httpOnly: true, secure: isSecure });
    return asked;
  }
  const chosen = getCookie(c, COOKIE);
  if (chosen === 'ja' || chosen === 'en') return chosen;
  return languageOf(c.req.header('accept-language'));
}
